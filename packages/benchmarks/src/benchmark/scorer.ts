import type { ImageRef } from "./image-ref.js";

/** All that a benchmark sees of a model. Vectors need not be normalised: scores are cosines. */
export interface Scorer {
  readonly name: string;
  /** Identifies the weights, and whatever else changes scores (such as the activation). */
  readonly revision: string;
  /** One vector an image, in the order given. */
  embedImages(images: readonly ImageRef[]): Promise<readonly Float32Array[]>;
  /** One vector a caption, in the order given. */
  embedTexts(captions: readonly string[]): Promise<readonly Float32Array[]>;
  /** Scores captions for one image directly, as a cross-encoder does; families of small items then ask for this instead of cosines. */
  score?(image: ImageRef, captions: readonly string[]): Promise<readonly number[]>;
}
