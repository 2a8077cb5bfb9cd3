import * as tf from "@tensorflow/tfjs-core";
import type { LossTerms } from "./loss.js";

/** `tf.tidy` for a record of terms: frees everything but them. */
export function tidyTerms(compute: () => LossTerms): LossTerms {
  return tf.tidy(() => ({ ...compute() }));
}
