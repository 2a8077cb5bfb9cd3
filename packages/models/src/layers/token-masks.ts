import * as tf from "@tensorflow/tfjs-core";
import type { TokenChunk } from "../packing/pack-tokens.js";

/** One-hot [count, 1, length] at each row's last token. */
export function endSelector({ ends, count, length }: TokenChunk): tf.Tensor3D {
  const oneHot = new Float32Array(count * length);
  ends.forEach((end, row) => {
    oneHot[row * length + end] = 1;
  });
  return tf.tensor3d(oneHot, [count, 1, length]);
}

/** [count, 1, 1, length], added to scores: 0 at every token of a row, a large negative number at its padding. */
export function tokenMask({ ends, count, length }: TokenChunk): tf.Tensor4D {
  const mask = new Float32Array(count * length);
  ends.forEach((end, row) => {
    mask.fill(-1e9, row * length + end + 1, (row + 1) * length);
  });
  return tf.tensor4d(mask, [count, 1, 1, length]);
}

/** [count, 1, length]: the weights of a mean over each row's tokens, 0 at padding. */
export function tokenMean({ ends, count, length }: TokenChunk): tf.Tensor3D {
  const shares = new Float32Array(count * length);
  ends.forEach((end, row) => {
    shares.fill(1 / (end + 1), row * length, row * length + end + 1);
  });
  return tf.tensor3d(shares, [count, 1, length]);
}
