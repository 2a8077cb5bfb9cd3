import * as tf from "@tensorflow/tfjs-core";
import { l2Normalise } from "../layers/l2-normalise.js";
import { ModelError } from "../model-error.js";
import type { RegionFeatures } from "../towers/tower.js";
import type { Clip } from "./clip.js";
import { projectFeatures, towerContext } from "./tower-context.js";

/** Whether batch normalisation uses the batch's own statistics, as in `encodeImages`. */
export interface EncodeRegionsOptions {
  /** Default false. */
  readonly training?: boolean;
}

/**
 * The map that regions are cut out of (`roiAlign` of `@tesserae/region-mapper`, with `clip.towers.image.regions.size` as output size
 * and cells / image size as spatial scale).
 *
 * @param pixels [images, size, size, 3], as for `encodeImages`.
 * @returns [images, cells, cells, channels].
 * @throws ModelError when the tower has no features of regions.
 */
export function encodeFeatureMap(
  clip: Clip,
  pixels: tf.Tensor4D,
  { training = false }: EncodeRegionsOptions = {},
): tf.Tensor4D {
  const regions = regionsOf(clip);
  return tf.tidy(() => regions.featureMap(pixels, towerContext(clip, "image", training)));
}

/**
 * Embeds regions that were cut out of the map.
 *
 * @param cells [regions, size, size, channels].
 * @returns [regions, embedDim], rows of length one.
 * @throws ModelError when the tower has no features of regions.
 */
export function encodeRegionFeatures(
  clip: Clip,
  cells: tf.Tensor4D,
  { training = false }: EncodeRegionsOptions = {},
): tf.Tensor2D {
  const regions = regionsOf(clip);
  return tf.tidy(() => {
    const features = regions.pool(cells, towerContext(clip, "image", training));
    return l2Normalise(projectFeatures(clip, "image", features));
  });
}

function regionsOf(clip: Clip): RegionFeatures {
  const { regions, name, options } = clip.towers.image;
  if (regions === undefined) {
    throw new ModelError(
      `this model's image tower "${name}" (${JSON.stringify(options)}) has no features of regions; a ResNet or a vision transformer with pool "mean" or "class" has.`,
    );
  }
  return regions;
}
