import { normaliseCaption } from "./normalise-caption.js";

export interface AuditPair {
  readonly positive: string;
  readonly negative: string;
}

/** How well text alone tells negatives from positives. A set that a blind model solves teaches and measures nothing about images. */
export interface Audit {
  readonly pairs: number;
  /** Share of the pairs whose two texts hold the same words: a model of a bag of words scores them equal. */
  readonly sameBagOfWords: number;
  /** Mean number of words of the negative minus that of the positive. */
  readonly meanLengthDifference: number;
  /** Share of the pairs in which a model that never sees an image prefers the positive; a tie counts one half. Chance is 0.5. */
  readonly blindAccuracy: {
    /** Prefers the shorter text. */
    readonly shorter: number;
    /** Prefers the text with the more frequent words. */
    readonly unigram: number;
    /** Prefers the text that a bigram model of the positives finds more probable, per word. */
    readonly bigram: number;
  };
}

/**
 * Audits negatives without images. The unigram and bigram models are trained on the positives; to keep a pair's own positive out of the model that
 * judges it, the distinct positives are split in two halves and each half is judged by the model of the other. Numbers are NaN without pairs.
 */
export function audit(pairs: readonly AuditPair[]): Audit {
  const half = new Map<string, 0 | 1>();
  for (const { positive } of pairs) if (!half.has(positive)) half.set(positive, half.size % 2 === 0 ? 0 : 1);
  const texts = [...half.keys()];
  const models = [0, 1].map((fold) => languageModel(texts.filter((text) => half.get(text) !== fold)));
  const accuracy = (score: (text: string, positive: string) => number) =>
    mean(pairs.map(({ positive, negative }) => preference(score(positive, positive), score(negative, positive))));
  const modelFor = (positive: string) => models[half.get(positive)!]!;
  return {
    pairs: pairs.length,
    sameBagOfWords: mean(pairs.map(({ positive, negative }) => (bag(positive) === bag(negative) ? 1 : 0))),
    meanLengthDifference: mean(pairs.map(({ positive, negative }) => words(negative).length - words(positive).length)),
    blindAccuracy: {
      shorter: accuracy((text) => -words(text).length),
      unigram: accuracy((text, positive) => modelFor(positive).unigram(text)),
      bigram: accuracy((text, positive) => modelFor(positive).bigram(text)),
    },
  };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
/** Sums of the same logarithms in another order differ in the last digits, which must not break a tie. */
const preference = (positive: number, negative: number) =>
  Math.abs(positive - negative) < 1e-9 ? 0.5 : positive > negative ? 1 : 0;
const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const bag = (text: string) => normaliseCaption(text).split(" ").sort().join(" ");

interface LanguageModel {
  /** Mean log probability of the words. */
  unigram(text: string): number;
  bigram(text: string): number;
}

/** Add-one unigrams; bigrams interpolated with them, half and half. */
function languageModel(texts: readonly string[]): LanguageModel {
  const single = new Map<string, number>();
  const double = new Map<string, number>();
  const follow = new Map<string, number>();
  const add = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  let total = 0;
  for (const text of texts) {
    const sentence = words(text);
    for (const word of sentence) add(single, word);
    total += sentence.length;
    for (const [first, second] of bigrams(sentence)) {
      add(double, `${first} ${second}`);
      add(follow, first);
    }
  }
  const wordProbability = (word: string) => ((single.get(word) ?? 0) + 1) / (total + single.size + 1);
  const pairProbability = (first: string, second: string) => {
    const seen = follow.get(first) ?? 0;
    const conditional = seen === 0 ? 0 : (double.get(`${first} ${second}`) ?? 0) / seen;
    return (conditional + wordProbability(second)) / 2;
  };
  return {
    unigram: (text) => mean(words(text).map((word) => Math.log(wordProbability(word)))),
    bigram: (text) => mean(bigrams(words(text)).map(([first, second]) => Math.log(pairProbability(first, second)))),
  };
}

/** Neighbouring words, with "." as the end on both sides. */
function bigrams(sentence: readonly string[]): [string, string][] {
  return [...sentence, "."].map((word, i) => [i === 0 ? "." : sentence[i - 1]!, word]);
}
