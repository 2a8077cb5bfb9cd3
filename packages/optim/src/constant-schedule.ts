import { type Schedule, type WarmupOptions, warmupRate } from "./schedule.js";

/** A linear warm-up, then the same learning rate for ever (open_clip's `const_lr`). */
export function constantSchedule(options: WarmupOptions): Schedule {
  const { learningRate, warmup = 0 } = options;
  return (step) => (step < warmup ? warmupRate(step, options) : learningRate);
}
