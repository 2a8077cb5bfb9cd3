import * as tf from "@tensorflow/tfjs-core";
import { type Activation, activate } from "./activation.js";
import { scaledDotProductAttention } from "./attention.js";
import { layerNorm } from "./layer-norm.js";
import { affine, linear } from "./linear.js";
import { scope, type VariableReader } from "./variable-reader.js";

/** The positions of every sequence that the tower's output is read at. */
export interface Readout {
  /** How many of each sequence. Default 1. */
  readonly count?: number;
  /** Takes [batch·length, width] to the read rows [batch·count, width]. */
  select(x: tf.Tensor2D): tf.Tensor2D;
  /** Added to the scores of the read positions, broadcast to [batch, heads, count, length]. */
  readonly mask?: tf.Tensor;
}

export interface TransformerOptions {
  /** Reads names from `encoder.layers` on. */
  readonly read: VariableReader;
  readonly layers: number;
  readonly heads: number;
  readonly activation: Activation;
  readonly batch: number;
  readonly length: number;
  /** Added to the scores of every layer, broadcast to [batch, heads, length, length]. */
  readonly mask?: tf.Tensor;
  /**
   * When only some positions of every sequence are used afterwards, the last layer is computed for those alone: the same
   * numbers for a fraction of its cost.
   */
  readonly readout?: Readout;
}

/**
 * Pre-normalised transformer blocks as in CLIP, on tokens laid out as rows so that every projection is one matrix product.
 *
 * @param x [batch·length, width]
 * @returns [batch·length, width], or [batch·count, width] with a readout.
 */
export function transformer(x: tf.Tensor2D, options: TransformerOptions): tf.Tensor2D {
  let rows = x;
  for (let layer = 0; layer < options.layers; layer++) {
    rows = block(rows, layer, options, layer === options.layers - 1 ? options.readout : undefined);
  }
  return rows;
}

function block(x: tf.Tensor2D, layer: number, options: TransformerOptions, readout: Readout | undefined): tf.Tensor2D {
  const { heads, activation, batch, length } = options;
  const read = scope(options.read, `encoder.layers.${layer}`);
  const size = x.shape[1] / heads;
  const scale = size ** -0.5;
  const split = (rows: tf.Tensor2D, count: number) =>
    tf.transpose(tf.reshape(rows, [batch, count, heads, size]), [0, 2, 1, 3]);

  const normal = layerNorm(x, read, "layer_norm1");
  const stream = readout ? readout.select(x) : x;
  const query = readout ? layerNorm(stream, read, "layer_norm1") : normal;
  const queryCount = readout ? (readout.count ?? 1) : length;
  // The scale is put on the small query weights, not on the large activations.
  const queryWeight = tf.mul(read("self_attn.q_proj.weight"), scale);
  const queryBias = tf.mul(read("self_attn.q_proj.bias"), scale);
  const attended = scaledDotProductAttention(
    split(affine(query, queryWeight, queryBias), queryCount),
    split(linear(normal, read, "self_attn.k_proj"), length),
    split(linear(normal, read, "self_attn.v_proj"), length),
    readout ? readout.mask : options.mask,
  );
  const merged = tf.reshape(tf.transpose(attended, [0, 2, 1, 3]), [batch * queryCount, heads * size]) as tf.Tensor2D;
  const afterAttention = tf.add(stream, linear(merged, read, "self_attn.out_proj")) as tf.Tensor2D;

  const hidden = linear(layerNorm(afterAttention, read, "layer_norm2"), read, "mlp.fc1");
  return tf.add(afterAttention, linear(activate(hidden, activation), read, "mlp.fc2")) as tf.Tensor2D;
}
