import * as tf from "@tensorflow/tfjs-core";
import type { ContrastiveBatch } from "@tesserae/losses";
import type { Batch } from "./collate.js";

/**
 * What a loss compares: a batch with its embeddings.
 * @param image [images, d]
 * @param texts [rows, d], each of the batch's texts once, in its order
 */
export function contrastiveBatch(
  batch: Batch,
  image: tf.Tensor2D,
  texts: tf.Tensor2D,
  logitScale: tf.Scalar,
): ContrastiveBatch {
  return {
    image,
    text: tf.gather(texts, tf.tensor1d(batch.textRow, "int32")),
    logitScale,
    positiveImage: tf.tensor1d(batch.positiveImage, "int32"),
    negativeImage: tf.tensor1d(batch.negativeImage, "int32"),
    textMask: tf.tensor1d(batch.mask),
    ...(batch.matches ? { positiveMask: tf.tensor2d(batch.matches, [batch.images.length, batch.mask.length]) } : {}),
  };
}
