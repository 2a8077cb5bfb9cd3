import * as tf from "@tensorflow/tfjs-core";
import type { LossTerms } from "../contract/loss.js";
import { type ContrastiveParts, columns, maskValue, meanOf } from "./contrastive-parts.js";

/** "mean": over images and over positive texts, so that a learning rate transfers between batch sizes. "sum": added up. */
export type Reduction = "mean" | "sum";

export interface InfoNceOptions {
  readonly reduction: Reduction;
  /** Share of each target that is spread evenly over all that it is chosen from, as PyTorch's `label_smoothing`. */
  readonly labelSmoothing?: number;
  /** Whether the image's softmax runs over the negatives too, or over the positives only. */
  readonly negatives: boolean;
  /** "own": a text's target is the image that it was made for, p(j). "shared" (default): all images that it is true of, evenly. */
  readonly textTargets?: "own" | "shared";
  /** Whether a negative that is true of an image stays in that image's softmax ("keep") or not ("mask", default). */
  readonly trueNegatives?: "keep" | "mask";
}

/**
 * The InfoNCE that CLIP, NegCLIP and MosaiCLIP share:
 *
 * image to text: -1/|P(i)| Σ over k in P(i) of log softmax over texts of image i's logits, at k;
 * text to image: -log softmax over images of text j's logits, at its image, for positive texts only; a text that is true
 * of several images shares its target evenly among them, or has its own image as the target (`textTargets`).
 *
 * Images without a positive and padding texts take no part. `objective` is half the sum of the two.
 */
export function infoNce(parts: ContrastiveParts, logitScale: tf.Scalar, options: InfoNceOptions): LossTerms {
  const { reduction, negatives, labelSmoothing = 0, textTargets = "shared", trueNegatives = "mask" } = options;
  const { positives, isPositive, positiveCount } = parts;
  const texts = negatives ? positives + parts.negatives : positives;
  const logits: tf.Tensor2D = tf.mul(columns(parts.cosine, 0, texts), logitScale);
  const candidates = columns(trueNegatives === "keep" ? parts.textMask : parts.candidateMask, 0, texts);
  const masked: tf.Tensor2D = tf.add(logits, tf.mul(tf.sub(1, candidates), maskValue));
  const positiveLogits = columns(logits, 0, positives);

  const imageShares: tf.Tensor2D = tf.div(isPositive, tf.maximum(positiveCount, 1));
  const imageTargets = smoothed(imageShares, candidates, labelSmoothing);
  const imageSum = crossEntropy(tf.logSoftmax(masked), imageTargets);
  const isTarget = textTargets === "own" ? parts.isOwn : isPositive;
  const imageCount = tf.sum(isTarget, 0, true);
  const everyImage = tf.ones<tf.Rank.R2>([1, parts.images]);
  const textShares = tf.transpose(tf.div(isTarget, tf.maximum(imageCount, 1))) as tf.Tensor2D;
  const textSum = crossEntropy(
    tf.logSoftmax(tf.transpose(positiveLogits)),
    smoothed(textShares, everyImage, labelSmoothing),
  );

  const mean = reduction === "mean";
  const imageToText = mean ? meanOf(imageSum, tf.sum(tf.minimum(positiveCount, 1))) : (imageSum as tf.Scalar);
  const textToImage = mean ? meanOf(textSum, tf.sum(tf.minimum(imageCount, 1))) : (textSum as tf.Scalar);
  return { objective: tf.mul(tf.add(imageToText, textToImage), 0.5), imageToText, textToImage };
}

/**
 * Targets [queries, candidates] with their share spread evenly over the candidates; queries without a target
 * stay without. Candidates beyond the targets' columns have no share of their own.
 */
function smoothed(targets: tf.Tensor2D, candidates: tf.Tensor2D, labelSmoothing: number): tf.Tensor2D {
  if (labelSmoothing === 0) return targets;
  const rest = candidates.shape[1] - targets.shape[1];
  const whole = rest === 0 ? targets : tf.concat([targets, tf.zeros<tf.Rank.R2>([targets.shape[0], rest])], 1);
  const spread = tf.div(tf.mul(candidates, tf.sum(targets, 1, true)), tf.maximum(tf.sum(candidates, 1, true), 1));
  return tf.add(tf.mul(whole, 1 - labelSmoothing), tf.mul(spread, labelSmoothing));
}

/** -Σ target · log probability, over the targets' columns. */
function crossEntropy(logProbs: tf.Tensor2D, targets: tf.Tensor2D): tf.Tensor {
  return tf.neg(tf.sum(tf.mul(columns(logProbs, 0, targets.shape[1]), targets)));
}
