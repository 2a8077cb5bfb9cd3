import * as tf from "@tensorflow/tfjs-core";
import { ModelError } from "../model-error.js";
import { resizeAndCrop } from "./resize-image.js";
import type { RgbImage } from "./rgb-image.js";

/** CLIP's mean of each channel, for pixels in [0, 1] (`_transform` of OpenAI's clip.py). */
export const clipMean = [0.48145466, 0.4578275, 0.40821073] as const;
/** CLIP's standard deviation of each channel, for pixels in [0, 1] (likewise). */
export const clipStd = [0.26862954, 0.26130258, 0.27577711] as const;

/**
 * Pixels as CLIP takes them: resized and cut to a square as Pillow and torchvision do it (`resizeAndCrop`), scaled to [0, 1],
 * minus the mean, divided by the standard deviation. Images that are `imageSize` x `imageSize` already stay as they are.
 *
 * @returns [images, imageSize, imageSize, 3]
 * @throws ModelError when an image has a wrong number of bytes.
 */
export function preprocess(images: readonly RgbImage[], imageSize: number): tf.Tensor4D {
  const pixels = imageSize * imageSize * 3;
  const table = clipMean.map((mean, channel) =>
    Float32Array.from({ length: 256 }, (_, value) => (value / 255 - mean) / clipStd[channel]!),
  ) as [Float32Array, Float32Array, Float32Array];
  const [red, green, blue] = table;
  const values = new Float32Array(images.length * pixels);
  images.forEach((image, index) => {
    const { width, height } = image;
    if (image.data.length !== width * height * 3) {
      throw new ModelError(
        `preprocess: image ${index} is ${width} x ${height} with ${image.data.length} bytes; RGB has ${width * height * 3}.`,
      );
    }
    const { data } = width === imageSize && height === imageSize ? image : resizeAndCrop(image, imageSize);
    const start = index * pixels;
    for (let i = 0; i < pixels; i += 3) {
      values[start + i] = red[data[i]!]!;
      values[start + i + 1] = green[data[i + 1]!]!;
      values[start + i + 2] = blue[data[i + 2]!]!;
    }
  });
  return tf.tensor4d(values, [images.length, imageSize, imageSize, 3]);
}
