import type { Detection } from "../detection/annotations.js";
import type { ImageRef } from "./image-ref.js";

/** All that a benchmark sees of a model. Vectors need not be normalised: scores are cosines, unless `measure` says otherwise. */
export interface Scorer {
  readonly name: string;
  /** Identifies the weights, and whatever else changes scores (such as the activation). */
  readonly revision: string;
  /** One vector an image, in the order given. */
  embedImages(images: readonly ImageRef[]): Promise<readonly Float32Array[]>;
  /** One vector a caption, in the order given. */
  embedTexts(captions: readonly string[]): Promise<readonly Float32Array[]>;
  /** What a score of two vectors is. Default "cosine". "dot-product": as they are, as Structure-CLIP compares texts that carry knowledge. */
  readonly measure?: "cosine" | "dot-product";
  /** Scores captions for one image directly, as a cross-encoder does; families of small items then ask for this instead of cosines. */
  score?(image: ImageRef, captions: readonly string[]): Promise<readonly number[]>;
  /** Vectors of boxes, from the map of the whole image; where a scorer has none, boxes are cut out and embedded as images. */
  embedRegions?(regions: readonly ImageRef[]): Promise<readonly Float32Array[]>;
  /** What a detector has found already, where the model is a file of detections. */
  detect?(): Promise<readonly Detection[]>;
}
