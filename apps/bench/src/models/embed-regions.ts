import * as tf from "@tensorflow/tfjs-core";
import { type ImageRef, imageKey, imageName } from "@tesserae/benchmarks";
import {
  type Clip,
  encodeFeatureMap,
  encodeRegionFeatures,
  preprocess,
  type RgbImage,
  resizeBicubic,
} from "@tesserae/models";
import { type Box, planRoiAlign, sampleRegions } from "@tesserae/region-mapper";
import { BenchError } from "../bench-error.js";

/** Images whose maps are made at once. */
const imagesAtOnce = 16;

/**
 * Vectors of boxes as ViLLA and RegionCLIP take them: RoIAlign on the map of the whole image, then what the tower makes of a cut-out.
 * The image is pressed into the tower's square, not cut to it, so that no box is lost. Undefined for a tower that has no features of regions.
 *
 * @param loadImage gives a whole image.
 */
export function regionEmbedder(
  clip: Clip,
  loadImage: (image: ImageRef) => Promise<RgbImage>,
): ((regions: readonly ImageRef[]) => Promise<readonly Float32Array[]>) | undefined {
  const { regions: features, imageSize } = clip.towers.image;
  if (features === undefined) return undefined;
  return async (regions) => {
    const places = new Map<string, number[]>();
    regions.forEach((region, place) => {
      places.set(imageName(region), [...(places.get(imageName(region)) ?? []), place]);
    });
    const vectors = new Array<Float32Array>(regions.length);
    const images = [...places.values()];
    for (let start = 0; start < images.length; start += imagesAtOnce) {
      const part = images.slice(start, start + imagesAtOnce);
      const whole = await Promise.all(part.map(([first]) => loadImage(regions[first!]!)));
      const squares = whole.map((image) => resizeBicubic(image, imageSize, imageSize));
      const boxes = part.map((own, image) => own.map((place) => toInput(regions[place]!, whole[image]!, imageSize)));
      const rows = tf.tidy(() => {
        const map = encodeFeatureMap(clip, preprocess(squares, imageSize));
        const [, cells] = map.shape;
        const sampling = planRoiAlign(boxes, [cells, cells], {
          outputSize: features.size,
          spatialScale: cells / imageSize,
        });
        const sampled = sampleRegions(map, sampling);
        const [count, most, ...shape] = sampled.shape;
        return encodeRegionFeatures(clip, tf.reshape(sampled, [count * most, ...shape] as never));
      });
      const values = await rows.data<"float32">();
      const [all, size] = rows.shape;
      rows.dispose();
      const most = all / part.length;
      part.forEach((own, image) => {
        own.forEach((place, region) => {
          const row = image * most + region;
          vectors[place] = values.slice(row * size, (row + 1) * size);
        });
      });
    }
    return vectors;
  };
}

/** A box in pixels of the tower's input. @throws BenchError when the box lies outside the image */
function toInput(region: ImageRef, { width, height }: RgbImage, imageSize: number): Box {
  const [x, y, w, h] = region.box ?? [0, 0, width, height];
  if (x >= width || y >= height || x + w <= 0 || y + h <= 0) {
    throw new BenchError(
      `${imageKey(region)}: the box lies outside the image of ${width} x ${height}; was it resized?`,
    );
  }
  const [across, down] = [imageSize / width, imageSize / height];
  return [x * across, y * down, w * across, h * down];
}
