import * as tf from "@tensorflow/tfjs-core";

/** Gemma's root-mean-square normalisation over the last axis: x / rms(x) · (1 + weight). */
export function rmsNorm(x: tf.Tensor2D, weight: tf.Tensor, epsilon: number): tf.Tensor2D {
  const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(x), -1, true), epsilon));
  return tf.mul(tf.mul(x, inverse), tf.add(weight, 1));
}
