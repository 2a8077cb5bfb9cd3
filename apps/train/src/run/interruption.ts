/** The end of a run that the user stopped: what is kept and how to go on; the process ends with the signal's exit code. */
export class Interruption extends Error {
  override readonly name = "Interruption";
  /** 128 and the signal's number, as a shell has it. */
  readonly exitCode: number;

  constructor(message: string, signal: InterruptSignal) {
    super(message);
    this.exitCode = exitCodes[signal];
  }
}

/** Signals that stop a run. */
export type InterruptSignal = "SIGINT" | "SIGTERM";

const exitCodes: Readonly<Record<InterruptSignal, number>> = { SIGINT: 130, SIGTERM: 143 };

/** Aborted at the first signal, with its name as the reason; the second one leaves at once. */
export interface Interruptible {
  readonly signal: AbortSignal;
  /** Stops listening. */
  release(): void;
}

/**
 * Listens to Ctrl-C and SIGTERM: the first asks for an end, the second ends the process at once.
 *
 * @param leaving called before the process is left at once, to bring the terminal in order
 */
export function listenForSignals(tell: (line: string) => void, leaving: () => void): Interruptible {
  const controller = new AbortController();
  const listeners = (["SIGINT", "SIGTERM"] as const).map((name) => {
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
