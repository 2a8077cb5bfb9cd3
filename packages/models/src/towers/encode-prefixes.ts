import * as tf from "@tensorflow/tfjs-core";
import { layerNorm } from "../layers/layer-norm.js";
import { transformer } from "../layers/transformer.js";
import type { PrefixBatch } from "../packing/pack-prefixes.js";
import type { TowerContext } from "./tower.js";

/** Far below any score, yet finite. */
const hidden = -1e9;

/**
 * The features of texts at their end-of-text tokens by CLIP's text tower, every shared beginning computed once:
 * [count, width]. Each token looks at the tokens on its way back to the start token, which are what it would see in its text alone.
 */
export function encodePrefixes(
  batch: PrefixBatch,
  { width, layers, heads }: { readonly width: number; readonly layers: number; readonly heads: number },
  { read, activation }: TowerContext,
): tf.Tensor2D {
  const { rows, length, ids, positions, endsPerRow, slots } = batch;
  const tokens = tf.gather(read("embeddings.token_embedding.weight"), tf.tensor1d(ids, "int32"));
  const places = tf.gather(read("embeddings.position_embedding.weight"), tf.tensor1d(positions, "int32"));
  const columns = tf.reshape(tf.range(0, length, 1, "int32"), [1, 1, length]);
  const ends = tf.tensor3d(batch.endColumns, [rows, endsPerRow, 1], "int32");
  const mask = (of: tf.Tensor) => tf.expandDims(hiddenFrom(of, columns, batch), 1);
  const encoded = transformer(tf.add(tokens, places) as tf.Tensor2D, {
    read,
    layers,
    heads,
    activation,
    batch: rows,
    length,
    mask: mask(tf.reshape(columns, [1, length, 1])),
    readout: {
      count: endsPerRow,
      select: (x) => {
        const oneHot = tf.cast(tf.equal(columns, ends), "float32") as tf.Tensor3D;
        const selected = tf.matMul(oneHot, tf.reshape(x, [rows, length, width]) as tf.Tensor3D);
        return tf.reshape(selected, [rows * endsPerRow, width]);
      },
      mask: mask(ends),
    },
  });
  return layerNorm(tf.gather(encoded, tf.tensor1d(slots, "int32")), read, "final_layer_norm");
}

/**
 * What tokens may not look at, as what is added to scores [rows, tokens, length]: all but themselves and the tokens before them in their
 * texts, which are those that have them between themselves and their last successor. Made by operations on tensors, so that a traced
 * training step can be fed with other texts.
 *
 * @param tokens their columns [rows or 1, tokens, 1]
 */
function hiddenFrom(tokens: tf.Tensor, columns: tf.Tensor, { lasts, rows, length }: PrefixBatch): tf.Tensor {
  const last = tf.tensor3d(lasts, [rows, 1, length], "int32");
  const visible = tf.logicalAnd(tf.lessEqual(columns, tokens), tf.lessEqual(tokens, last));
  return tf.mul(tf.sub(1, tf.cast(visible, "float32")), hidden);
}
