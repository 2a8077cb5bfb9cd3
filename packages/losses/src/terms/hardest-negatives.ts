import * as tf from "@tensorflow/tfjs-core";
import { type ContrastiveParts, columns, meanOf } from "./contrastive-parts.js";

/** A cosine that each image [B, 1] and each positive text [1, m] is compared with. */
interface Others {
  readonly text: tf.Tensor;
  readonly image: tf.Tensor;
}

/** Exceeds any difference of cosines, so it takes an entry out of a maximum; Structure-CLIP's code subtracts 10 too. */
const excluded = 10;

/**
 * The largest cosine of each image with a text that is not true of it [B, 1], and of each positive text with an image that it
 * is not true of [1, m].
 *
 * @param negatives whether an image's texts include the negatives.
 */
export function hardestNegatives(parts: ContrastiveParts, negatives: boolean): Others {
  const { positives, isPositive, candidateMask } = parts;
  const texts = negatives ? positives + parts.negatives : positives;
  const absent = tf.sub(1, columns(candidateMask, 0, texts));
  const own =
    texts === positives ? isPositive : tf.concat([isPositive, tf.zeros([parts.images, texts - positives])], 1);
  const others = tf.sub(columns(parts.cosine, 0, texts), tf.mul(tf.add(own, absent), excluded)) as tf.Tensor2D;
  return { text: tf.max(others, 1, true), image: tf.max(columns(others, 0, positives), 0, true) };
}

/**
 * Mean over pairs of an image and a text that is true of it of
 * max(0, margin - cos + cos(image, other text)) + max(0, margin - cos + cos(text, other image)).
 */
export function pairTriplets(parts: ContrastiveParts, { text, image }: Others, margin: number): tf.Scalar {
  const { positives, cosine, isPositive, positiveCount } = parts;
  const scores = columns(cosine, 0, positives);
  const hinge = (other: tf.Tensor) => tf.relu(tf.add(tf.sub(other, scores), margin));
  const both = tf.add(hinge(text), hinge(image));
  return meanOf(tf.sum(tf.mul(both, isPositive)), tf.sum(positiveCount));
}
