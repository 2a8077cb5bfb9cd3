import { pick, pickIndex, type Rng, seededRng, shuffled } from "@tesserae/scene-graph/random";
import type { Dataset, Sample } from "../dataset.js";
import { DataError, ImageError } from "../errors.js";
import type { RgbImage } from "../images/rgb-image.js";
import { docMnistNames, writeSentence } from "./attributes.js";
import { type DigitImages, type DigitSet, digitSize } from "./digit-images.js";
import { type DocMnistRegionLook, drawRegion } from "./draw-region.js";

/** Width and height of an image in pixels: three slots by three. */
export const docMnistImageSize = 3 * digitSize;

/** Which digits an image is made of: 80 and 20 percent of MNIST's training set, and its test set. */
export type DocMnistSplit = "train" | "val" | "test";

/** What to generate. */
export interface DocMnistOptions {
  readonly digits: DigitImages;
  readonly split: DocMnistSplit;
  /** Most region-attribute pairs of an image; the mean comes out a little lower. At least 4. */
  readonly complexity: number;
  /** Region-attribute pairs of all images together. Default 30,000 for training and 10,000 elsewhere, as in the reference code. */
  readonly budget?: number;
  /** A whole number. Default 23, as in the reference code, whose generator of random numbers is another. */
  readonly seed?: number;
}

/** One slot that is filled. */
export interface DocMnistRegion {
  readonly box: readonly [x: number, y: number, width: number, height: number];
  /** Digit and colour, and where there is one shape and size: the true attributes. */
  readonly attributes: readonly string[];
}

/** An image with its text, and which region of it shows what. */
export interface DocMnistSample extends Sample {
  readonly regions: readonly DocMnistRegion[];
  /** The text's sentences. */
  readonly sentences: readonly string[];
}

/** Samples of one split. */
export interface DocMnist extends Dataset {
  readonly samples: readonly DocMnistSample[];
}

/**
 * DocMNIST (Varma et al., ICCV 2023; `docmnist/generate_docmnist.py`): images of up to nine coloured digits, some with a shape on
 * them, and texts that say so without saying where. The number of region-attribute pairs of all images is fixed, so
 * fewer images come of a higher complexity. Images are drawn when asked for.
 *
 * @throws DataError `bad-option`.
 */
export function docMnist(options: DocMnistOptions): DocMnist {
  const { digits, split, complexity, seed = 23 } = options;
  const budget = options.budget ?? (split === "train" ? 30_000 : 10_000);
  expectOptions({ split, complexity, budget, seed });
  const pool = digitPool(digits, split, seed);
  const rng = seededRng("docmnist", digits.revision, seed, split, complexity);
  const looks = new Map<string, readonly Placed[]>();
  const samples: DocMnistSample[] = [];
  for (let total = 0; ; ) {
    const regions = drawRegions(pool, complexity, rng);
    const pairs = regions.reduce((sum, { attributes }) => sum + attributes.length, 0);
    if (total + pairs > budget) break;
    total += pairs;
    const image = `docmnist:${split}/${samples.length}`;
    const placed = place(regions, rng);
    looks.set(image, placed);
    samples.push(toSample(image, placed, rng));
  }
  return {
    name: "docmnist",
    revision: `docmnist-1/${digits.revision}/seed-${seed}/${split}-${budget}-${complexity}`,
    samples,
    problems: [],
    async loadImage(image) {
      const placed = looks.get(image);
      if (placed === undefined) {
        throw new ImageError("not-found", image, `${image}: expected docmnist:${split}/0 to ${samples.length - 1}`);
      }
      return drawImage(placed, pool);
    },
  };
}

interface Drawn {
  /** Place of the digit in the pool. */
  readonly digit: number;
  readonly look: Omit<DocMnistRegionLook, "pixels">;
  readonly attributes: readonly string[];
  readonly sentences: readonly string[];
}

interface Placed extends Drawn {
  readonly x: number;
  readonly y: number;
}

