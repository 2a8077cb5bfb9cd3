/** What making a batch spends its time on: reading images; parsing, mining and laying out texts. */
export type StepPart = "image" | "text";

/** Seconds that the batches since the last record spent on each part. */
export type StepSeconds = Readonly<Record<`${StepPart}Seconds`, number>>;

/** Adds up what the parts of training steps take. */
export interface Stopwatch {
  /** Does a piece of work and counts it to a part. */
  time<T>(part: StepPart, work: () => Promise<T>): Promise<T>;
  /** Counts seconds that were measured elsewhere. */
  add(seconds: StepSeconds): void;
  /** The sums since the last call, and starts again from zero. */
  lap(): StepSeconds;
}

/** @param now the clock, in milliseconds */
export function createStopwatch(now: () => number = () => performance.now()): Stopwatch {
  const none = { imageSeconds: 0, textSeconds: 0 };
  let sums = { ...none };
  return {
    time: async (part, work) => {
      const started = now();
      const result = await work();
      sums[`${part}Seconds`] += (now() - started) / 1000;
      return result;
    },
    add: ({ imageSeconds, textSeconds }) => {
      sums.imageSeconds += imageSeconds;
      sums.textSeconds += textSeconds;
    },
    lap: () => {
      const lap = sums;
      sums = { ...none };
      return lap;
    },
  };
}
