import * as tf from "@tensorflow/tfjs-core";
import { maskValue, meanOf } from "./contrastive-parts.js";

export interface NegativeFocalOptions {
  /** Exponent of (1 - p): how little what is already told apart weighs. 0 gives the cross-entropy. */
  readonly focalGamma: number;
  /** Share of the target that is spread evenly over the positive and its negatives. */
  readonly labelSmoothing: number;
}

/**
 * FSC-CLIP's choice of the positive among its negatives with focal loss and label smoothing (ytaek-oh/fsc-clip
 * src/training/losses/loss.py, `_focal_loss_with_nsr`): Σ over classes c of -q_c·(1 - p_c)^γ·log p_c, mean over the rows that
 * have a negative.
 *
 * @param positive logits [rows, 1]
 * @param negative logits [rows, r]
 * @param counted [rows, r]: 1 where a negative belongs to the row
 */
export function negativeFocal(
  positive: tf.Tensor2D,
  negative: tf.Tensor2D,
  counted: tf.Tensor2D,
  { focalGamma, labelSmoothing }: NegativeFocalOptions,
): tf.Scalar {
  const [rows] = positive.shape;
  const masked = tf.add(negative, tf.mul(tf.sub(1, counted), maskValue)) as tf.Tensor2D;
  const logProbs = tf.logSoftmax(tf.concat([positive, masked], 1));
  const present = tf.concat([tf.ones<tf.Rank.R2>([rows, 1]), counted], 1);
  const classes = tf.sum(present, 1, true);
  const first = tf.concat([tf.ones<tf.Rank.R2>([rows, 1]), tf.zerosLike(counted)], 1);
  const spread = tf.div(tf.mul(present, labelSmoothing), classes);
  const targets = tf.add(tf.mul(first, 1 - labelSmoothing), spread);
  // Where there is no negative the logarithm is far below; it is left out before it is multiplied.
  const logs = tf.mul(logProbs, present);
  const focus = focalGamma === 0 ? present : tf.pow(tf.maximum(tf.sub(1, tf.exp(logs)), 1e-12), focalGamma);
  const losses = tf.neg(tf.sum(tf.mul(tf.mul(targets, focus), logs), 1, true));
  const hasNegative = tf.minimum(tf.sum(counted, 1, true), 1);
  return meanOf(tf.sum(tf.mul(losses, hasNegative)), tf.sum(hasNegative));
}
