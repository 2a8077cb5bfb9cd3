import { duration } from "@tesserae/shared";
import { SingleBar } from "cli-progress";

/** Shows how far a piece of work is: a bar on a terminal, a line at each quarter elsewhere. */
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

/** Lines only for work that takes longer than this. */
const quietMilliseconds = 5000;

export function createProgress(output: Output): Progress {
  return output.terminal ? barProgress(output) : lineProgress(output);
}

function lineProgress(output: Output): Progress {
  let label = "";
  let started = 0;
  let quarter = 0;
  return {
    start: (text) => {
      label = text;
      started = performance.now();
      quarter = 0;
    },
    update: (done, total) => {
      const now = Math.floor((4 * done) / total);
      const taken = performance.now() - started;
      if (now <= quarter || done === total || taken < quietMilliseconds) return;
      quarter = now;
      output.print(`${label}: ${done} of ${total}, ${left(taken, done, total)} left`);
    },
    finish: (line) => output.print(line),
  };
}

function barProgress(output: Output): Progress {
  let bar: SingleBar | undefined;
  let label = "";
  let started = 0;
  return {
    start: (text) => {
      label = text;
      started = performance.now();
    },
    update: (done, total) => {
      const time = left(performance.now() - started, done, total);
      if (!bar) {
        const format = "{label} {bar} {value}/{total} | {time} left";
        bar = new SingleBar({ format, hideCursor: true, clearOnComplete: true });
        bar.start(total, done, { label, time });
      }
      bar.setTotal(total);
      bar.update(done, { label, time });
    },
    finish: (line) => {
      bar?.stop();
      bar = undefined;
      output.print(line);
    },
  };
}

function left(taken: number, done: number, total: number): string {
  return done === 0 ? "-" : duration(((taken / done) * (total - done)) / 1000);
}
