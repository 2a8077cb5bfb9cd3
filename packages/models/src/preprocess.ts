import * as tf from "@tensorflow/tfjs-core";
import { ModelError } from "./errors.js";

/** An 8-bit RGB image, row-major, channels last. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** CLIP's mean of each channel, for pixels in [0, 1] (papers.md 5.0). */
export const clipMean = [0.48145466, 0.4578275, 0.40821073] as const;
/** CLIP's standard deviation of each channel, for pixels in [0, 1] (papers.md 5.0). */
export const clipStd = [0.26862954, 0.26130258, 0.27577711] as const;

/**
 * Pixels as CLIP takes them: scaled to [0, 1], minus the mean, divided by the standard deviation.
 *
 * @param images already resized to `imageSize` x `imageSize`, which is the image loader's work.
 * @returns [images, imageSize, imageSize, 3]
 * @throws ModelError when an image has another size or a wrong number of bytes.
 */
export function preprocess(images: readonly RgbImage[], imageSize: number): tf.Tensor4D {
  const pixels = imageSize * imageSize * 3;
  const table = clipMean.map((mean, channel) =>
    Float32Array.from({ length: 256 }, (_, value) => (value / 255 - mean) / clipStd[channel]!),
  ) as [Float32Array, Float32Array, Float32Array];
  const [red, green, blue] = table;
  const values = new Float32Array(images.length * pixels);
  images.forEach((image, index) => {
    if (image.width !== imageSize || image.height !== imageSize || image.data.length !== pixels) {
      throw new ModelError(
        `preprocess: image ${index} is ${image.width} x ${image.height} with ${image.data.length} bytes; expected ${imageSize} x ${imageSize} RGB with ${pixels}. Resize it when loading.`,
      );
    }
    const { data } = image;
    const start = index * pixels;
    for (let i = 0; i < pixels; i += 3) {
      values[start + i] = red[data[i]!]!;
      values[start + i + 1] = green[data[i + 1]!]!;
      values[start + i + 2] = blue[data[i + 2]!]!;
    }
  });
  return tf.tensor4d(values, [images.length, imageSize, imageSize, 3]);
}
