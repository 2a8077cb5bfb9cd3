import * as tf from "@tensorflow/tfjs-core";
import { type ContrastiveParts, columns } from "./contrastive-parts.js";
import type { Mean } from "./separable-loss.js";

/** Exceeds any difference of cosines, so it takes an entry out of a maximum; Structure-CLIP's code subtracts 10 too. */
const excluded = 10;

/** Cosines with what is true taken out: what is compared with an image or a text is not its own. */
function otherCosines(parts: ContrastiveParts, texts: number): tf.Tensor2D {
  const { images, positives, isPositive, candidateMask } = parts;
  const absent = tf.sub(1, columns(candidateMask, 0, texts));
  const own = texts === positives ? isPositive : tf.concat([isPositive, tf.zeros([images, texts - positives])], 1);
  return tf.sub(columns(parts.cosine, 0, texts), tf.mul(tf.add(own, absent), excluded));
}

/**
 * The largest cosine of each image with a text that is not true of it [B, 1].
 *
 * @param negatives whether its texts include the negatives.
 */
export function hardestText(parts: ContrastiveParts, negatives: boolean): tf.Tensor {
  return tf.max(otherCosines(parts, negatives ? parts.positives + parts.negatives : parts.positives), 1, true);
}

/** The largest cosine of each positive text with an image that it is not true of [1, m]. */
export function hardestImage(parts: ContrastiveParts): tf.Tensor {
  return tf.max(otherCosines(parts, parts.positives), 0, true);
}

/**
 * One half of a triplet loss: the mean over pairs of an image and a text that is true of it of max(0, margin - cos + other).
 *
 * @param other a cosine for each image [B, 1] or each positive text [1, m].
 */
export function pairTriplets(parts: ContrastiveParts, other: tf.Tensor, margin: number): Mean {
  const { positives, cosine, isPositive, positiveCount } = parts;
  const hinge = tf.relu(tf.add(tf.sub(other, columns(cosine, 0, positives)), margin));
  return { sum: tf.sum(tf.mul(hinge, isPositive)), count: tf.sum(positiveCount) };
}
