import type { Dataset, Sample } from "@tesserae/data";
import type { RgbImage } from "@tesserae/models";
import type { SceneGraph } from "@tesserae/scene-graph";
import type { ImageStore } from "../data/image-store.js";
import { matchTexts } from "./positive-mask.js";
import type { Method, SampleTexts } from "../method.js";
import { createRng, permutation } from "../loop/rng.js";
import { createStopwatch, type Stopwatch } from "../loop/stopwatch.js";

/** One step's input: images, the different texts, and which text belongs to which image how. */
export interface Batch {
  readonly images: readonly RgbImage[];
  /** Every different text once. */
  readonly texts: readonly string[];
  /** Row in `texts` of each positive (B x maxPositives places) and then of each negative (B x maxNegatives places). */
  readonly textRow: Int32Array;
  /** Image of each positive; of a text that several images gave, the first. */
  readonly positiveImage: Int32Array;
  /** Image that each negative was made for, likewise. */
  readonly negativeImage: Int32Array;
  /** 1 for a text, 0 for a place without one. */
  readonly mask: Float32Array;
  /** [images, positives + negatives]: 1 where a text is true of an image; absent where each belongs to its own image alone. */
  readonly matches?: Float32Array;
}

/** Makes the batch of any step from the seed and the step alone. */
export interface BatchSource {
  readonly stepsPerEpoch: number;
  batch(step: number): Promise<Batch>;
}

/** Options of {@link createBatchSource}. */
export interface BatchSourceOptions {
  readonly dataset: Dataset;
  readonly images: ImageStore;
  readonly parse: (caption: string) => SceneGraph;
  readonly method: Method;
  readonly batchSize: number;
  readonly seed: number;
  /** Counts what reading images and making texts take. */
  readonly stopwatch?: Stopwatch;
}

/**
 * Batches over shuffled epochs; the last, incomplete batch of an epoch is left out. An image that cannot be read is
 * replaced by the next readable one, so that order does not depend on what was read before.
 */
export function createBatchSource(options: BatchSourceOptions): BatchSource {
  const { dataset, images, parse, method, seed, stopwatch = createStopwatch() } = options;
  const { samples } = dataset;
  const batchSize = Math.min(options.batchSize, samples.length);
  const stepsPerEpoch = Math.floor(samples.length / batchSize);
  let shuffled: { epoch: number; order: Int32Array } = { epoch: -1, order: new Int32Array() };

  return {
    stepsPerEpoch,
    batch: async (step) => {
      const epoch = Math.floor(step / stepsPerEpoch);
      if (shuffled.epoch !== epoch) {
        shuffled = { epoch, order: permutation(samples.length, createRng(seed, "shuffle", epoch)) };
      }
      const first = (step % stepsPerEpoch) * batchSize;
      const rng = createRng(seed, "texts", step);
      const chosen: { sample: Sample; image: RgbImage }[] = [];
      await stopwatch.time("image", async () => {
        for (const index of shuffled.order.subarray(first, first + batchSize)) {
          chosen.push(await images.readableFrom(samples, index));
        }
      });
      const texts = await stopwatch.time("text", async () => {
        const graphs = chosen.map(({ sample }) => parse(sample.captions[Math.floor(rng() * sample.captions.length)]!));
        const layout = method.matching === "graph" ? layOutOnce : layOut;
        return layout(await method.texts(graphs, rng), graphs, method);
      });
      return { images: chosen.map(({ image }) => image), ...texts };
    },
  };
}

type Places = Pick<Method, "maxPositives" | "maxNegatives">;

/** Every image's texts, filled up to the most that one can have. */
function layOut(
  samples: readonly SampleTexts[],
  _: unknown,
  { maxPositives, maxNegatives }: Places,
): Omit<Batch, "images"> {
  const rowOf = new Map<string, number>();
  const textRow: number[] = [];
  const mask: number[] = [];
  const place = (lists: readonly (readonly string[])[], most: number): number[] => {
    const owner: number[] = [];
    // Place by place, so that the captions come first: text i of the first B is the caption of image i.
    for (let position = 0; position < most; position++) {
      for (const [image, list] of lists.entries()) {
        const text = list[position];
        if (text !== undefined && !rowOf.has(text)) rowOf.set(text, rowOf.size);
        textRow.push(text === undefined ? 0 : rowOf.get(text)!);
        mask.push(text === undefined ? 0 : 1);
        owner.push(image);
      }
    }
    return owner;
  };
  const positiveImage = place(
    samples.map(({ positives }) => positives),
    maxPositives,
  );
  const negativeImage = place(
    samples.map(({ negatives }) => negatives),
    maxNegatives,
  );
  return {
    texts: [...rowOf.keys()],
    textRow: Int32Array.from(textRow),
    positiveImage: Int32Array.from(positiveImage),
    negativeImage: Int32Array.from(negativeImage),
    mask: Float32Array.from(mask),
  };
}

/**
 * Every different text once, with the images that it is true of; filled up to as many places as there could be. A text that
 * is a positive of one image and a negative of another is a positive: the images that it is not true of meet it there.
 */
function layOutOnce(
  samples: readonly SampleTexts[],
  captions: readonly SceneGraph[],
  { maxPositives, maxNegatives }: Places,
): Omit<Batch, "images"> {
  const ownerOf = (lists: readonly (readonly string[])[], known: ReadonlyMap<string, number>) => {
    const owner = new Map<string, number>();
    for (const [image, list] of lists.entries()) {
      for (const text of list) if (!owner.has(text) && !known.has(text)) owner.set(text, image);
    }
    return owner;
  };
  const graphs = new Map(samples.flatMap(({ graphs }) => [...(graphs ?? [])]));
  const positives = ownerOf(
    samples.map(({ positives }) => positives),
    new Map(),
  );
  const negatives = ownerOf(
    samples.map(({ negatives }) => negatives),
    positives,
  );
  const texts = [...positives.keys(), ...negatives.keys()];
  const isTrue = matchTexts(
    texts.map((text) => ({ text, graph: graphs.get(text) })),
    captions,
  );

  const [m, r] = [samples.length * maxPositives, samples.length * maxNegatives];
  /** Place of each text: positives from 0, negatives from m. */
  const places = texts.map((_, row) => (row < positives.size ? row : m + row - positives.size));
  const textRow = new Int32Array(m + r);
  const mask = new Float32Array(m + r);
  const matches = new Float32Array(samples.length * (m + r));
  for (const [row, place] of places.entries()) {
    textRow[place] = row;
    mask[place] = 1;
    for (let image = 0; image < samples.length; image++) {
      matches[image * (m + r) + place] = isTrue[image * texts.length + row]!;
    }
  }
  const positiveImage = new Int32Array(m);
  positiveImage.set([...positives.values()]);
  const negativeImage = new Int32Array(r).fill(-1);
  negativeImage.set([...negatives.values()]);
  return { texts, textRow, positiveImage, negativeImage, mask, matches };
}
