import * as tf from "@tensorflow/tfjs-core";
import type { LossTerms } from "../contract/loss.js";
import { type ContrastiveParts, columns, maskValue, meanOf } from "./contrastive-parts.js";
import { type Mean, separableLoss } from "./separable-loss.js";

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
  const whole = ({ sum, count }: Mean) => (typeof count === "number" ? (sum as tf.Scalar) : meanOf(sum, count));
  return infoNceTerms({
    imageToText: whole(imageToText(parts, logitScale, options)),
    textToImage: whole(textToImage(parts, logitScale, options)),
  });
}

/** InfoNCE as a loss of its own, whole and in blocks. */
export function separableInfoNce(options: InfoNceOptions): ReturnType<typeof separableLoss> {
  return separableLoss({
    ofImages: (parts, { logitScale }) => ({ imageToText: imageToText(parts, logitScale, options) }),
    ofTexts: (parts, { logitScale }) => ({ textToImage: textToImage(parts, logitScale, options) }),
    combine: infoNceTerms,
  });
}

/** The terms of InfoNCE from its two directions. */
export function infoNceTerms(means: Readonly<Record<string, tf.Scalar>>): LossTerms {
  const [imageToText, textToImage] = [means.imageToText!, means.textToImage!];
  return { objective: tf.mul(tf.add(imageToText, textToImage), 0.5), imageToText, textToImage };
}

/** The first direction: each image among the texts. */
export function imageToText(parts: ContrastiveParts, logitScale: tf.Scalar, options: InfoNceOptions): Mean {
  const { reduction, negatives, labelSmoothing = 0, trueNegatives = "mask" } = options;
  const { positives, isPositive, positiveCount } = parts;
  const texts = negatives ? positives + parts.negatives : positives;
  const logits: tf.Tensor2D = tf.mul(columns(parts.cosine, 0, texts), logitScale);
  const candidates = columns(trueNegatives === "keep" ? parts.textMask : parts.candidateMask, 0, texts);
  const masked: tf.Tensor2D = tf.add(logits, tf.mul(tf.sub(1, candidates), maskValue));
  const shares: tf.Tensor2D = tf.div(isPositive, tf.maximum(positiveCount, 1));
  const sum = crossEntropy(tf.logSoftmax(masked), smoothed(shares, candidates, labelSmoothing));
  return { sum, count: reduction === "mean" ? tf.sum(tf.minimum(positiveCount, 1)) : 1 };
}

/** The second direction: each positive text among the images. */
export function textToImage(parts: ContrastiveParts, logitScale: tf.Scalar, options: InfoNceOptions): Mean {
  const { reduction, labelSmoothing = 0, textTargets = "shared" } = options;
  const { images, positives, isPositive } = parts;
  const logits: tf.Tensor2D = tf.mul(columns(parts.cosine, 0, positives), logitScale);
  const isTarget = textTargets === "own" ? parts.isOwn : isPositive;
  const imageCount = tf.sum(isTarget, 0, true);
  const everyImage = tf.ones<tf.Rank.R2>([1, images]);
  const shares = tf.transpose(tf.div(isTarget, tf.maximum(imageCount, 1))) as tf.Tensor2D;
  const sum = crossEntropy(tf.logSoftmax(tf.transpose(logits)), smoothed(shares, everyImage, labelSmoothing));
  return { sum, count: reduction === "mean" ? tf.sum(tf.minimum(imageCount, 1)) : 1 };
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
