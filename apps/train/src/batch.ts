import type { Dataset, RgbImage, Sample } from "@tesserae/data";
import type { SceneGraph } from "@tesserae/scene-graph";
import type { ImageStore } from "./image-store.js";
import type { Method } from "./method.js";
import { createRng, permutation } from "./rng.js";

/** One step's input: images, the different texts, and which text belongs to which image how. */
export interface Batch {
  readonly images: readonly RgbImage[];
  /** Every different text once. */
  readonly texts: readonly string[];
  /** Row in `texts` of each positive (B x maxPositives) and then of each negative (B x maxNegatives). */
  readonly textRow: Int32Array;
  /** Image of each positive. */
  readonly positiveImage: Int32Array;
  /** Image that each negative was made for. */
  readonly negativeImage: Int32Array;
  /** 1 for a text, 0 for a place that the image had no text for. */
  readonly mask: Float32Array;
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
}

/**
 * Batches over shuffled epochs; the last, incomplete batch of an epoch is left out. An image that cannot be read is
 * replaced by the next readable one, so that order does not depend on what was read before.
 */
export function createBatchSource(options: BatchSourceOptions): BatchSource {
  const { dataset, images, parse, method, seed } = options;
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
      for (const index of shuffled.order.subarray(first, first + batchSize)) {
        chosen.push(await images.readableFrom(samples, index));
      }
      const graphs = chosen.map(({ sample }) => parse(sample.captions[Math.floor(rng() * sample.captions.length)]!));
      const texts = await method.texts(graphs, rng);
      return layOut(
        chosen.map(({ image }) => image),
        texts.map(({ positives }) => positives),
        texts.map(({ negatives }) => negatives),
        method,
      );
    },
  };
}

function layOut(
  images: readonly RgbImage[],
  positives: readonly (readonly string[])[],
  negatives: readonly (readonly string[])[],
  { maxPositives, maxNegatives }: Pick<Method, "maxPositives" | "maxNegatives">,
): Batch {
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
  const positiveImage = Int32Array.from(place(positives, maxPositives));
  const negativeImage = Int32Array.from(place(negatives, maxNegatives));
  return {
    images,
    texts: [...rowOf.keys()],
    textRow: Int32Array.from(textRow),
    positiveImage,
    negativeImage,
    mask: Float32Array.from(mask),
  };
}
