/** The learning rate of a step; steps are counted from 0. */
export type Schedule = (step: number) => number;

/** Options of a schedule with a linear warm-up. */
export interface WarmupOptions {
  /** Learning rate after the warm-up. */
  readonly learningRate: number;
  /** Steps that it takes to rise to it, in equal parts. Default 0. */
  readonly warmup?: number;
}

/** Learning rate of a step of the warm-up: the first step has 1/warmup of the peak, as open_clip's `_warmup_lr`. */
export function warmupRate(step: number, { learningRate, warmup = 0 }: WarmupOptions): number {
  return (learningRate * (step + 1)) / warmup;
}
