import * as tf from "@tensorflow/tfjs-core";
import { l2Normalise } from "../layers/l2-normalise.js";
import { withGradient } from "../layers/with-gradient.js";
import { ModelError } from "../model-error.js";
import { checkIds } from "../packing/check-ids.js";
import type { PrefixBatch } from "../packing/pack-prefixes.js";
import type { TokenBatch, TokenChunk } from "../packing/pack-tokens.js";
import { encodeWithBert } from "../towers/bert.js";
import { encodeWithClipText } from "../towers/clip-text.js";
import { encodePrefixes } from "../towers/encode-prefixes.js";
import { encodeWithGemma } from "../towers/gemma.js";
import type { Clip } from "./clip.js";

/**
 * Embeds texts: from `packTokens`, each chunk at its own length; from `packPrefixes`, each shared beginning once. The results
 * are the same (to rounding); shared beginnings need a causal tower, so CLIP's.
 *
 * @param tokens from `packTokens` or `packPrefixes`.
 * @returns [texts, embedDim] in the order given when packing, rows of length one; filler rows of `packTokens` come last.
 * @throws ModelError when a text is longer than the model's context, has ids outside its vocabulary, or is packed for another
 *   kind of tower.
 */
export function encodeTexts(clip: Clip, tokens: TokenBatch | PrefixBatch): tf.Tensor2D {
  return tf.tidy(() => {
    const features = "parents" in tokens ? prefixFeatures(clip, tokens) : chunkFeatures(clip, tokens);
    const projection = clip.read("text_projection.weight") as tf.Tensor2D;
    const projected: tf.Tensor2D = tf.matMul(features, projection, false, true);
    return l2Normalise(projected);
  });
}

function chunkFeatures(clip: Clip, tokens: TokenBatch): tf.Tensor2D {
  const chunks = tokens.chunks.map((chunk) => encodeChunk(clip, fitted(chunk, clip)));
  return reorder(chunks.length === 1 ? chunks[0]! : tf.concat(chunks, 0), tokens.restore, tokens.order);
}

function prefixFeatures({ config, read }: Clip, tokens: PrefixBatch): tf.Tensor2D {
  const { text, activation } = config;
  if (text.type !== "clip") {
    throw new ModelError(
      `encodeTexts: packPrefixes is for causal towers such as CLIP's; this model's text tower is "${text.type}", so use packTokens.`,
    );
  }
  checkTokens(tokens.ids, tokens.positions, text);
  return encodePrefixes(tokens, text, activation, read);
}

/** The features of one chunk: [count, width]. */
function encodeChunk({ config, read }: Clip, chunk: TokenChunk): tf.Tensor2D {
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
  const { contextLength } = clip.config.text;
  checkTokens(chunk.ids, chunk.ends, clip.config.text);
  if (chunk.length <= contextLength) return chunk;
  const ids = new Int32Array(chunk.count * contextLength);
  for (let row = 0; row < chunk.count; row++) {
    ids.set(chunk.ids.subarray(row * chunk.length, row * chunk.length + contextLength), row * contextLength);
  }
  return { ...chunk, ids, length: contextLength };
}

/** @param positions in their texts, the last token of the longest among them */
function checkTokens(
  ids: Int32Array,
  positions: Int32Array,
  { contextLength, vocabSize }: Clip["config"]["text"],
): void {
  const end = positions.reduce((most, position) => Math.max(most, position), 0);
  if (end >= contextLength) {
    throw new ModelError(
      `encodeTexts: a text has ${end + 1} tokens, but the model's context is ${contextLength}; make the tokenizer with that contextLength.`,
    );
  }
  checkIds("encodeTexts", ids, vocabSize);
}
