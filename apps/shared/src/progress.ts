import type { SingleBar } from "cli-progress";
import { createBar } from "./bar.js";

/** What a step of a run looks like from outside. */
export interface StepProgress {
  readonly run: string;
  readonly step: number;
  readonly steps: number;
  /** Absent before the first step. */
  readonly loss?: number;
  readonly samplesPerSecond?: number;
  /** Part of the time that was spent waiting for data. */
  readonly dataWaitShare?: number;
  readonly secondsLeft?: number;
}

/** How far a task is that goes through many things, such as captions. */
export interface CountProgress {
  readonly task: string;
  readonly done: number;
  /** Absent where it is not known beforehand. */
  readonly total?: number;
  readonly perSecond: number;
  readonly secondsLeft?: number;
}

/** Where progress goes: a bar on a terminal, plain lines elsewhere, or JSON lines for a program that started this one. */
export interface Progress {
  /** Called before the first step, and then at every logged step or about once a second. */
  step(progress: StepProgress): void;
  /** Called whenever more of a task is done. */
  count(progress: CountProgress): void;
  /** A line of text that stays. */
  note(line: string): void;
  stop(): void;
}

/** How `--progress` chooses: `auto` is a bar on a terminal and lines elsewhere. */
export const progressKinds = ["auto", "bar", "lines", "json", "none"] as const;
export type ProgressKind = (typeof progressKinds)[number];

/** Makes the progress of the given kind on standard output. */
export function createProgress(kind: ProgressKind): Progress {
  const chosen = kind === "auto" ? (process.stdout.isTTY ? "bar" : "lines") : kind;
  const print = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  switch (chosen) {
    case "bar":
      return barProgress(print);
    case "lines":
      return { step: linesOfTenth(print), count: countLinesOfTenth(print), note: print, stop: () => {} };
    case "json":
      return {
        step: (progress) => print(JSON.stringify(progress)),
        count: (progress) => print(JSON.stringify(progress)),
        note: (line) => print(JSON.stringify({ note: line })),
        stop: () => {},
      };
    case "none":
      return { step: () => {}, count: () => {}, note: print, stop: () => {} };
  }
}

const stepFormat = "{run} {bar} {value}/{total} loss {loss} | {rate} images/s, {wait} wait | {left} left";
/** Columns of {@link stepFormat} beside the run's name, the bar and the steps. */
const stepRoom = 57;

/** The numbers of a step in words; a dash where there is none yet. */
function stepNumbers({ loss, samplesPerSecond, dataWaitShare, secondsLeft }: StepProgress) {
  return {
    loss: loss?.toFixed(3) ?? "-",
    rate: samplesPerSecond?.toFixed(samplesPerSecond < 10 ? 1 : 0) ?? "-",
    wait: dataWaitShare === undefined ? "-" : `${(100 * dataWaitShare).toFixed(0)} %`,
    left: secondsLeft === undefined ? "-" : duration(secondsLeft),
  };
}

function barProgress(print: (line: string) => void): Progress {
  let bar: SingleBar | undefined;
  let task = "";
  const stop = (): void => {
    bar?.stop();
    bar = undefined;
  };
  return {
    step: (progress) => {
      const { run, step, steps } = progress;
      const shown = { run, ...stepNumbers(progress) };
      if (bar === undefined) {
        const room = (process.stderr.columns ?? 80) - run.length - 2 * String(steps).length - stepRoom;
        bar = createBar({ format: stepFormat, barsize: Math.max(5, Math.min(40, room)) });
        bar.start(steps, step, shown);
      }
      bar.update(step, shown);
      if (step === steps) stop();
    },
    count: (progress) => {
      const { done, total, perSecond, secondsLeft } = progress;
      if (total === undefined) return;
      if (bar === undefined || task !== progress.task) {
        stop();
        task = progress.task;
        bar = createBar({ format: "{task} {bar} {value}/{total} | {rate}/s | {left} left" });
        bar.start(total, 0, { task, rate: "-", left: "-" });
      }
      bar.update(done, {
        rate: perSecond.toFixed(0),
        left: secondsLeft === undefined ? "-" : duration(secondsLeft),
      });
      if (done === total) stop();
    },
    note: (line) => {
      stop();
      print(line);
    },
    stop,
  };
}

/** One line at each tenth of the run. */
function linesOfTenth(print: (line: string) => void): Progress["step"] {
  let printed = -1;
  return (progress) => {
    const { run, step, steps, loss } = progress;
    const tenth = Math.floor((10 * step) / steps);
    if (tenth === printed && loss !== undefined) return;
    printed = tenth;
    const { rate, wait, left, loss: shown } = stepNumbers(progress);
    const numbers = loss === undefined ? "" : `, loss ${shown}, ${rate} images/s, ${wait} wait, ${left} left`;
    print(`${run}: step ${step}/${steps}${numbers}`);
  };
}

/** One line at each tenth of a task whose size is known. */
function countLinesOfTenth(print: (line: string) => void): Progress["count"] {
  let printed = "";
  return ({ task, done, total, perSecond, secondsLeft }) => {
    if (total === undefined) return;
    const tenth = `${task} ${Math.floor((10 * done) / total)}`;
    if (tenth === printed) return;
    printed = tenth;
    const left = secondsLeft === undefined ? "" : `, ${duration(secondsLeft)} left`;
    print(`${task}: ${done}/${total}, ${perSecond.toFixed(0)}/s${left}`);
  };
}

/** Seconds as "75 s", "3 min 05 s" or "2 h 07 min". */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole >= 5940)
    return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, "0")} min`;
  return whole < 100 ? `${whole} s` : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}
