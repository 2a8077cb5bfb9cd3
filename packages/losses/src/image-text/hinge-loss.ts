import * as tf from "@tensorflow/tfjs-core";
import type { ContrastiveBatch, Loss } from "../contract/loss.js";
import type { ContrastiveParts } from "../terms/contrastive-parts.js";
import { ownNegativeHinge } from "../terms/own-negative-hinge.js";
import { type Mean, separableLoss } from "../terms/separable-loss.js";

/** Options of the hinge. */
export interface HingeLossOptions {
  /** By how much an image's cosine with its text is to exceed that with a negative made for it. Default 0.2. */
  readonly margin?: number;
}

/**
 * The hinge of Structure-CLIP (Huang et al. 2024) alone: mean over negatives of max(0, margin - cos(image, positive) +
 * cos(image, negative)), on texts without knowledge where the batch has them (`plainText`). To be chained with another loss.
 *
 * Terms: `objective`.
 */
export function hingeLoss({ margin = 0.2 }: HingeLossOptions = {}): Loss {
  return {
    name: "hinge",
    version: "1",
    options: { margin },
    ...separableLoss({
      ofImages: (parts, batch) => ({ hinge: plainHinge(parts, batch, margin) }),
      combine: ({ hinge }) => ({ objective: hinge! }),
    }),
  };
}

/** The hinge on the texts before knowledge was added to them. */
export function plainHinge(parts: ContrastiveParts, batch: ContrastiveBatch, margin: number): Mean {
  const { image, plainText } = batch;
  const cosine: tf.Tensor2D = plainText ? tf.matMul(image, plainText, false, true) : parts.cosine;
  return ownNegativeHinge(parts, batch, cosine, margin);
}
