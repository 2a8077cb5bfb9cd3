import { type Options, SingleBar } from "cli-progress";
import { signalExitCodes } from "./signal-exit-codes.js";

/** Bars that are on the screen, with cursor and line wrap as they need them. */
const shown = new Set<SingleBar>();

/**
 * A progress bar on standard error. However the process ends, except by SIGKILL, cursor and line wrap are given back. While it is shown,
 * a signal that nobody else listens to ends the process in that way.
 */
export function createBar(options: Options): SingleBar {
  const bar = new SingleBar({ hideCursor: true, gracefulExit: false, ...options });
  const { start, stop } = bar;
  bar.start = (...given) => {
    if (shown.size === 0) listen();
    shown.add(bar);
    start.apply(bar, given);
  };
  bar.stop = () => {
    shown.delete(bar);
    if (shown.size === 0) unlisten();
    stop.call(bar);
  };
  return bar;
}

/** Takes every bar off the screen and leaves the terminal as it was. */
export function stopBars(): void {
  for (const bar of [...shown]) bar.stop();
}

function listen(): void {
  process.on("exit", stopBars);
  for (const signal of Object.keys(signalExitCodes)) process.on(signal, leave);
}

function unlisten(): void {
  process.off("exit", stopBars);
  for (const signal of Object.keys(signalExitCodes)) process.off(signal, leave);
}

function leave(signal: keyof typeof signalExitCodes): void {
  // Where the command itself listens, it ends its work, and may have taken the bars off the screen just now.
  if (shown.size === 0 || process.listenerCount(signal) > 1) return;
  stopBars();
  process.exit(signalExitCodes[signal]);
}
