import * as tf from "@tensorflow/tfjs-core";
import type { TokenChunk } from "../packing/pack-tokens.js";

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
  return textTensors(
    count,
    length,
    () => tf.tensor1d(ids, "int32"),
    () => tf.tensor1d(ends, "int32"),
  );
}

/**
 * Texts of one length given as a tensor, read at their first end token: what an ONNX model gets. Everything after it is ignored.
 *
 * @param ids [count, length]
 */
export function idTensors(ids: tf.Tensor2D, endId: number): TextTensors {
  const [count, length] = ids.shape;
  return textTensors(
    count,
    length,
    () => tf.reshape(ids, [count * length]),
    () => tf.argMax(tf.cast(tf.equal(ids, endId), "float32"), 1), // the first of several
  );
}

/**
 * Each tensor is made of the ends by operations on tensors, so that a traced training step can be fed with other texts.
 *
 * @param ends position of each text's last token [count].
 */
function textTensors(count: number, length: number, ids: () => tf.Tensor1D, ends: () => tf.Tensor1D): TextTensors {
  const last = () => tf.reshape(ends(), [count, 1]);
  const positions = () => tf.reshape(tf.range(0, length, 1, "int32"), [1, length]);
  return {
    count,
    length,
    ids,
    eosOneHot: () => tf.reshape(tf.cast(tf.equal(positions(), last()), "float32"), [count, 1, length]),
    paddingMask: () => {
      const isPadding = tf.cast(tf.greater(positions(), last()), "float32");
      return tf.reshape(tf.mul(isPadding, -1e9), [count, 1, 1, length]);
    },
    meanWeights: () => {
      const isToken = tf.cast(tf.lessEqual(positions(), last()), "float32");
      return tf.reshape(tf.div(isToken, tf.add(tf.cast(last(), "float32"), 1)), [count, 1, length]);
    },
  };
}
