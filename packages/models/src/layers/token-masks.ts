import * as tf from "@tensorflow/tfjs-core";
import type { TokenChunk } from "../packing/pack-tokens.js";

// Each is made of the ends by operations on tensors, so that a traced training step can be fed with other texts.

/** One-hot [count, 1, length] at each row's last token. */
export function endSelector({ ends, count, length }: TokenChunk): tf.Tensor3D {
  return tf.reshape(tf.oneHot(tf.tensor1d(ends, "int32"), length, 1, 0, "float32"), [count, 1, length]);
}

/** [count, 1, 1, length], added to scores: 0 at every token of a row, a large negative number at its padding. */
export function tokenMask({ ends, count, length }: TokenChunk): tf.Tensor4D {
  const padding = tf.greater(positions(length), tf.tensor2d(ends, [count, 1], "int32"));
  return tf.reshape(tf.mul(padding, -1e9), [count, 1, 1, length]);
}

/** [count, 1, length]: the weights of a mean over each row's tokens, 0 at padding. */
export function tokenMean({ ends, count, length }: TokenChunk): tf.Tensor3D {
  const last = tf.tensor2d(ends, [count, 1], "int32");
  return tf.reshape(tf.div(tf.lessEqual(positions(length), last), tf.add(last, 1)), [count, 1, length]);
}

/** 0, 1, … below `length`, in a row. */
function positions(length: number): tf.Tensor2D {
  return tf.reshape(tf.range(0, length, 1, "int32"), [1, length]);
}
