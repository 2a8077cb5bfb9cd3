import { positiveInteger } from "../config/check-argument.js";
import { ModelError } from "../model-error.js";

/** A scene graph's fact as text: head, relation, tail; an attribute is (object, "is", attribute). */
export type Triple = readonly [head: string, relation: string, tail: string];

/** Tokenised triples of several captions, every caption filled up to the same number. Plain data. */
export interface TripleBatch {
  /** Token ids [captions, maxTriples, 3, maxTokens], row-major; head, relation and tail apart. */
  readonly ids: Int32Array;
  /** Tokens of each phrase, start and end included: [captions, maxTriples, 3]. */
  readonly lengths: Int32Array;
  /** Triples of each caption that are real. */
  readonly counts: Int32Array;
  readonly maxTriples: number;
  readonly maxTokens: number;
  /** Triples that found no place, over all captions. */
  readonly dropped: number;
}

/** What is needed of a tokenizer: `encode` gives start, words and end. */
export interface PhraseTokenizer {
  encode(text: string): ArrayLike<number>;
  readonly padId: number;
}

/**
 * Tokenises triples for `encodeKnowledge` as Structure-CLIP's loader does (model/dataloader_downstream.py): the first six of a
 * caption, each phrase cut or padded to five tokens with its end token kept, missing triples made of empty phrases.
 *
 * @param triples of each caption, relations first.
 * @param options.maxTriples of a caption. Default 6.
 * @param options.maxTokens of a phrase, start and end included; at least 3. Default 5.
 * @throws ModelError when there is no caption, or a bound is too small.
 */
export function packTriples(
  triples: readonly (readonly Triple[])[],
  tokenizer: PhraseTokenizer,
  { maxTriples = 6, maxTokens = 5 }: { readonly maxTriples?: number; readonly maxTokens?: number } = {},
): TripleBatch {
  if (triples.length === 0) throw new ModelError("packTriples: no captions were given.");
  positiveInteger("packTriples: maxTriples", maxTriples);
  if (!Number.isInteger(maxTokens) || maxTokens < 3) {
    throw new ModelError(`packTriples: maxTokens is ${maxTokens}; at least 3 are needed: start, a token, end.`);
  }
  const phrases = triples.length * maxTriples * 3;
  const ids = new Int32Array(phrases * maxTokens).fill(tokenizer.padId);
  const lengths = new Int32Array(phrases);
  triples.forEach((list, caption) => {
    for (let slot = 0; slot < maxTriples; slot++) {
      for (let part = 0; part < 3; part++) {
        const phrase = (caption * maxTriples + slot) * 3 + part;
        const tokens = cut(tokenizer.encode(list[slot]?.[part] ?? ""), maxTokens);
        ids.set(tokens, phrase * maxTokens);
        lengths[phrase] = tokens.length;
      }
    }
  });
  return {
    ids,
    lengths,
    counts: Int32Array.from(triples, (list) => Math.min(list.length, maxTriples)),
    maxTriples,
    maxTokens,
    dropped: triples.reduce((sum, list) => sum + Math.max(0, list.length - maxTriples), 0),
  };
}

function cut(tokens: ArrayLike<number>, length: number): number[] {
  const all = Array.from(tokens);
  return all.length <= length ? all : [...all.slice(0, length - 1), all.at(-1)!];
}
