import { z } from "zod";
import { BenchmarkError } from "../benchmark/benchmark-error.js";
import { type ImageRef, imageKey } from "../benchmark/image-ref.js";
import { cosine, roundScore } from "../benchmark/similarity.js";
import type { BenchmarkData, Family, ItemMetric } from "./family.js";
import type { TieRule } from "./policy.js";

/** One image with every caption that is true of it. */
export interface RetrievalItem {
  readonly image: ImageRef;
  readonly captions: readonly string[];
}

const cutoffs = [1, 5, 10];

const placesSchema = z.object({
  /** Wrong answers that score higher than the best right one. */
  ahead: z.array(z.number()),
  /** Wrong answers that score the same, */
  tied: z.array(z.number()),
  /** and how many of those stand before it. */
  tiedBefore: z.array(z.number()),
});
type Places = z.infer<typeof placesSchema>;

const predictionSchema = z.object({
  images: z.array(z.string()),
  captionsPerImage: z.array(z.number()),
  imageToText: placesSchema,
  textToImage: placesSchema,
});

/** Where the right answers stand among all, in both directions. */
export type RetrievalPrediction = z.infer<typeof predictionSchema>;

/**
 * Retrieval among all images and all captions, in both directions. Metrics: `imageToText@k` (any of the image's captions among the
 * first k captions) and `textToImage@k` (the caption's image among the first k images), k = 1, 5, 10. Chance is that of a random order.
 * The captions of one image are a cluster.
 */
export const retrieval: Family<BenchmarkData<RetrievalItem>, RetrievalPrediction> = {
  name: "retrieval",
  version: "2",
  general: true,
  check({ items }, what) {
    if (items.length < 2) throw new BenchmarkError(`${what}: expected at least two images, got ${items.length}`);
    const seen = new Set<string>();
    for (const { image, captions } of items) {
      const key = imageKey(image);
      if (captions.length === 0) throw new BenchmarkError(`${what}: image ${key} has no caption; expected one or more`);
      if (seen.has(key)) {
        throw new BenchmarkError(`${what}: image ${key} is given twice; join its captions into one item`);
      }
      seen.add(key);
    }
  },
  images: (item) => [item.image],
  async predict({ items }, similarity, nameImage) {
    const images = await similarity.images(items.map(({ image }) => image));
    const captions = await similarity.captions(items.flatMap((item) => item.captions));
    const owners = items.flatMap((item, index) => item.captions.map(() => index));
    return {
      images: items.map(({ image }) => nameImage(image)),
      captionsPerImage: items.map((item) => item.captions.length),
      ...findPlaces(images, captions, owners),
    };
  },
  judge(prediction, { ties }) {
    const parsed = predictionSchema.safeParse(prediction);
    if (!parsed.success) throw new BenchmarkError("these are no predictions of the family retrieval; run it again");
    const { captionsPerImage, imageToText, textToImage } = parsed.data;
    const captionCount = textToImage.ahead.length;
    const owners = captionsPerImage.flatMap((count, image) => new Array<number>(count).fill(image));
    const metrics: Record<string, ItemMetric> = {};
    for (const cutoff of cutoffs) {
      metrics[`imageToText@${cutoff}`] = {
        values: hits(imageToText, cutoff, ties),
        chance: captionsPerImage.map((own) => hitChance(captionCount, own, cutoff)),
      };
    }
    for (const cutoff of cutoffs) {
      metrics[`textToImage@${cutoff}`] = {
        values: hits(textToImage, cutoff, ties),
        chance: owners.map(() => Math.min(1, cutoff / captionsPerImage.length)),
        ...(captionsPerImage.some((count) => count > 1) && { clusters: owners }),
      };
    }
    const tied = ({ tied }: Places) => tied.filter((count) => count > 0).length;
    return { metrics, ties: tied(imageToText) + tied(textToImage) };
  },
};

function hits({ ahead, tied, tiedBefore }: Places, cutoff: number, rule: TieRule): number[] {
  const equal = rule === "positive-must-win" ? tied : rule === "first-index-wins" ? tiedBefore : undefined;
  return ahead.map((count, query) => (count + (equal?.[query] ?? 0) < cutoff ? 1 : 0));
}

/** Goes through all scores once, a row at a time, so that memory does not grow with their number. */
function findPlaces(
  images: readonly Float32Array[],
  captions: readonly Float32Array[],
  owners: readonly number[],
): { imageToText: Places; textToImage: Places } {
  const own = captions.map((caption, index) => roundScore(cosine(images[owners[index]!]!, caption)));
  const best = images.map(() => ({ score: Number.NEGATIVE_INFINITY, at: -1 }));
  own.forEach((score, caption) => {
    const image = best[owners[caption]!]!;
    if (score > image.score) Object.assign(image, { score, at: caption });
  });
  const imageToText = emptyPlaces(images.length);
  const textToImage = emptyPlaces(captions.length);
  const width = captions[0]!.length;
  const matrix = new Float32Array(captions.length * width);
  captions.forEach((caption, row) => {
    matrix.set(caption, row * width);
  });
  const scores = new Float64Array(captions.length);
  images.forEach((vector, image) => {
    scoreRow(vector, matrix, width, scores);
    const { score: right, at } = best[image]!;
    for (let caption = 0; caption < scores.length; caption++) {
      if (owners[caption] === image) continue;
      const score = scores[caption]!;
      place(imageToText, image, score, right, caption < at);
      place(textToImage, caption, score, own[caption]!, image < owners[caption]!);
    }
  });
  return { imageToText, textToImage };
}

/**
 * The scores of one image with all captions, whose vectors stand row by row. Four rows at a time, so that four sums are under way at
 * once; each sum is that of `cosine`, term by term.
 */
function scoreRow(image: Float32Array, captions: Float32Array, width: number, scores: Float64Array): void {
  const count = scores.length;
  for (let row = 0; row < count; row += 4) {
    const startOf = (next: number) => Math.min(row + next, count - 1) * width;
    const [first, second, third, fourth] = [startOf(0), startOf(1), startOf(2), startOf(3)];
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let index = 0; index < width; index++) {
      const value = image[index]!;
      a += value * captions[first + index]!;
      b += value * captions[second + index]!;
      c += value * captions[third + index]!;
      d += value * captions[fourth + index]!;
    }
    scores[row] = roundScore(a);
    if (row + 1 < count) scores[row + 1] = roundScore(b);
    if (row + 2 < count) scores[row + 2] = roundScore(c);
    if (row + 3 < count) scores[row + 3] = roundScore(d);
  }
}

function place(places: Places, query: number, wrong: number, right: number, before: boolean): void {
  if (wrong > right) places.ahead[query]! += 1;
  else if (wrong === right) {
    places.tied[query]! += 1;
    if (before) places.tiedBefore[query]! += 1;
  }
}

function emptyPlaces(count: number): Places {
  const zeros = () => new Array<number>(count).fill(0);
  return { ahead: zeros(), tied: zeros(), tiedBefore: zeros() };
}

/** Chance that at least one of `right` among `total` shuffled answers is within the first `cutoff`. */
function hitChance(total: number, right: number, cutoff: number): number {
  let miss = 1;
  for (let place = 0; place < cutoff; place++) miss *= Math.max(0, total - right - place) / Math.max(1, total - place);
  return 1 - miss;
}
