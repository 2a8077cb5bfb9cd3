import type { Dataset, Sample } from "@tesserae/data";
import { type RgbImage, resizeAndCrop } from "@tesserae/models";
import type { Rng } from "@tesserae/scene-graph/random";
import { TrainError } from "../train-error.js";
import { randomCrop } from "./random-crop.js";

/**
 * Images of a data set, decoded whole and resized once, exactly; kept in memory at the model's size, up to a limit. And
 * the list of those that could not be read.
 */
export interface ImageStore {
  /** Sample `index`, or the next one after it (around the end) whose image can be read. @throws TrainError when none can */
  readableFrom(samples: readonly Sample[], index: number, rng?: Rng): Promise<{ sample: Sample; image: RgbImage }>;
  /** The image, or undefined when it cannot be read (then `unreadable` says why). With `rng` a random crop, where those were asked for. */
  read(path: string, rng?: Rng): Promise<RgbImage | undefined>;
  /** Notes that an image was found unreadable elsewhere: it is not tried here. */
  markUnreadable(path: string, why: string): void;
  /** One line for each image that could not be read. */
  readonly unreadable: ReadonlyMap<string, string>;
}

/** Bytes of images that are kept, unless told otherwise. */
export const keptBytes = 2 ** 30;

/**
 * @param imageSize the model's, in pixels
 * @param options.cropScale smallest share of an image's area that a random crop keeps. Default 1: no crop
 * @param options.maxBytes bytes of images kept (resized ones, or whole ones where they are cropped); images beyond it are decoded
 *   again at each use. Default 1 GiB
 */
export function createImageStore(
  dataset: Dataset,
  imageSize: number,
  { cropScale = 1, maxBytes = keptBytes }: { readonly cropScale?: number; readonly maxBytes?: number } = {},
): ImageStore {
  const kept = new Map<string, RgbImage>();
  const unreadable = new Map<string, string>();
  let bytes = 0;

  const read = async (path: string, rng?: Rng): Promise<RgbImage | undefined> => {
    const image = await stored(path);
    if (image === undefined || cropScale === 1) return image;
    return rng === undefined ? resizeAndCrop(image, imageSize) : randomCrop(image, imageSize, cropScale, rng);
  };

  /** The image as it is kept: of the model's size, or whole where crops are taken of it. */
  const stored = async (path: string): Promise<RgbImage | undefined> => {
    const known = kept.get(path);
    if (known !== undefined || unreadable.has(path)) return known;
    try {
      const whole = await dataset.loadImage(path);
      const image = cropScale === 1 ? resizeAndCrop(whole, imageSize) : whole;
      if (bytes + image.data.length <= maxBytes) {
        kept.set(path, image);
        bytes += image.data.length;
      }
      return image;
    } catch (error) {
      unreadable.set(path, (error as Error).message);
      return undefined;
    }
  };

  return {
    unreadable,
    markUnreadable: (path, why) => void unreadable.set(path, why),
    read,
    readableFrom: async (samples, index, rng) => {
      for (let offset = 0; offset < samples.length; offset++) {
        const sample = samples[(index + offset) % samples.length]!;
        const image = await read(sample.image, rng);
        if (image !== undefined) return { sample, image };
      }
      const [first] = unreadable.values();
      throw new TrainError(`none of the ${samples.length} images can be read; the first: ${first}`);
    },
  };
}
