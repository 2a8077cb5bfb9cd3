/** Embeddings that one is compared with at a time: reading them together is three times as fast as one by one. */
const together = 4;
/** Embeddings that stay in the processor's cache while all others pass by. A multiple of `together`. */
const blockRows = 128;

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
  const unit = unitRows(embeddings);
  const nearest = embeddings.map((): Neighbour[] => []);
  const least = new Float64Array(embeddings.length).fill(Number.NEGATIVE_INFINITY); // what a full list asks for
  const offer = (one: number, other: number, similarity: number) => {
    if (similarity < least[one]!) return;
    insert(nearest[one]!, { index: other, similarity }, count);
    if (nearest[one]!.length === count) least[one] = nearest[one]!.at(-1)!.similarity;
  };
  const similarities = new Float64Array(together);
  for (let block = 0; block < embeddings.length; block += blockRows) {
    const end = Math.min(block + blockRows, embeddings.length);
    for (let one = 0; one < end; one++) {
      for (let first = Math.max(block, one - (one % together)); first < end; first += together) {
        compare(unit, one, first, similarities);
        for (let other = Math.max(first, one + 1); other < Math.min(first + together, end); other++) {
          offer(one, other, similarities[other - first]!);
          offer(other, one, similarities[other - first]!);
        }
      }
    }
  }
  return nearest.map((neighbours) => neighbours.map(({ index }) => index));
}

interface Neighbour {
  readonly index: number;
  readonly similarity: number;
}

/** Keeps a short list sorted: the most similar first, of equal ones the lower index. */
function insert(neighbours: Neighbour[], candidate: Neighbour, count: number): void {
  const place = neighbours.findIndex(
    ({ index, similarity }) =>
      candidate.similarity > similarity || (candidate.similarity === similarity && candidate.index < index),
  );
  neighbours.splice(place === -1 ? neighbours.length : place, 0, candidate);
  if (neighbours.length > count) neighbours.pop();
}

interface Rows {
  /** One embedding of length one after the other, and zeros up to a multiple of `together`. */
  readonly values: Float64Array;
  readonly length: number;
}

function unitRows(embeddings: readonly ArrayLike<number>[]): Rows {
  const length = embeddings[0]?.length ?? 0;
  const values = new Float64Array(Math.ceil(embeddings.length / together) * together * length);
  for (const [index, embedding] of embeddings.entries())
    values.set(normalised(embedding, index, length), index * length);
  return { values, length };
}

/** Writes the similarities of a row with the `together` rows from `first` on. */
function compare({ values, length }: Rows, row: number, first: number, similarities: Float64Array): void {
  const start = row * length;
  const a = first * length;
  const b = a + length;
  const c = b + length;
  const d = c + length;
  let [toA, toB, toC, toD] = [0, 0, 0, 0];
  for (let i = 0; i < length; i++) {
    const value = values[start + i]!;
    toA += value * values[a + i]!;
    toB += value * values[b + i]!;
    toC += value * values[c + i]!;
    toD += value * values[d + i]!;
  }
  similarities[0] = toA;
  similarities[1] = toB;
  similarities[2] = toC;
  similarities[3] = toD;
}

function normalised(embedding: ArrayLike<number>, index: number, length: number): Float64Array {
  const vector = Float64Array.from(embedding);
  if (vector.length !== length) {
    throw new RangeError(
      `hardNegativeImages: embedding ${index} has ${vector.length} numbers; expected ${length}, as the first has`,
    );
  }
  const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  if (!Number.isFinite(norm) || norm === 0) {
    throw new RangeError(`hardNegativeImages: embedding ${index} is zero or has a number that is not finite`);
  }
  return vector.map((value) => value / norm);
}
