import { SingleBar } from "cli-progress";

/** What a step of a run looks like from outside. */
export interface StepProgress {
  readonly run: string;
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
  readonly samplesPerSecond: number;
  /** Part of the time that was spent waiting for data. */
  readonly dataWaitShare?: number;
  readonly secondsLeft: number;
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
  /** Called at every logged step. */
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

function barProgress(print: (line: string) => void): Progress {
  let bar: SingleBar | undefined;
  let task = "";
  const stop = (): void => {
    bar?.stop();
    bar = undefined;
  };
  return {
    step: ({ run, step, steps, loss, samplesPerSecond, secondsLeft }) => {
      if (bar === undefined) {
        bar = new SingleBar({
          format: "{run} {bar} {value}/{total} loss {loss} | {rate} images/s | {left} left",
          hideCursor: true,
        });
        bar.start(steps, 0, { run, loss: "-", rate: "-", left: "-" });
      }
      bar.update(step, { run, loss: loss.toFixed(3), rate: samplesPerSecond.toFixed(0), left: duration(secondsLeft) });
      if (step === steps) stop();
    },
    count: (progress) => {
      const { done, total, perSecond, secondsLeft } = progress;
      if (total === undefined) return;
      if (bar === undefined || task !== progress.task) {
        stop();
        task = progress.task;
        bar = new SingleBar({ format: "{task} {bar} {value}/{total} | {rate}/s | {left} left", hideCursor: true });
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
  return ({ run, step, steps, loss, samplesPerSecond, secondsLeft }) => {
    const tenth = Math.floor((10 * step) / steps);
    if (tenth === printed) return;
    printed = tenth;
    print(
      `${run}: step ${step}/${steps}, loss ${loss.toFixed(3)}, ${samplesPerSecond.toFixed(0)} images/s, ${duration(secondsLeft)} left`,
    );
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

/** Seconds as "75 s" or "3 min 05 s". */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 100 ? `${whole} s` : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}
