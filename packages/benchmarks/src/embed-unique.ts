import type { Scorer } from "./benchmark.js";
import { embedAll } from "./embed-all.js";

/** Strings per call of the scorer: few enough for a progress bar to move, many enough to batch by length. */
const chunkSize = 512;

/** Unit-length vector of each string; each different string is embedded once. */
export type Embeddings = ReadonlyMap<string, Float32Array>;

/**
 * Embeds each different image and caption once, checks what comes back, and normalises it.
 *
 * @throws Error when the scorer returns another number of vectors, vectors of different lengths, a zero or a non-finite vector.
 */
export async function embedUnique(
  scorer: Scorer,
  images: Iterable<string>,
  captions: Iterable<string>,
  onProgress?: (done: number, total: number) => void,
): Promise<{ readonly images: Embeddings; readonly captions: Embeddings }> {
  const uniqueImages = [...new Set(images)];
  const uniqueCaptions = [...new Set(captions)];
  const total = uniqueImages.length + uniqueCaptions.length;
  onProgress?.(0, total);
  const imageVectors = await embed(scorer, "embedImages", uniqueImages, (done) => onProgress?.(done, total));
  const captionVectors = await embed(scorer, "embedTexts", uniqueCaptions, (done) =>
    onProgress?.(uniqueImages.length + done, total),
  );
  return { images: imageVectors, captions: captionVectors };
}

/** Cosine of two unit-length vectors. */
export function cosine(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) {
    throw new Error(
      `the scorer returned an image vector of ${a.length} and a caption vector of ${b.length} numbers; expected the same`,
    );
  }
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!;
  return sum;
}

async function embed(
  scorer: Scorer,
  method: "embedImages" | "embedTexts",
  strings: readonly string[],
  onProgress: (done: number) => void,
): Promise<Embeddings> {
  const vectors = new Map<string, Float32Array>();
  for (let start = 0; start < strings.length; start += chunkSize) {
    const chunk = strings.slice(start, start + chunkSize);
    const embedded = await embedAll(scorer, method, chunk);
    chunk.forEach((string, index) => {
      vectors.set(string, normalise(embedded[index]!, `scorer "${scorer.name}": ${method} of "${string}"`));
    });
    onProgress(vectors.size);
  }
  return vectors;
}

function normalise(vector: Float32Array, what: string): Float32Array {
  const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  if (!Number.isFinite(norm) || norm === 0) {
    throw new Error(
      `${what} is ${norm === 0 ? "a zero vector" : "not finite"}; expected numbers that can be normalised (did training diverge?)`,
    );
  }
  return vector.map((value) => value / norm);
}
