import * as tf from "@tensorflow/tfjs-core";
import { encodeWithBert } from "./bert.js";
import type { Clip } from "./clip.js";
import { encodeWithClipText } from "./clip-text.js";
import { ModelError } from "./errors.js";
import { encodeWithGemma } from "./gemma.js";
import { l2Normalise } from "./l2-normalise.js";
import type { VariableReader } from "./linear.js";
import type { TokenBatch, TokenChunk } from "./pack-tokens.js";
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
    const chunks = tokens.chunks.map((chunk) => encodeChunk(clip, fitted(chunk, clip), read));
    const features = chunks.length === 1 ? chunks[0]! : tf.concat(chunks, 0);
    const projected: tf.Tensor2D = tf.matMul(features, read("text_projection.weight") as tf.Tensor2D, false, true);
    return l2Normalise(reorder(projected, tokens.restore, tokens.order));
  });
}

/** The features of one chunk: [count, width]. */
function encodeChunk({ config }: Clip, chunk: TokenChunk, read: VariableReader): tf.Tensor2D {
  const { text, activation } = config;
  switch (text.type) {
    case "clip":
      return encodeWithClipText(chunk, text, activation, read);
    case "bert":
      return encodeWithBert(chunk, text, read);
    case "gemma":
      return encodeWithGemma(chunk, text, read);
  }
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
