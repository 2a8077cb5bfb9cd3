import type { Benchmark, BenchmarkInfo, Metric, RetrievalPair } from "./benchmark.js";
import { bootstrap } from "./bootstrap.js";
import { chooseItems } from "./choose-items.js";
import { cosine, type Embeddings, embedUnique } from "./embed-unique.js";
import { runRecord } from "./run-record.js";
import { wilsonInterval } from "./wilson-interval.js";

const cutoffs = [1, 5, 10];

/**
 * Image-to-text and text-to-image retrieval over all pairs. Metrics: `imageToText@k` (any of the image's captions among the first k
 * captions) and `textToImage@k` (the caption's image among the first k images), k = 1, 5, 10, each with the chance of a random order.
 * A wrong answer that scores as high as the right one counts as before it. Intervals are Wilson's; text-to-image with several captions
 * an image bootstraps over images, whose captions are not independent.
 *
 * `info.tieRule` has to be "positive-must-win" and `info.averaging` "micro"; `info.chance` is only shown in lists.
 *
 * @throws RangeError on another tie rule or averaging, on fewer than two pairs, an image without caption, and an image given twice.
 */
export function retrievalBenchmark(info: BenchmarkInfo, pairs: readonly RetrievalPair[]): Benchmark {
  checkPairs(info, pairs);
  return {
    info,
    async run(scorer, { limit, seed = 0, skipped = 0, onProgress } = {}) {
      const chosen = chooseItems(pairs, limit, seed);
      const embeddings = await embedUnique(
        scorer,
        chosen.map((pair) => pair.image),
        chosen.flatMap((pair) => pair.captions),
        onProgress,
      );
      const { ranks, ties } = rank(chosen, embeddings.images, embeddings.captions);
      return {
        ...runRecord(info, scorer, { scored: chosen.length, available: pairs.length, skipped, seed }),
        metrics: measure(chosen, ranks, seed),
        ties,
        ranks,
        captionsPerImage: chosen.map((pair) => pair.captions.length),
      };
    },
  };
}

interface Ranks {
  readonly imageToText: readonly number[];
  readonly textToImage: readonly number[];
}

function rank(
  pairs: readonly RetrievalPair[],
  images: Embeddings,
  captions: Embeddings,
): { ranks: Ranks; ties: number } {
  const owners = pairs.flatMap((pair, index) => pair.captions.map(() => index));
  const captionVectors = pairs.flatMap((pair) => pair.captions.map((caption) => captions.get(caption)!));
  const scores = pairs.map((pair) => {
    const image = images.get(pair.image)!;
    return captionVectors.map((caption) => cosine(image, caption));
  });
  let ties = 0;
  const countAhead = (right: number, wrong: Iterable<number>): number => {
    let ahead = 0;
    let tied = false;
    for (const score of wrong) {
      if (score >= right) ahead += 1;
      if (score === right) tied = true;
    }
    if (tied) ties += 1;
    return ahead;
  };
  const imageToText = pairs.map((_, image) => {
    const row = scores[image]!;
    const best = Math.max(...row.filter((_, caption) => owners[caption] === image));
    return countAhead(
      best,
      row.filter((_, caption) => owners[caption] !== image),
    );
  });
  const textToImage = owners.map((owner, caption) => {
    const column = scores.map((row) => row[caption]!);
    return countAhead(
      column[owner]!,
      column.filter((_, image) => image !== owner),
    );
  });
  return { ranks: { imageToText, textToImage }, ties };
}

function measure(pairs: readonly RetrievalPair[], ranks: Ranks, seed: number): Readonly<Record<string, Metric>> {
  const captionCount = ranks.textToImage.length;
  const owners = pairs.flatMap((pair, index) => pair.captions.map(() => index));
  const metrics: Record<string, Metric> = {};
  for (const cutoff of cutoffs) {
    const hits = ranks.imageToText.map((ahead) => (ahead < cutoff ? 1 : 0));
    const chances = pairs.map((pair) => hitChance(captionCount, pair.captions.length, cutoff));
    const chance = chances.reduce((sum, value) => sum + value, 0) / pairs.length;
    metrics[`imageToText@${cutoff}`] = { ...share(hits), chance };
  }
  for (const cutoff of cutoffs) {
    const hits = ranks.textToImage.map((ahead) => (ahead < cutoff ? 1 : 0));
    const estimate = captionCount === pairs.length ? {} : bootstrap(hits, { seed, clusters: owners });
    metrics[`textToImage@${cutoff}`] = { ...share(hits), ...estimate, chance: Math.min(1, cutoff / pairs.length) };
  }
  return metrics;
}

function share(hits: readonly number[]): Metric {
  const right = hits.reduce((sum, hit) => sum + hit, 0);
  return { value: right / hits.length, n: hits.length, interval: wilsonInterval(right, hits.length) };
}

/** Chance that at least one of `right` among `total` shuffled answers is within the first `cutoff`. */
function hitChance(total: number, right: number, cutoff: number): number {
  let miss = 1;
  for (let place = 0; place < cutoff; place++) miss *= Math.max(0, total - right - place) / Math.max(1, total - place);
  return 1 - miss;
}

function checkPairs(info: BenchmarkInfo, pairs: readonly RetrievalPair[]): void {
  if (info.tieRule !== "positive-must-win" || info.averaging !== "micro") {
    throw new RangeError(
      `${info.name}: retrieval counts ties as wrong and every query the same; expected "positive-must-win" and "micro"`,
    );
  }
  if (pairs.length < 2) throw new RangeError(`${info.name}: expected at least two pairs, got ${pairs.length}`);
  const seen = new Set<string>();
  for (const pair of pairs) {
    if (pair.captions.length === 0) throw new RangeError(`${info.name}: image ${pair.image} has no caption`);
    if (seen.has(pair.image))
      throw new RangeError(`${info.name}: image ${pair.image} is given twice; join its captions into one pair`);
    seen.add(pair.image);
  }
}
