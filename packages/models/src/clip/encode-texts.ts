import * as tf from "@tensorflow/tfjs-core";
import { l2Normalise } from "../layers/l2-normalise.js";
import { chunkTensors } from "../layers/text-tensors.js";
import { withGradient } from "../layers/with-gradient.js";
import { ModelError } from "../model-error.js";
import { checkIds } from "../packing/check-ids.js";
import type { PrefixBatch } from "../packing/pack-prefixes.js";
import type { TokenBatch, TokenChunk } from "../packing/pack-tokens.js";
import type { TextTower } from "../towers/tower.js";
import type { Clip } from "./clip.js";
import { projectFeatures, towerContext } from "./tower-context.js";

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
    return l2Normalise(projectFeatures(clip, "text", features));
  });
}

function chunkFeatures(clip: Clip, tokens: TokenBatch): tf.Tensor2D {
  const { text } = clip.towers;
  const context = towerContext(clip, "text");
  const chunks = tokens.chunks.map((chunk) => text.encode(chunkTensors(fitted(chunk, text)), context));
  return reorder(chunks.length === 1 ? chunks[0]! : tf.concat(chunks, 0), tokens.restore, tokens.order);
}

function prefixFeatures(clip: Clip, tokens: PrefixBatch): tf.Tensor2D {
  const { text } = clip.towers;
  if (text.encodePrefixes === undefined) {
    throw new ModelError(
      `encodeTexts: packPrefixes is for causal towers such as CLIP's; this model's text tower is "${text.name}", so use packTokens.`,
    );
  }
  checkTokens(tokens.ids, tokens.positions, text);
  return text.encodePrefixes(tokens, towerContext(clip, "text"));
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
function fitted(chunk: TokenChunk, tower: TextTower): TokenChunk {
  const { contextLength } = tower;
  checkTokens(chunk.ids, chunk.ends, tower);
  if (chunk.length <= contextLength) return chunk;
  const ids = new Int32Array(chunk.count * contextLength);
  for (let row = 0; row < chunk.count; row++) {
    ids.set(chunk.ids.subarray(row * chunk.length, row * chunk.length + contextLength), row * contextLength);
  }
  return { ...chunk, ids, length: contextLength };
}

/** @param positions in their texts, the last token of the longest among them */
function checkTokens(ids: Int32Array, positions: Int32Array, { contextLength, vocabSize }: TextTower): void {
  const end = positions.reduce((most, position) => Math.max(most, position), 0);
  if (end >= contextLength) {
    throw new ModelError(
      `encodeTexts: a text has ${end + 1} tokens, but the model's context is ${contextLength}; make the tokenizer with that contextLength.`,
    );
  }
  checkIds("encodeTexts", ids, vocabSize);
}
