import * as tf from "@tensorflow/tfjs-core";

/** Rows scaled to length one. */
export function l2Normalise(x: tf.Tensor2D): tf.Tensor2D {
  return tf.mul(x, tf.rsqrt(tf.add(tf.sum(tf.square(x), 1, true), 1e-12)));
}
