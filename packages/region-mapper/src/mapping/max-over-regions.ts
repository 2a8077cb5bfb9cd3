import * as tf from "@tensorflow/tfjs-core";
import { RegionMapperError } from "../errors.js";

/**
 * The best score of each attribute among an image's regions, which says how well the image as a whole shows it
 * (the `max` inside σ of ViLLA's stage 1 loss).
 *
 * @param scores Cosines `[B, R, K]` of R regions, padded, of B images with K attributes.
 * @param regionMask float `[B, R]`, 0 for a padding region. Default: no padding. An image of padding alone scores below -1.
 * @returns `[B, K]`; gradients flow to the best regions.
 * @throws RegionMapperError `shape-mismatch` when the mask does not fit the scores.
 */
export function maxOverRegions(scores: tf.Tensor3D, regionMask?: tf.Tensor2D): tf.Tensor2D {
  const [images, regions] = scores.shape;
  if (regionMask !== undefined && regionMask.shape.join() !== `${images},${regions}`) {
    throw new RegionMapperError(
      "shape-mismatch",
      `regionMask has shape [${regionMask.shape.join(", ")}]; expected [${images}, ${regions}] like the scores`,
    );
  }
  return tf.tidy(() => {
    // Adding 0 leaves real regions exact; -4 puts padding below every cosine.
    const padding = regionMask === undefined ? 0 : tf.mul(tf.expandDims(tf.sub(1, regionMask), 2), -4);
    return tf.max<tf.Tensor2D>(tf.add(scores, padding), 1);
  });
}
