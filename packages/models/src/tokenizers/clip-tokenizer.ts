import { oneOf } from "../config/check-argument.js";
import { ModelError } from "../model-error.js";
import { createTokenSplitter } from "./added-tokens.js";
import {
  byteCharacters,
  firstSymbols,
  fromByteCharacters,
  mergePair,
  splitWords,
  toByteCharacters,
  trainMerges,
  wordEnd,
} from "./byte-pair.js";
import { cleanText, type TextCleaning } from "./clean-text.js";
import type { Tokenizer } from "./tokenizer.js";
import { tokenizerJson } from "./tokenizer-json.js";
import { endToken, startToken, type TokenizerParts } from "./tokenizer-parts.js";

/** What a tokenizer is learnt from. */
export interface TokenizerOptions {
  /** Texts to learn the merges from. */
  readonly corpus: Iterable<string>;
  /** Upper bound of the number of ids; at least 514: 256 bytes, the same as word ends, start, end. */
  readonly vocabSize: number;
  /** Longest sequence, start and end included. Default 77, as in CLIP. */
  readonly contextLength?: number;
}

const smallestVocabulary = 2 * 256 + 2;

/**
 * Learns a byte-level byte-pair tokenizer with the layout of CLIP's: bytes, bytes as word ends, merges, start, end. Any text
 * can be encoded. The same corpus gives the same tokenizer, whatever the order of its texts.
 *
 * @throws ModelError when the vocabulary is too small for the bytes or the context for start and end.
 */
export function createTokenizer({ corpus, vocabSize, contextLength = 77 }: TokenizerOptions): Tokenizer {
  if (!Number.isInteger(vocabSize) || vocabSize < smallestVocabulary) {
    throw new ModelError(`createTokenizer: vocabSize is ${vocabSize}; at least ${smallestVocabulary} are needed.`);
  }
  const merges = trainMerges(corpus, vocabSize - smallestVocabulary);
  return clipTokenizer({ tokens: tokensOf(merges), merges, contextLength });
}

/** How a tokenizer is made of its merges. */
export interface MergesOptions {
  /** Number of ids. Default 49408, CLIP's. */
  readonly vocabSize?: number;
  /** Longest sequence, start and end included. Default 77. */
  readonly contextLength?: number;
  /** Default "hugging-face". */
  readonly cleaning?: TextCleaning;
}

/**
 * CLIP's tokenizer from its merges: OpenAI's `bpe_simple_vocab_16e6.txt`, of which the first 48,894 are used, or Hugging Face's
 * `merges.txt`. The ids are those of CLIP: 256 bytes, the same as word ends, merges, start, end.
 *
 * @param text the file, one merge a line after a first line that tells the version.
 * @throws ModelError naming the line that is no merge, or when there are too few, as in a file that is cut.
 */
export function tokenizerFromMerges(
  text: string,
  { vocabSize = 49_408, contextLength = 77, cleaning }: MergesOptions = {},
): Tokenizer {
  const needed = vocabSize - smallestVocabulary;
  const lines = text.split(/\r?\n/).slice(1).slice(0, needed);
  const known = new Set([...byteCharacters, ...byteCharacters.map((byte) => byte + wordEnd)]);
  const merges: [string, string][] = [];
  for (const [index, line] of lines.entries()) {
    const [left, right, ...rest] = line.trimEnd().split(" ");
    if (left === "" && right === undefined) break;
    if (left === undefined || right === undefined || rest.length > 0 || !known.has(left) || !known.has(right)) {
      throw new ModelError(
        `merges, line ${index + 2}: ${JSON.stringify(line.slice(0, 80))} is no pair of earlier tokens; is the file cut, or none of CLIP's?`,
      );
    }
    merges.push([left, right]);
    known.add(left + right);
  }
  if (merges.length < needed) {
    throw new ModelError(
      `merges: the file has ${merges.length}; a vocabulary of ${vocabSize} needs ${needed}. Is the file cut?`,
    );
  }
  return clipTokenizer({ tokens: tokensOf(merges), merges, contextLength }, cleaning);
}

/** Tokens in the order of CLIP's ids. */
function tokensOf(merges: readonly (readonly [string, string])[]): string[] {
  const ends = byteCharacters.map((byte) => byte + wordEnd);
  return [...byteCharacters, ...ends, ...merges.map(([left, right]) => left + right), startToken, endToken];
}

/** A tokenizer of CLIP's layout. @throws ModelError when the context has no place for start, a token and end */
export function clipTokenizer(parts: TokenizerParts, cleaning: TextCleaning = "hugging-face"): Tokenizer {
  const { tokens, merges, contextLength, added = [] } = parts;
  oneOf("A tokenizer's cleaning", cleaning, ["hugging-face", "open_clip"]);
  if (!Number.isInteger(contextLength) || contextLength < 3) {
    throw new ModelError(
      `A tokenizer's contextLength is ${contextLength}; at least 3 are needed: start, a token, end.`,
    );
  }
  const ids = new Map(tokens.map((token, id) => [token, id]));
  const ranks = new Map(merges.map(([left, right], rank) => [`${left} ${right}`, rank]));
  const startId = ids.get(startToken)!;
  const endId = ids.get(endToken)!;
  const cache = new Map<string, readonly number[]>();
  // Start and end stand for themselves only where this tokenizer puts them: in a text they are text.
  const inTexts = added.filter(({ id }) => id !== startId && id !== endId);
  const split = createTokenSplitter(inTexts, (text) => cleanText(text, cleaning));

  const encodeWord = (word: string): readonly number[] => {
    const known = cache.get(word);
    if (known) return known;
    const found = mergeWord(toByteCharacters(word), ranks).map((symbol) => ids.get(symbol)!);
    if (cache.size >= 100_000) cache.clear();
    cache.set(word, found);
    return found;
  };

  return {
    encode: (text) => {
      const body = split(text)
        .flatMap((piece) => (typeof piece === "number" ? [piece] : splitWords(piece).flatMap(encodeWord)))
        .slice(0, contextLength - 2);
      return Int32Array.from([startId, ...body, endId]);
    },
    decode: (sequence) => {
      const addedText = new Map(inTexts.map(({ id, content }) => [id, toByteCharacters(content) + wordEnd]));
      const symbols = Array.from(sequence, (id) =>
        id === startId || id === endId ? "" : (addedText.get(id) ?? tokens[id] ?? ""),
      );
      return symbols.join("").split(wordEnd).map(fromByteCharacters).join(" ").trim();
    },
    vocabSize: Math.max(tokens.length, ...added.map(({ id }) => id + 1)),
    startId,
    endId,
    padId: endId,
    contextLength,
    toJSON: () => tokenizerJson(parts),
  };
}

/** Applies the merges to one word, the best ranked pair first. */
function mergeWord(word: string, ranks: ReadonlyMap<string, number>): string[] {
  let symbols = firstSymbols(word);
  while (symbols.length > 1) {
    let best = -1;
    let bestRank = Number.POSITIVE_INFINITY;
    for (let i = 0; i + 1 < symbols.length; i++) {
      const rank = ranks.get(`${symbols[i]} ${symbols[i + 1]}`) ?? Number.POSITIVE_INFINITY;
      if (rank < bestRank) {
        best = i;
        bestRank = rank;
      }
    }
    if (best < 0) break;
    symbols = mergePair(symbols, symbols[best]!, symbols[best + 1]!);
  }
  return symbols;
}
