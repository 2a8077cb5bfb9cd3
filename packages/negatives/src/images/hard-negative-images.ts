export interface HardNegativeImagesOptions {
  /** Neighbours of each image. Default 3, as in NegCLIP. */
  readonly count?: number;
}

/**
 * NegCLIP's image-side hard negatives (Yuksekgonul et al., ICLR 2023, section 4): for every image the `count` others whose
 * embeddings have the highest cosine similarity, the most similar first; training then puts one of them, with its caption, into
 * the same batch. Exact: every pair is compared, N^2 d / 2 multiplications. Deterministic: of equal similarities the smaller index
 * comes first.
 *
 * @param embeddings one for each image, all of one length, from any image encoder; they need not be normalised
 * @returns indices into `embeddings`; fewer than `count` where there are fewer other images
 * @throws RangeError where lengths differ, a number is not finite, an embedding is zero, or `count` is not a whole number from 1
 */
export function hardNegativeImages(
  embeddings: readonly ArrayLike<number>[],
  { count = 3 }: HardNegativeImagesOptions = {},
): number[][] {
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`hardNegativeImages: count is ${count}; give a whole number of at least 1`);
  }
  const unit = embeddings.map((embedding, index) => normalised(embedding, index, embeddings[0]!.length));
  const nearest = unit.map((): Neighbour[] => []);
  for (let one = 0; one < unit.length; one++) {
    for (let other = one + 1; other < unit.length; other++) {
      const similarity = dot(unit[one]!, unit[other]!);
      insert(nearest[one]!, { index: other, similarity }, count);
      insert(nearest[other]!, { index: one, similarity }, count);
    }
  }
  return nearest.map((neighbours) => neighbours.map(({ index }) => index));
}

interface Neighbour {
  readonly index: number;
  readonly similarity: number;
}

/** Keeps a short list sorted. Candidates come by rising index, so one of equal similarity goes behind. */
function insert(neighbours: Neighbour[], candidate: Neighbour, count: number): void {
  if (neighbours.length === count && candidate.similarity <= neighbours[count - 1]!.similarity) return;
  let place = neighbours.length;
  while (place > 0 && neighbours[place - 1]!.similarity < candidate.similarity) place--;
  neighbours.splice(place, 0, candidate);
  if (neighbours.length > count) neighbours.pop();
}

function normalised(embedding: ArrayLike<number>, index: number, length: number): Float64Array {
  const vector = Float64Array.from(embedding);
  if (vector.length !== length) {
    throw new RangeError(
      `hardNegativeImages: embedding ${index} has ${vector.length} numbers; expected ${length}, as the first has`,
    );
  }
  const norm = Math.sqrt(dot(vector, vector));
  if (!Number.isFinite(norm) || norm === 0) {
    throw new RangeError(`hardNegativeImages: embedding ${index} is zero or has a number that is not finite`);
  }
  return vector.map((value) => value / norm);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
