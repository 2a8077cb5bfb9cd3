import * as tf from "@tensorflow/tfjs-core";
import type { TokenChunk } from "../packing/pack-tokens.js";

/** Far below any score, yet finite. */
const masked = -1e9;

/** Padded texts as a text tower takes them; each tensor is made when it is asked for. */
export interface TextTensors {
  readonly count: number;
  /** Tokens of each text, padding included. */
  readonly length: number;
  /** Token ids [count·length]. */
  ids(): tf.Tensor1D;
  /** One-hot [count, 1, length] at each text's last token. */
  eosOneHot(): tf.Tensor3D;
  /** [count, 1, 1, length], added to attention scores: 0 at every token of a text, a large negative number at its padding. */
  paddingMask(): tf.Tensor4D;
  /** [count, 1, length]: the weights of a mean over each text's tokens, 0 at padding. */
  meanWeights(): tf.Tensor3D;
}

/** A packed chunk of texts as tensors. */
export function chunkTensors({ ids, ends, count, length }: TokenChunk): TextTensors {
  /** [count·length]: `at` in each row at its end, `before` and `after` elsewhere. */
  const rows = (before: (end: number) => number, at: (end: number) => number, after: number): Float32Array => {
    const values = new Float32Array(count * length);
    ends.forEach((end, row) => {
      values.fill(before(end), row * length, row * length + end);
      values[row * length + end] = at(end);
      values.fill(after, row * length + end + 1, (row + 1) * length);
    });
    return values;
  };
  const share = (end: number) => 1 / (end + 1);
  const none = () => 0;
  return {
    count,
    length,
    ids: () => tf.tensor1d(ids, "int32"),
    eosOneHot: () =>
      tf.tensor3d(
        rows(none, () => 1, 0),
        [count, 1, length],
      ),
    paddingMask: () => tf.tensor4d(rows(none, none, masked), [count, 1, 1, length]),
    meanWeights: () => tf.tensor3d(rows(share, share, 0), [count, 1, length]),
  };
}

/**
 * Texts of one length given as a tensor, read at their first end token: what an ONNX model gets. Everything after it is ignored.
 *
 * @param ids [count, length]
 */
export function idTensors(ids: tf.Tensor2D, endId: number): TextTensors {
  const [count, length] = ids.shape;
  const isEnd = tf.cast(tf.equal(ids, endId), "float32");
  const end = tf.reshape(tf.argMax(isEnd, 1), [count, 1]); // the first of several
  const places = tf.tensor2d(
    Int32Array.from({ length }, (_, place) => place),
    [1, length],
    "int32",
  );
  return {
    count,
    length,
    ids: () => tf.reshape(ids, [count * length]),
    eosOneHot: () => tf.reshape(tf.cast(tf.equal(places, end), "float32"), [count, 1, length]),
    paddingMask: () => tf.reshape(tf.mul(tf.cast(tf.greater(places, end), "float32"), masked), [count, 1, 1, length]),
    meanWeights: () => {
      const isToken = tf.cast(tf.lessEqual(places, end), "float32");
      return tf.reshape(tf.div(isToken, tf.add(tf.cast(end, "float32"), 1)), [count, 1, length]);
    },
  };
}