function expectOptions({ split, complexity, budget, seed }: Required<Omit<DocMnistOptions, "digits">>): void {
  const fail = (message: string): never => {
    throw new DataError("bad-option", `docmnist: ${message}`);
  };
  if (!["train", "val", "test"].includes(split)) fail(`unknown split "${split}"; expected train, val or test`);
  if (!Number.isInteger(complexity) || complexity < 4) {
    fail(`complexity is ${complexity}; give a whole number of at least 4, the attributes of one region`);
  }
  if (!Number.isInteger(budget) || budget < complexity) {
    fail(`budget is ${budget}; give a whole number of at least the complexity, ${complexity}`);
  }
  if (!Number.isInteger(seed)) fail(`seed is ${seed}; give a whole number`);
}

/** The digits of a split: a fifth of the shuffled training set is for validation. */
function digitPool(digits: DigitImages, split: DocMnistSplit, seed: number): DigitSet {
  if (split === "test") return digits.test;
  const { train } = digits;
  const order = shuffled(
    seededRng("docmnist digits", digits.revision, seed),
    Array.from({ length: train.count }, (_, at) => at),
  );
  const divider = Math.floor(0.2 * train.count);
  const own = split === "val" ? order.slice(0, divider) : order.slice(divider);
  return {
    count: own.length,
    label: (index) => train.label(own[index]!),
    pixels: (index) => train.pixels(own[index]!),
  };
}

/** Regions until there are nine, or one would exceed the complexity: that one is thrown away. */
function drawRegions(pool: DigitSet, complexity: number, rng: Rng): Drawn[] {
  const regions: Drawn[] = [];
  for (let pairs = 0; regions.length < 9; ) {
    const region = drawOne(pool, rng);
    pairs += region.attributes.length;
    if (pairs > complexity) break;
    regions.push(region);
  }
  return regions;
}

function drawOne(pool: DigitSet, rng: Rng): Drawn {
  const index = pickIndex(rng, pool.count);
  const name = docMnistNames.digit[pool.label(index)]!;
  const color = pick(rng, docMnistNames.color);
  const shape = pick(rng, [...docMnistNames.shape, undefined]);
  const says = [writeSentence("digit", name, rng), writeSentence("color", color, rng)];
  if (shape === undefined) return { digit: index, look: { color }, attributes: [name, color], sentences: says };
  const size = pick(rng, docMnistNames.size);
  const mark = { shape, size, row: 5 + pickIndex(rng, 15), column: 5 + pickIndex(rng, 15) };
  return {
    digit: index,
    look: { color, mark },
    attributes: [name, color, shape, size],
    sentences: [...says, writeSentence("shape", shape, rng), writeSentence("size", size, rng)],
  };
}

/** Puts regions into different slots of the 3 x 3, in the order of the slots. */
function place(regions: readonly Drawn[], rng: Rng): Placed[] {
  const slots = shuffled(rng, [0, 1, 2, 3, 4, 5, 6, 7, 8])
    .slice(0, regions.length)
    .sort((a, b) => a - b);
  return regions.map((region, index) => ({
    ...region,
    x: digitSize * (slots[index]! % 3),
    y: digitSize * Math.floor(slots[index]! / 3),
  }));
}

function toSample(image: string, placed: readonly Placed[], rng: Rng): DocMnistSample {
  const sentences = shuffled(rng, [...new Set(placed.flatMap((region) => region.sentences))]);
  const regions = placed.map(
    ({ x, y, attributes }): DocMnistRegion => ({ box: [x, y, digitSize, digitSize], attributes }),
  );
  return {
    id: image.slice("docmnist:".length).replace("/", "-"),
    image,
    captions: [sentences.join(" . ")],
    boxes: regions.map(({ box, attributes }) => ({ category: attributes[0]!, bbox: box })),
    regions,
    sentences,
  };
}

function drawImage(placed: readonly Placed[], pool: DigitSet): RgbImage {
  const size = docMnistImageSize;
  const data = new Uint8Array(3 * size * size);
  for (const { digit, look, x, y } of placed) {
    const region = drawRegion({ ...look, pixels: pool.pixels(digit) });
    for (let row = 0; row < digitSize; row++) {
      data.set(region.subarray(3 * row * digitSize, 3 * (row + 1) * digitSize), 3 * ((y + row) * size + x));
    }
  }
  return { width: size, height: size, data };
}
