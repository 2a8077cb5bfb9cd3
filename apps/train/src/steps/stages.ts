import type { TextLimits } from "@tesserae/negatives";

/** A part of a training with limits of its own: MosaiCLIP's curriculum (section 3.6). */
export interface Stage {
  /** Its part of the steps; the shares of all stages add up to 1. */
  readonly share: number;
  /** Most positive and negative sub-graphs of an image while it lasts. Default: those of the text source. */
  readonly max?: Partial<TextLimits>;
}

/** The limits of the stage that a step is in. */
export function stageLimits(
  stages: readonly Stage[],
  steps: number,
): (step: number) => Partial<TextLimits> | undefined {
  const ends = stages.map((_, last) => steps * stages.slice(0, last + 1).reduce((sum, { share }) => sum + share, 0));
  return (step) => stages[ends.findIndex((end) => step < end - 1e-9)]?.max;
}
