import type { Progress } from "@tesserae/shared";

/** Counts what is done of a task, and tells how fast it goes and how long it will take. */
export interface Counter {
  /** So many more are done; those that an earlier run had done do not count for the speed. */
  add(count: number, doneBefore?: boolean): void;
}

/** @param total undefined where it is not known beforehand */
export function createCounter(progress: Progress, task: string, total?: number): Counter {
  const started = performance.now();
  let done = 0;
  let fresh = 0;
  return {
    add: (count, doneBefore = false) => {
      done += count;
      if (!doneBefore) fresh += count;
      const perSecond = fresh / ((performance.now() - started) / 1000);
      const timeLeft = total === undefined || fresh === 0 ? {} : { secondsLeft: (total - done) / perSecond };
      progress.count({ task, done, perSecond, ...(total === undefined ? {} : { total }), ...timeLeft });
    },
  };
}
