import * as tf from "@tensorflow/tfjs-core";
import type { Loss } from "../contract/loss.js";
import { separableLoss } from "../terms/separable-loss.js";
import { softplus } from "../terms/softplus.js";

/** Options of SigLIP's loss. */
export interface SiglipLossOptions {
  /** Added to every logit: a number, or a trained scalar. Default -10, SigLIP's starting value. */
  readonly bias?: number | tf.Scalar;
}

/**
 * SigLIP's pairwise sigmoid loss (Zhai et al. 2023; with one text an image open_clip's `SigLipLoss`):
 * -1/B Σ over images and texts of log σ(±(logitScale·cos + bias)), plus for positives and minus for all other texts, negatives
 * included.
 *
 * Terms: `objective`.
 */
export function siglipLoss({ bias = -10 }: SiglipLossOptions = {}): Loss {
  return {
    name: "siglip",
    version: "1",
    options: { bias: typeof bias === "number" ? bias : "trained" },
    ...separableLoss({
      ofImages: ({ images, negatives, cosine, candidateMask, isPositive }, { logitScale }) => {
        const logits = tf.add(tf.mul(cosine, logitScale), bias);
        const labels =
          negatives === 0 ? isPositive : tf.concat([isPositive, tf.zeros<tf.Rank.R2>([images, negatives])], 1);
        const signs = tf.sub(tf.mul(labels, 2), 1);
        const pairs = tf.mul(softplus(tf.neg(tf.mul(logits, signs))), candidateMask);
        return { pairs: { sum: tf.sum(pairs), count: tf.scalar(images) } };
      },
      combine: ({ pairs }) => ({ objective: pairs! }),
    }),
  };
}
