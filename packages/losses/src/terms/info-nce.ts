import * as tf from "@tensorflow/tfjs-core";
import { type ContrastiveParts, columns, farBelow, meanOf } from "./contrastive-parts.js";
import type { LossTerms } from "../contract/loss.js";

/** "mean": over images and over positive texts, so that a learning rate transfers between batch sizes. "sum": added up. */
export type Reduction = "mean" | "sum";

export interface InfoNceOptions {
  readonly reduction: Reduction;
  /** Share of each target that is spread evenly over all that it is chosen from, as PyTorch's `label_smoothing`. */
  readonly labelSmoothing?: number;
  /** Whether the image's softmax runs over the negatives too, or over the positives only. */
  readonly negatives: boolean;
}

/**
 * The InfoNCE that CLIP, NegCLIP and MosaiCLIP share:
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
  { reduction, negatives, labelSmoothing = 0 }: InfoNceOptions,
): LossTerms {
  const { positives, isPositive, positiveCount } = parts;
  const texts = negatives ? positives + parts.negatives : positives;
  const logits: tf.Tensor2D = tf.mul(columns(parts.cosine, 0, texts), logitScale);
  const compared = columns(parts.compared, 0, texts);
  const amongCompared: tf.Tensor2D = tf.add(logits, tf.mul(tf.sub(1, compared), farBelow));
  const positiveLogits = columns(logits, 0, positives);

  const imageShares: tf.Tensor2D = tf.div(isPositive, tf.maximum(positiveCount, 1));
  const imageTargets = smoothed(imageShares, compared, labelSmoothing);
  const imageSum = crossEntropy(tf.logSoftmax(amongCompared), imageTargets);
  const imageCount = tf.sum(isPositive, 0, true);
  const everyImage = tf.ones<tf.Rank.R2>([1, parts.images]);
  const textShares = tf.transpose(tf.div(isPositive, tf.maximum(imageCount, 1))) as tf.Tensor2D;
  const textSum = crossEntropy(
    tf.logSoftmax(tf.transpose(positiveLogits)),
    smoothed(textShares, everyImage, labelSmoothing),
  );

  const mean = reduction === "mean";
  const imageToText = mean ? meanOf(imageSum, tf.sum(tf.minimum(positiveCount, 1))) : (imageSum as tf.Scalar);
  const textToImage = mean ? meanOf(textSum, tf.sum(tf.minimum(imageCount, 1))) : (textSum as tf.Scalar);
  return { contrastiveLoss: tf.mul(tf.add(imageToText, textToImage), 0.5), imageToText, textToImage };
}

/**
 * Targets [queries, candidates] with their share spread evenly over the candidates that are compared; queries without a target
 * stay without. Candidates beyond the targets' columns have no share of their own.
 */
function smoothed(targets: tf.Tensor2D, compared: tf.Tensor2D, labelSmoothing: number): tf.Tensor2D {
  if (labelSmoothing === 0) return targets;
  const rest = compared.shape[1] - targets.shape[1];
  const whole = rest === 0 ? targets : tf.concat([targets, tf.zeros<tf.Rank.R2>([targets.shape[0], rest])], 1);
  const spread = tf.div(tf.mul(compared, tf.sum(targets, 1, true)), tf.maximum(tf.sum(compared, 1, true), 1));
  return tf.add(tf.mul(whole, 1 - labelSmoothing), tf.mul(spread, labelSmoothing));
}

/** -Σ target · log share, over the targets' columns. */
function crossEntropy(logShares: tf.Tensor2D, targets: tf.Tensor2D): tf.Tensor {
  return tf.neg(tf.sum(tf.mul(columns(logShares, 0, targets.shape[1]), targets)));
}
