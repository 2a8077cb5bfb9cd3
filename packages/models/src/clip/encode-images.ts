import * as tf from "@tensorflow/tfjs-core";
import { l2Normalise } from "../layers/l2-normalise.js";
import { ModelError } from "../model-error.js";
import type { Clip } from "./clip.js";
import { projectFeatures, towerContext } from "./tower-context.js";

/**
 * Embeds images.
 *
 * @param pixels [images, size, size, 3], normalised with CLIP's mean and standard deviation (see `preprocess`).
 * @param options.training batch normalisation (of a ResNet) uses the batch's own statistics and moves the running ones, as
 *   PyTorch does in training; otherwise it uses the running ones and leaves them alone (frozen). Default false.
 * @returns [images, embedDim], rows of length one.
 * @throws ModelError when the images are not of the model's size.
 */
export function encodeImages(
  clip: Clip,
  pixels: tf.Tensor4D,
  { training = false }: { readonly training?: boolean } = {},
): tf.Tensor2D {
  const { imageSize } = clip.towers.image;
  const [, height, breadth, channels] = pixels.shape;
  if (height !== imageSize || breadth !== imageSize || channels !== 3) {
    throw new ModelError(
      `encodeImages: pixels are [${pixels.shape}]; this model takes [images, ${imageSize}, ${imageSize}, 3].`,
    );
  }
  return tf.tidy(() => l2Normalise(embedImages(clip, pixels, training)));
}

/** The image tower's output before it is brought to length one: [images, embedDim]. */
export function embedImages(clip: Clip, pixels: tf.Tensor4D, training: boolean): tf.Tensor2D {
  const features = clip.towers.image.encode(pixels, towerContext(clip, "image", training));
  return projectFeatures(clip, "image", features);
}
