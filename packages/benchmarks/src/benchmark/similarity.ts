import type { Detection } from "../detection/annotations.js";
import { BenchmarkError } from "./benchmark-error.js";
import { type ImageRef, imageKey } from "./image-ref.js";
import type { Scorer } from "./scorer.js";

/** Images or texts in one call of the scorer: few enough for progress to show, many enough to batch by length. */
const chunkSize = 256;

/** Images and captions of which every pair is scored. */
export interface Grid {
  readonly images: readonly ImageRef[];
  readonly captions: readonly string[];
}

/** What families ask of a model: vectors (of length one, unless it measures by dot products), or scores of small grids. Equal images and captions are embedded once. */
export interface Similarity {
  images(images: readonly ImageRef[]): Promise<readonly Float32Array[]>;
  captions(captions: readonly string[]): Promise<readonly Float32Array[]>;
  /** Scores by image and caption of each grid; cosines unless the scorer scores pairs itself. */
  grids(grids: readonly Grid[]): Promise<readonly (readonly (readonly number[])[])[]>;
  /** Vectors of boxes, and whether they were cut out because the scorer takes none from the map of the whole image. */
  regions(
    regions: readonly ImageRef[],
  ): Promise<{ readonly vectors: readonly Float32Array[]; readonly cutOut: boolean }>;
  /** Those of a scorer that is a file of detections. */
  detections(): Promise<readonly Detection[] | undefined>;
}

/**
 * @param onProgress called with the images and texts (or grids) done so far, and how many there are.
 * @throws BenchmarkError, when asked, if the scorer returns another number of vectors, vectors of different lengths, a zero or a
 *   non-finite vector, or a score that is not finite.
 */
export function createSimilarity(scorer: Scorer, onProgress?: (done: number, total: number) => void): Similarity {
  const known = { images: new Map<string, Float32Array>(), captions: new Map<string, Float32Array>() };
  let done = 0;
  let total = 0;
  const report = (step: number) => {
    done += step;
    onProgress?.(done, total);
  };
  const embed = async (images: readonly ImageRef[], captions: readonly string[]) => {
    const freshImages = firstOfEach(images, imageKey, known.images);
    const freshCaptions = firstOfEach(captions, (caption) => caption, known.captions);
    total += freshImages.length + freshCaptions.length;
    report(0);
    for (const chunk of chunks(freshImages)) {
      store(scorer, "embedImages", chunk.map(imageKey), await scorer.embedImages(chunk), known.images);
      report(chunk.length);
    }
    for (const chunk of chunks(freshCaptions)) {
      store(scorer, "embedTexts", chunk, await scorer.embedTexts(chunk), known.captions);
      report(chunk.length);
    }
  };
  const regions = new Map<string, Float32Array>();
  return {
    async regions(refs) {
      if (!scorer.embedRegions) return { vectors: await this.images(refs), cutOut: true };
      const fresh = firstOfEach(refs, imageKey, regions);
      total += fresh.length;
      for (const chunk of chunks(fresh)) {
        store(scorer, "embedRegions", chunk.map(imageKey), await scorer.embedRegions(chunk), regions);
        report(chunk.length);
      }
      return { vectors: refs.map((ref) => regions.get(imageKey(ref))!), cutOut: false };
    },
    detections: async () => scorer.detect?.(),
    async images(images) {
      await embed(images, []);
      return images.map((image) => known.images.get(imageKey(image))!);
    },
    async captions(captions) {
      await embed([], captions);
      return captions.map((caption) => known.captions.get(caption)!);
    },
    async grids(grids) {
      if (scorer.score) {
        total += grids.length;
        return scoreDirectly(scorer, grids, () => report(1));
      }
      await embed(
        grids.flatMap(({ images }) => images),
        grids.flatMap(({ captions }) => captions),
      );
      return grids.map(({ images, captions }) =>
        images.map((image) => {
          const vector = known.images.get(imageKey(image))!;
          return captions.map((caption) => roundScore(cosine(vector, known.captions.get(caption)!)));
        }),
      );
    },
  };
}

/** Cosine of two unit-length vectors. @throws BenchmarkError when they have different lengths */
export function cosine(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) {
    throw new BenchmarkError(
      `the scorer returned an image vector of ${a.length} and a caption vector of ${b.length} numbers; expected the same`,
    );
  }
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!;
  return sum;
}

/** Nine decimals: more than the 32 bits of an embedding carry. Scores are judged as they are stored, so that both always agree. */
export function roundScore(score: number): number {
  return Math.round(score * 1e9) / 1e9;
}

async function scoreDirectly(scorer: Scorer, grids: readonly Grid[], onGrid: () => void) {
  const scored: number[][][] = [];
  for (const { images, captions } of grids) {
    const rows: number[][] = [];
    for (const image of images) {
      const scores = await scorer.score!(image, captions);
      if (scores.length !== captions.length || !scores.every(Number.isFinite)) {
        throw new BenchmarkError(
          `scorer "${scorer.name}": score of "${imageKey(image)}" gave ${JSON.stringify(scores)}; expected ${captions.length} finite numbers`,
        );
      }
      rows.push(scores.map(roundScore));
    }
    scored.push(rows);
    onGrid();
  }
  return scored;
}

function firstOfEach<T>(all: readonly T[], key: (one: T) => string, known: ReadonlyMap<string, unknown>): readonly T[] {
  const fresh = new Map<string, T>();
  for (const one of all) {
    const name = key(one);
    if (!known.has(name) && !fresh.has(name)) fresh.set(name, one);
  }
  return [...fresh.values()];
}

function* chunks<T>(all: readonly T[]): Iterable<readonly T[]> {
  for (let start = 0; start < all.length; start += chunkSize) yield all.slice(start, start + chunkSize);
}

function store(
  scorer: Scorer,
  method: "embedImages" | "embedTexts" | "embedRegions",
  keys: readonly string[],
  vectors: readonly Float32Array[],
  into: Map<string, Float32Array>,
): void {
  if (vectors.length !== keys.length) {
    throw new BenchmarkError(
      `scorer "${scorer.name}": ${method} returned ${vectors.length} vectors for ${keys.length} strings; expected one each`,
    );
  }
  keys.forEach((key, index) => {
    const unit = normalise(vectors[index]!, `scorer "${scorer.name}": ${method} of "${key}"`);
    into.set(key, scorer.measure === "dot-product" ? vectors[index]! : unit);
  });
}

function normalise(vector: Float32Array, what: string): Float32Array {
  const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  if (!Number.isFinite(norm) || norm === 0) {
    throw new BenchmarkError(
      `${what} is ${norm === 0 ? "a zero vector" : "not finite"}; expected numbers that can be normalised (did training diverge?)`,
    );
  }
  return vector.map((value) => value / norm);
}
