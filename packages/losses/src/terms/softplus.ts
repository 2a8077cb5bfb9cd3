import * as tf from "@tensorflow/tfjs-core";

/** log(1 + e^x) without overflow, from operations that every backend has. */
export function softplus<T extends tf.Tensor>(x: T): T {
  const magnitude = tf.add(tf.relu(x), tf.relu(tf.neg(x)));
  return tf.add(tf.relu(x), tf.log(tf.add(tf.exp(tf.neg(magnitude)), 1)));
}
