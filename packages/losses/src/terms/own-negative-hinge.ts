import * as tf from "@tensorflow/tfjs-core";
import type { ContrastiveBatch } from "../contract/loss.js";
import { type ContrastiveParts, columns, ownNegatives, positiveMean } from "./contrastive-parts.js";
import type { Mean } from "./separable-loss.js";

/**
 * Pushes each negative below the positive text of the image that it was made for: mean over negatives of
 * max(0, margin - score(image, positive) + score(image, negative)), an image's positives by their mean.
 *
 * @param scores [B, m + r]
 * @param margin one for all, or one for each negative [r].
 */
export function ownNegativeHinge(
  parts: ContrastiveParts,
  batch: ContrastiveBatch,
  scores: tf.Tensor2D,
  margin: number | tf.Tensor1D,
): Mean {
  const { positives, negatives, positiveCount } = parts;
  if (negatives === 0) return { sum: tf.scalar(0), count: tf.scalar(0) };
  const others = columns(scores, positives, positives + negatives);
  const hinge = tf.relu(tf.add(tf.sub(others, positiveMean(scores, parts)), margin));
  // Only an image that has a positive has something to compare its negatives with.
  const counted = tf.mul(ownNegatives(parts, batch), tf.minimum(positiveCount, 1));
  return { sum: tf.sum(tf.mul(hinge, counted)), count: tf.sum(counted) };
}
