import { DetectionError } from "./detection-error.js";

/** Embeddings of regions and texts, and which belong together. Vectors need not be normalised: scores are cosines. */
export interface RegionRetrievalInput {
  readonly regions: readonly Float32Array[];
  readonly texts: readonly Float32Array[];
  /** The texts that are true of each region, as places in `texts`. */
  readonly relevant: readonly (readonly number[])[];
}

/** One direction of retrieval. */
export interface RetrievalDirection {
  /** Mean over the queries of the precision among as many first answers as the query has right ones, in [0, 1]. */
  readonly rPrecision: number;
  /** Mean precision among the first k answers; fewer than k right ones cannot reach 1. */
  readonly precisionAt: Readonly<Record<number, number>>;
  /** What a random order gets, for every one of these numbers: right answers among all, mean over the queries. */
  readonly chance: number;
  /** Queries with at least one right answer. */
  readonly queries: number;
  /** Queries without any, which count nowhere. */
  readonly skipped: number;
  /** R-Precision of each query, in their order; undefined for one that is skipped. */
  readonly perQuery: readonly (number | undefined)[];
}

/**
 * Retrieval between regions and texts, as ViLLA reports it (Varma et al., ICCV 2023, whose code for it is not published): with a
 * region, find the texts that are true of it; with a text, the regions it is true of. Equal scores count as their mean over
 * all orders, so a scorer that gives everything the same score gets chance.
 *
 * @param options.cutoffs The k of Precision@k. Default 1, 5 and 10.
 * @throws DetectionError `bad-input` for lists that do not fit, and a text that is not there.
 */
export function regionRetrieval(
  { regions, texts, relevant }: RegionRetrievalInput,
  { cutoffs = [1, 5, 10] }: { readonly cutoffs?: readonly number[] } = {},
): { readonly regionToText: RetrievalDirection; readonly textToRegion: RetrievalDirection } {
  if (regions.length !== relevant.length) {
    throw new DetectionError(
      "bad-input",
      `regionRetrieval got ${regions.length} regions and the texts of ${relevant.length}; expected as many`,
    );
  }
  const byText: number[][] = texts.map(() => []);
  relevant.forEach((own, region) => {
    for (const text of new Set(own)) {
      if (byText[text] === undefined) {
        throw new DetectionError(
          "bad-input",
          `relevant[${region}] has text ${text}, which is none of the ${texts.length}`,
        );
      }
      byText[text].push(region);
    }
  });
  const from = regions.map(normalise);
  const to = texts.map(normalise);
  return {
    regionToText: direction(
      from,
      to,
      relevant.map((own) => [...new Set(own)]),
      cutoffs,
    ),
    textToRegion: direction(to, from, byText, cutoffs),
  };
}

function direction(
  queries: readonly Float32Array[],
  answers: readonly Float32Array[],
  right: readonly (readonly number[])[],
  cutoffs: readonly number[],
): RetrievalDirection {
  const scores = new Float64Array(answers.length);
  const perQuery: (number | undefined)[] = [];
  const sums = new Map(cutoffs.map((cutoff) => [cutoff, 0]));
  let chance = 0;
  queries.forEach((query, index) => {
    const own = right[index]!;
    if (own.length === 0) {
      perQuery.push(undefined);
      return;
    }
    answers.forEach((answer, at) => {
      scores[at] = dot(query, answer);
    });
    const found = rightAmongFirst(scores, own, [own.length, ...cutoffs]);
    perQuery.push(found[0]! / own.length);
    cutoffs.forEach((cutoff, at) => {
      sums.set(cutoff, sums.get(cutoff)! + found[at + 1]! / cutoff);
    });
    chance += own.length / answers.length;
  });
  const counted = perQuery.filter((value) => value !== undefined);
  const mean = (sum: number): number => (counted.length === 0 ? 0 : sum / counted.length);
  return {
    rPrecision: mean(counted.reduce((sum, value) => sum + value, 0)),
    precisionAt: Object.fromEntries([...sums].map(([cutoff, sum]) => [cutoff, mean(sum)])),
    chance: mean(chance),
    queries: counted.length,
    skipped: queries.length - counted.length,
    perQuery,
  };
}

/** How many right answers stand among the first n, for every n: of a group of equal scores that the limit cuts, its share. */
function rightAmongFirst(scores: Float64Array, right: readonly number[], limits: readonly number[]): number[] {
  const sorted = scores.slice().sort(); // ascending
  const own = right.map((at) => scores[at]!);
  return limits.map((limit) => {
    const count = Math.min(limit, sorted.length);
    const threshold = sorted[sorted.length - count]!;
    const above = sorted.length - firstAbove(sorted, threshold);
    const equal = sorted.length - above - firstAtLeast(sorted, threshold);
    const rightAbove = own.filter((score) => score > threshold).length;
    const rightEqual = own.filter((score) => score === threshold).length;
    return rightAbove + (rightEqual * (count - above)) / equal;
  });
}

function firstAbove(sorted: Float64Array, value: number): number {
  return bisect(sorted, (score) => score > value);
}

function firstAtLeast(sorted: Float64Array, value: number): number {
  return bisect(sorted, (score) => score >= value);
}

function bisect(sorted: Float64Array, holds: (score: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A vector of length one; zeros stay zeros. */
export function normalise(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector));
  return length === 0 ? vector : vector.map((value) => value / length);
}

/** Inner product. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}
