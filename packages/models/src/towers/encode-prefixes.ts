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
  const { rows, length, ids, positions, endsPerRow } = batch;
  const tokens = tf.gather(read("embeddings.token_embedding.weight"), tf.tensor1d(ids, "int32"));
  const places = tf.gather(read("embeddings.position_embedding.weight"), tf.tensor1d(positions, "int32"));
  const visible = ancestors(batch);
  const { columns, slots } = endSlots(batch);
  const encoded = transformer(tf.add(tokens, places) as tf.Tensor2D, {
    read,
    layers,
    heads,
    activation,
    batch: rows,
    length,
    mask: tf.tensor4d(visible, [rows, 1, length, length]),
    readout: {
      count: endsPerRow,
      select: (x) => {
        const selected = tf.matMul(selector(batch, columns), tf.reshape(x, [rows, length, width]));
        return tf.reshape(selected, [rows * endsPerRow, width]);
      },
      mask: tf.tensor4d(rowsOf(visible, batch, columns), [rows, 1, endsPerRow, length]),
    },
  });
  return layerNorm(tf.gather(encoded, tf.tensor1d(slots, "int32")), read, "final_layer_norm");
}

/** What each token may look at [rows, length, length]: itself and the tokens before it in its texts; padding, itself. */
function ancestors({ rows, length, parents }: PrefixBatch): Float32Array {
  const mask = new Float32Array(rows * length * length).fill(hidden);
  for (let place = 0; place < rows * length; place++) {
    const column = place % length;
    const parent = parents[place]!;
    // A parent stands before its child, so its row of the mask is complete.
    if (parent >= 0)
      mask.copyWithin(place * length, (place - column + parent) * length, (place - column + parent + 1) * length);
    mask[place * length + column] = 0;
  }
  return mask;
}

/** Column of each read place [rows · endsPerRow], 0 where a row has fewer ends; and the slot of each text [count]. */
function endSlots({ rows, length, ends, endsPerRow }: PrefixBatch): { columns: Int32Array; slots: Int32Array } {
  const columns = new Int32Array(rows * endsPerRow);
  const used = new Int32Array(rows);
  const slotOf = new Map<number, number>();
  const slots = ends.map((end) => {
    const row = Math.floor(end / length);
    const slot = slotOf.get(end) ?? row * endsPerRow + used[row]!++;
    slotOf.set(end, slot);
    columns[slot] = end % length;
    return slot;
  });
  return { columns, slots };
}

/** One-hot [rows, endsPerRow, length]. */
function selector({ rows, length, endsPerRow }: PrefixBatch, columns: Int32Array): tf.Tensor3D {
  const oneHot = new Float32Array(rows * endsPerRow * length);
  columns.forEach((column, slot) => {
    oneHot[slot * length + column] = 1;
  });
  return tf.tensor3d(oneHot, [rows, endsPerRow, length]);
}

/** The mask's rows of the read places [rows, endsPerRow, length]. */
function rowsOf(mask: Float32Array, { rows, length, endsPerRow }: PrefixBatch, columns: Int32Array): Float32Array {
  const chosen = new Float32Array(rows * endsPerRow * length);
  columns.forEach((column, slot) => {
    const start = (Math.floor(slot / endsPerRow) * length + column) * length;
    chosen.set(mask.subarray(start, start + length), slot * length);
  });
  return chosen;
}
