import * as tf from "@tensorflow/tfjs-core";
import type { Loss, LossTerms } from "../contract/loss.js";
import { tidyTerms } from "../contract/tidy-terms.js";

/** A loss whose objective is multiplied by a factor, to be chained with others. The other terms stay as they are. */
export function weighted<Batch>(loss: Loss<Batch>, factor: number): Loss<Batch> {
  const { inBlocks, ...rest } = loss;
  const times = (terms: LossTerms): LossTerms => ({ ...terms, objective: tf.mul(terms.objective, factor) });
  return {
    ...rest,
    options: { ...loss.options, factor },
    compute: (batch) => tidyTerms(() => times(loss.compute(batch))),
    ...(inBlocks === undefined
      ? {}
      : {
          inBlocks: async (batch, comparisons) =>
            (await inBlocks(batch, comparisons)).map((block) => (some: Batch) => tidyTerms(() => times(block(some)))),
        }),
  };
}
