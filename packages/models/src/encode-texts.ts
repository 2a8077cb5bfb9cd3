import * as tf from "@tensorflow/tfjs-core";
import { causalMask } from "./attention.js";
import type { Clip } from "./clip.js";
import { ModelError } from "./errors.js";
import { l2Normalise } from "./l2-normalise.js";
import type { TokenBatch, TokenChunk } from "./pack-tokens.js";
import { normalise, transformer, type VariableReader } from "./transformer.js";
import { withGradient } from "./with-gradient.js";

/**
 * Embeds texts: each chunk at its own length, then back in the caller's order.
 *
 * @param tokens from `packTokens`.
 * @returns [texts, embedDim] in the order given to `packTokens`, rows of length one; filler rows come last.
 * @throws ModelError when a text is longer than the model's context, or has ids outside its vocabulary.
 */
export function encodeTexts(clip: Clip, tokens: TokenBatch): tf.Tensor2D {
  const read: VariableReader = (name) => clip.variables.get(name)!;
  return tf.tidy(() => {
    const ends = tokens.chunks.map((chunk) => encodeChunk(clip, fitted(chunk, clip), read));
    const packed = ends.length === 1 ? ends[0]! : tf.concat(ends, 0);
    const features = normalise(packed, read, "text_model.final_layer_norm");
    const projected: tf.Tensor2D = tf.matMul(features, read("text_projection.weight") as tf.Tensor2D, false, true);
    return l2Normalise(reorder(projected, tokens.restore, tokens.order));
  });
}

/** The end-of-text features of one chunk: [count, width]. */
function encodeChunk(clip: Clip, chunk: TokenChunk, read: VariableReader): tf.Tensor2D {
  const { width, layers, heads } = clip.config.text;
  const { count, length } = chunk;
  const embedded = tf.gather(read("text_model.embeddings.token_embedding.weight"), tf.tensor1d(chunk.ids, "int32"));
  const positions = tf.slice(read("text_model.embeddings.position_embedding.weight"), [0, 0], [length, width]);
  const placed = tf.add(tf.reshape(embedded, [count, length, width]), positions);
  const atEnd = endSelector(chunk);
  return transformer(tf.reshape(placed, [count * length, width]) as tf.Tensor2D, {
    read,
    tower: "text_model",
    layers,
    heads,
    activation: clip.config.activation,
    batch: count,
    length,
    mask: causalMask(length),
    readout: {
      select: (x) => tf.reshape(tf.matMul(atEnd, tf.reshape(x, [count, length, width])), [count, width]),
      mask: endMask(chunk),
    },
  });
}

/** One-hot [count, 1, length] at each row's end. */
function endSelector({ ends, count, length }: TokenChunk): tf.Tensor3D {
  const oneHot = new Float32Array(count * length);
  ends.forEach((end, row) => {
    oneHot[row * length + end] = 1;
  });
  return tf.tensor3d(oneHot, [count, 1, length]);
}

/** [count, 1, 1, length]: what the end-of-text token may look at, which is everything up to itself. */
function endMask({ ends, count, length }: TokenChunk): tf.Tensor4D {
  const mask = new Float32Array(count * length);
  ends.forEach((end, row) => {
    mask.fill(-1e9, row * length + end + 1, (row + 1) * length);
  });
  return tf.tensor4d(mask, [count, 1, 1, length]);
}

/** Rows in another order; the gradient is the same with the order reversed, which is cheaper than a scatter. */
function reorder(x: tf.Tensor2D, order: Int32Array, inverse: Int32Array): tf.Tensor2D {
  return withGradient([x], (x) => ({
    value: tf.gather(x!, tf.tensor1d(order, "int32")),
    saved: [],
    gradient: (dy) => [tf.gather(dy, tf.tensor1d(inverse, "int32"))],
  })) as tf.Tensor2D;
}

/** Checks a chunk against the model and drops padding beyond the model's context. */
function fitted(chunk: TokenChunk, clip: Clip): TokenChunk {
  const { contextLength, vocabSize } = clip.config.text;
  const end = chunk.ends.reduce((longest, position) => Math.max(longest, position), 0);
  if (end >= contextLength) {
    throw new ModelError(
      `encodeTexts: a text has ${end + 1} tokens, but the model's context is ${contextLength}; make the tokenizer with that contextLength.`,
    );
  }
  const stranger = chunk.ids.find((id) => id < 0 || id >= vocabSize);
  if (stranger !== undefined) {
    throw new ModelError(
      `encodeTexts: token id ${stranger} is outside the model's vocabulary of ${vocabSize}; use the tokenizer that belongs to it.`,
    );
  }
  if (chunk.length <= contextLength) return chunk;
  const ids = new Int32Array(chunk.count * contextLength);
  for (let row = 0; row < chunk.count; row++) {
    ids.set(chunk.ids.subarray(row * chunk.length, row * chunk.length + contextLength), row * contextLength);
  }
  return { ...chunk, ids, length: contextLength };
}
