import type * as tf from "@tensorflow/tfjs-core";
import { preprocess, type RgbImage, resizeAndCrop } from "@tesserae/models";
import type { RegionData, RegionSample } from "./region-sample.js";

/** Images in the tower's size, in memory. */
export interface PixelStore {
  /** [samples, size, size, 3]; the caller disposes it. */
  batch(samples: readonly RegionSample[]): tf.Tensor4D;
}

/** Reads and resizes every image of a split once. */
export async function createPixelStore(data: RegionData, imageSize: number): Promise<PixelStore> {
  const images = new Map<string, RgbImage>();
  for (const { image } of data.samples) images.set(image, resizeAndCrop(await data.loadImage(image), imageSize));
  return {
    batch: (samples) =>
      preprocess(
        samples.map(({ image }) => images.get(image)!),
        imageSize,
      ),
  };
}
