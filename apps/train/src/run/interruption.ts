import { setImmediate } from "node:timers/promises";
import { signalExitCodes as exitCodes } from "@tesserae/shared";

/** The end of a run that the user stopped: what is kept and how to go on; the process ends with the signal's exit code. */
export class Interruption extends Error {
  override readonly name = "Interruption";
  /** 128 and the signal's number, as a shell has it. */
  readonly exitCode: number;

  constructor(
    message: string,
    readonly signal: InterruptSignal,
  ) {
    super(message);
    this.exitCode = exitCodes[signal];
  }

  /** The same with the command that goes on. */
  resumedBy(command: string): Interruption {
    return new Interruption(`${this.message}; go on with\n  ${command}`, this.signal);
  }
}

/** Signals that stop a run. */
export type InterruptSignal = keyof typeof exitCodes;

/**
 * Lets the process hear signals in the midst of long work, and ends the work where one asked for that.
 *
 * @param state what is kept, for the message, as in "stopped while the data was read; nothing was trained yet"
 * @throws Interruption where the signal was aborted
 */
export async function hearSignals(signal: AbortSignal, state: string): Promise<void> {
  await setImmediate();
  if (signal.aborted) throw new Interruption(state, signal.reason as InterruptSignal);
}

/** Aborted at the first signal, with its name as the reason; the second one leaves at once. */
export interface Interruptible {
  readonly signal: AbortSignal;
  /** Stops listening. */
  release(): void;
}

/**
 * Listens to Ctrl-C, SIGTERM and the end of the terminal: the first asks for an end, the second ends the process at once.
 *
 * @param leaving called before the process is left at once, to bring the terminal in order
 */
export function listenForSignals(tell: (line: string) => void, leaving: () => void): Interruptible {
  const controller = new AbortController();
  const listeners = (Object.keys(exitCodes) as InterruptSignal[]).map((name) => {
    const listener = () => {
      if (controller.signal.aborted) {
        leaving();
        process.exit(exitCodes[name]);
      }
      tell(`${name === "SIGINT" ? "Ctrl-C" : name}: stopping after this step, then saving; once more leaves at once`);
      controller.abort(name);
    };
    process.on(name, listener);
    return [name, listener] as const;
  });
  return {
    signal: controller.signal,
    release: () => {
      for (const [name, listener] of listeners) process.off(name, listener);
    },
  };
}
