import type { SingleBar } from "cli-progress";
import { createBar } from "./bar.js";
import type { Output } from "./output.js";
import { duration } from "./progress.js";

/** Shows how far a piece of work is: a bar on a terminal, a line at each quarter elsewhere. */
export interface TaskProgress {
  start(label: string): void;
  update(done: number, total: number): void;
  /** Ends the piece; `line` stays on the screen. */
  finish(line: string): void;
}

/** Lines only for work that takes longer than this. */
const quietMilliseconds = 5000;

export function createTaskProgress(output: Output): TaskProgress {
  return output.terminal ? barProgress(output) : lineProgress(output);
}

function lineProgress(output: Output): TaskProgress {
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

function barProgress(output: Output): TaskProgress {
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
        bar = createBar({ format, clearOnComplete: true });
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
