import { type Schedule, type WarmupOptions, warmupRate } from "./schedule.js";

/** Options of {@link cosineSchedule}. */
export interface CosineScheduleOptions extends WarmupOptions {
  /** Length of the training, warm-up included. */
  readonly steps: number;
}

/** A linear warm-up, then a half cosine down to zero at the end of the training (open_clip's `cosine_lr`). */
export function cosineSchedule(options: CosineScheduleOptions): Schedule {
  const { learningRate, warmup = 0, steps } = options;
  return (step) => {
    if (step < warmup) return warmupRate(step, options);
    const progress = (step - warmup) / Math.max(1, steps - warmup);
    return 0.5 * learningRate * (1 + Math.cos(Math.PI * progress));
  };
}
