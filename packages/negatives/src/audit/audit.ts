import type { MaybePromise } from "../contract/negative-miner.js";
import { trainLanguageModel, wordsOf } from "./language-model.js";

export interface AuditPair {
  readonly positive: string;
  readonly negative: string;
  /** The caption that the pair was made from, where the positive is a part of it. Default: the positive. */
  readonly caption?: string;
}

/** Scores texts without images, higher for the better ones: how plausible they are, how grammatical. Gets all texts of a set at once. */
export type TextScorer = (texts: readonly string[]) => MaybePromise<ArrayLike<number>>;

export interface AuditOptions {
  /** What word frequencies and the n-gram model are counted on. Default: the positives. A pair's own caption never counts. */
  readonly corpus?: Iterable<string>;
  /** Further blind models by name, such as `plausibility` (SugarCrepe has Vera) and `grammar` (a classifier trained on CoLA). */
  readonly scorers?: Readonly<Record<string, TextScorer>>;
}

/** How well text alone tells negatives from positives. A set that a blind model solves teaches and measures nothing about images. */
export interface Audit {
  readonly pairs: number;
  /**
   * Share of the pairs whose two texts hold the same words as often, articles among them: a model of a bag of words scores them equal. SugarCrepe's
   * swap_obj has 66.9 %, its swap_att 61.3 %.
   */
  readonly sameBagOfWords: number;
  /** Mean number of words of the negative minus that of the positive. */
  readonly meanLengthDifference: number;
  /**
   * Share of the pairs in which a model that never sees an image prefers the positive; a tie counts one half. Chance is 0.5. "shorter" prefers the
   * shorter text, "unigram" the more frequent words, "trigram" the likelier sequence, "learned" is a naive Bayes classifier of words and pairs of words that
   * is trained to tell the positives from the negatives of one half of the set and judges the other half.
   */
  readonly blindAccuracy: Readonly<Record<string, number>>;
  /** The farthest that one of them comes from chance: the greatest of the accuracies and of 1 minus them. */
  readonly worst: number;
  /** Score of the positive minus that of the negative, for each pair, by model. What `refine` balances. */
  readonly gaps: Readonly<Record<string, Float64Array>>;
}

/**
 * Audits negatives without images. Numbers are NaN without pairs.
 *
 * @throws RangeError where a scorer does not give one finite number for each text
 */
export async function audit(
  pairs: readonly AuditPair[],
  { corpus = pairs.map(({ positive }) => positive), scorers = {} }: AuditOptions = {},
): Promise<Audit> {
  const model = trainLanguageModel(corpus);
  const gap = (score: (text: string, pair: AuditPair) => number) =>
    Float64Array.from(pairs, (pair) => withoutNoise(score(pair.positive, pair) - score(pair.negative, pair)));
  const gaps: Record<string, Float64Array> = {
    shorter: gap((text) => -wordsOf(text).length),
    unigram: gap((text, { positive, caption }) => model.unigram(text, caption ?? positive)),
    trigram: gap((text, { positive, caption }) => model.ngram(text, caption ?? positive)),
    learned: learnedGaps(pairs),
  };
  for (const [name, scorer] of Object.entries(scorers)) {
    const scores = await scorer(pairs.flatMap(({ positive, negative }) => [positive, negative]));
    checkScores(scores, 2 * pairs.length, name);
    gaps[name] = Float64Array.from(pairs, (_, i) => withoutNoise(scores[2 * i]! - scores[2 * i + 1]!));
  }
  const blindAccuracy = Object.fromEntries(
    Object.entries(gaps).map(([name, values]) => [name, mean([...values].map(preference))]),
  );
  return {
    pairs: pairs.length,
    sameBagOfWords: mean(pairs.map(({ positive, negative }) => (bag(positive) === bag(negative) ? 1 : 0))),
    meanLengthDifference: mean(
      pairs.map(({ positive, negative }) => wordsOf(negative).length - wordsOf(positive).length),
    ),
    blindAccuracy,
    worst: Math.max(...Object.values(blindAccuracy).map((accuracy) => Math.max(accuracy, 1 - accuracy))),
    gaps,
  };
}

function checkScores(scores: ArrayLike<number>, count: number, scorer: string): void {
  if (scores.length !== count) {
    throw new RangeError(
      `audit: scorer "${scorer}" gave ${scores.length} scores for ${count} texts; give one for each`,
    );
  }
  const bad = Array.from(scores).findIndex((score) => !Number.isFinite(score));
  if (bad >= 0) {
    throw new RangeError(`audit: scorer "${scorer}" gave ${scores[bad]} for text ${bad}; give finite numbers`);
  }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
/** Sums of the same logarithms in another order differ in the last digits, which must not break a tie. */
const withoutNoise = (gap: number) => (Math.abs(gap) < 1e-9 ? 0 : gap);
const preference = (gap: number) => (gap === 0 ? 0.5 : gap > 0 ? 1 : 0);
/** The words that SugarCrepe compares: runs of letters, digits and apostrophes in lower case, articles among them. */
const bag = (text: string) => (text.toLowerCase().match(/[\w']+/g) ?? []).sort().join(" ");

/** Naive Bayes over words and neighbouring words; pairs of one caption stay in one half. */
function learnedGaps(pairs: readonly AuditPair[]): Float64Array {
  const half = new Map<string, number>();
  for (const { positive, caption = positive } of pairs) if (!half.has(caption)) half.set(caption, half.size % 2);
  const halfOf = ({ positive, caption = positive }: AuditPair) => half.get(caption)!;
  const models = [0, 1].map((judged) => {
    const balance = new Map<string, [number, number]>();
    const totals: [number, number] = [1, 1];
    const add = (text: string, side: 0 | 1) => {
      for (const feature of features(text)) {
        const counts = balance.get(feature) ?? [0, 0];
        counts[side]++;
        totals[side]++;
        balance.set(feature, counts);
      }
    };
    for (const pair of pairs) {
      if (halfOf(pair) === judged) continue;
      add(pair.positive, 0);
      add(pair.negative, 1);
    }
    return (text: string) =>
      mean(
        features(text).map((feature) => {
          const [positive, negative] = balance.get(feature) ?? [0, 0];
          return Math.log(((positive + 1) / totals[0]) * (totals[1] / (negative + 1)));
        }),
      );
  });
  return Float64Array.from(pairs, (pair) => {
    const score = models[halfOf(pair)]!;
    return withoutNoise(score(pair.positive) - score(pair.negative));
  });
}

function features(text: string): string[] {
  const words = ["<s>", ...wordsOf(text), "</s>"];
  return words.flatMap((word, i) => (i === 0 ? [] : [word, `${words[i - 1]} ${word}`]));
}
