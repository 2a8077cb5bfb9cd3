import * as tf from "@tensorflow/tfjs-core";
import { type ContrastiveParts, columns } from "./contrastive-parts.js";

/** Exceeds any difference of cosines, so it takes an entry out of a maximum; Structure-CLIP's code subtracts 10 too. */
const excluded = 10;

/**
 * The largest cosine of each image with a text that is not true of it [B, 1], and of each positive text with an image that it
 * is not true of [1, m].
 *
 * @param negatives whether an image's texts include the negatives.
 */
export function hardestOthers(parts: ContrastiveParts, negatives: boolean): { text: tf.Tensor; image: tf.Tensor } {
  const { positives, isPositive, compared } = parts;
  const texts = negatives ? positives + parts.negatives : positives;
  const absent = tf.sub(1, columns(compared, 0, texts));
  const own =
    texts === positives ? isPositive : tf.concat([isPositive, tf.zeros([parts.images, texts - positives])], 1);
  const others = tf.sub(columns(parts.cosine, 0, texts), tf.mul(tf.add(own, absent), excluded)) as tf.Tensor2D;
  return { text: tf.max(others, 1, true), image: tf.max(columns(others, 0, positives), 0, true) };
}
