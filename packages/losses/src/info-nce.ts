import * as tf from "@tensorflow/tfjs-core";
import { type ContrastiveParts, columns, farBelow, meanOf } from "./contrastive-parts.js";
import type { LossTerms } from "./loss.js";

/** "mean": over images and over positive texts, so that a learning rate transfers between batch sizes. "sum": added up. */
export type Reduction = "mean" | "sum";

export interface InfoNceOptions {
  readonly reduction: Reduction;
  /** Whether the image's softmax runs over the negatives too, or over the positives only. */
  readonly negatives: boolean;
}

/**
 * The InfoNCE that CLIP, NegCLIP and MosaiCLIP share (papers.md 1a, 5.0, 5.1):
 *
 * image to text: -1/|P(i)| Σ over k in P(i) of log softmax over texts of image i's logits, at k;
 * text to image: -log softmax over images of text j's logits, at its image, for positive texts only; a text that is true
 * of several images shares its target evenly among them.
 *
 * Images without a positive and padding texts take no part. `contrastiveLoss` is half the sum of the two.
 */
export function infoNce(
  parts: ContrastiveParts,
  logitScale: tf.Scalar,
  { reduction, negatives }: InfoNceOptions,
): LossTerms {
  const { positives, isPositive, positiveCount } = parts;
  const texts = negatives ? positives + parts.negatives : positives;
  const logits: tf.Tensor2D = tf.mul(columns(parts.cosine, 0, texts), logitScale);
  const compared = columns(parts.compared, 0, texts);
  const amongCompared: tf.Tensor2D = tf.add(logits, tf.mul(tf.sub(1, compared), farBelow));
  const positiveLogits = columns(logits, 0, positives);

  const shares = tf.div(isPositive, tf.maximum(positiveCount, 1));
  const imageLogShares = columns(tf.logSoftmax(amongCompared), 0, positives);
  const imageSum = tf.neg(tf.sum(tf.mul(imageLogShares, shares)));
  const imageCount = tf.sum(isPositive, 0, true);
  const textShares = tf.transpose(tf.div(isPositive, tf.maximum(imageCount, 1)));
  const textSum = tf.neg(tf.sum(tf.mul(tf.logSoftmax(tf.transpose(positiveLogits)), textShares)));

  const mean = reduction === "mean";
  const imageToText = mean ? meanOf(imageSum, tf.sum(tf.minimum(positiveCount, 1))) : (imageSum as tf.Scalar);
  const textToImage = mean ? meanOf(textSum, tf.sum(tf.minimum(imageCount, 1))) : (textSum as tf.Scalar);
  return { contrastiveLoss: tf.mul(tf.add(imageToText, textToImage), 0.5), imageToText, textToImage };
}
