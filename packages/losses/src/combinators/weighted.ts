import * as tf from "@tensorflow/tfjs-core";
import type { Loss } from "../contract/loss.js";
import { tidyTerms } from "../contract/tidy-terms.js";

/** A loss whose objective is multiplied by a factor, to be chained with others. The other terms stay as they are. */
export function weighted<Batch>(loss: Loss<Batch>, factor: number): Loss<Batch> {
  return {
    ...loss,
    options: { ...loss.options, factor },
    compute: (batch) =>
      tidyTerms(() => {
        const terms = loss.compute(batch);
        return { ...terms, objective: tf.mul(terms.objective, factor) };
      }),
  };
}
