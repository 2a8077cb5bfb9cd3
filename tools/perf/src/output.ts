import { SingleBar } from "cli-progress";

/** Shows how far a piece of work is: a bar on a terminal, a line when it is done elsewhere. */
export interface Progress {
  start(label: string): void;
  update(done: number, total: number): void;
  /** Ends the piece; `line` stays on the screen. */
  finish(line: string): void;
}

/** Where lines go; `terminal` says whether bars can be drawn. */
export interface Output {
  readonly terminal: boolean;
  readonly columns: number;
  print(line: string): void;
}

/** The process's standard output. */
export function standardOutput(): Output {
  return {
    terminal: process.stdout.isTTY === true,
    columns: process.stdout.columns ?? 120,
    print: (line) => process.stdout.write(`${line}\n`),
  };
}

export function createProgress(output: Output): Progress {
  if (!output.terminal) return { start: () => {}, update: () => {}, finish: (line) => output.print(line) };
  let bar: SingleBar | undefined;
  let label = "";
  return {
    start: (text) => {
      label = text;
    },
    update: (done, total) => {
      if (!bar) {
        bar = new SingleBar({ format: "{label} {bar} {value}/{total}", hideCursor: true, clearOnComplete: true });
        bar.start(total, done, { label });
      }
      bar.setTotal(total);
      bar.update(done);
    },
    finish: (line) => {
      bar?.stop();
      bar = undefined;
      output.print(line);
    },
  };
}
