import type { Dataset, Sample } from "@tesserae/data";
import { type RgbImage, resizeAndCrop } from "@tesserae/models";
import { TrainError } from "../train-error.js";

/**
 * Images of a data set, decoded whole and resized once, exactly; kept in memory at the model's size, up to a limit. And
 * the list of those that could not be read.
 */
export interface ImageStore {
  /** Sample `index`, or the next one after it (around the end) whose image can be read. @throws TrainError when none can */
  readableFrom(samples: readonly Sample[], index: number): Promise<{ sample: Sample; image: RgbImage }>;
  /** The image, or undefined when it cannot be read (then `unreadable` says why). */
  read(path: string): Promise<RgbImage | undefined>;
  /** One line for each image that could not be read. */
  readonly unreadable: ReadonlyMap<string, string>;
}

/**
 * @param imageSize the model's, in pixels
 * @param maxBytes bytes of resized images kept; images beyond it are decoded again at each use (default 1 GiB)
 */
export function createImageStore(dataset: Dataset, imageSize: number, maxBytes = 2 ** 30): ImageStore {
  const kept = new Map<string, RgbImage>();
  const unreadable = new Map<string, string>();
  let bytes = 0;

  const read = async (path: string): Promise<RgbImage | undefined> => {
    const known = kept.get(path);
    if (known !== undefined || unreadable.has(path)) return known;
    try {
      const image = resizeAndCrop(await dataset.loadImage(path), imageSize);
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
    read,
    readableFrom: async (samples, index) => {
      for (let offset = 0; offset < samples.length; offset++) {
        const sample = samples[(index + offset) % samples.length]!;
        const image = await read(sample.image);
        if (image !== undefined) return { sample, image };
      }
      const [first] = unreadable.values();
      throw new TrainError(`none of the ${samples.length} images can be read; the first: ${first}`);
    },
  };
}
