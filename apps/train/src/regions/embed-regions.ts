import * as tf from "@tensorflow/tfjs-core";
import {
  type Clip,
  encodeFeatureMap,
  encodeRegionFeatures,
  encodeTexts,
  type PackOptions,
  packTexts,
  type Tokenizer,
} from "@tesserae/models";
import { type Box, planRoiAlign, type RoiSampling, sampleRegions } from "@tesserae/region-mapper";
import type { PixelStore } from "./pixel-store.js";
import type { RegionSample } from "./region-sample.js";

const cells = new WeakMap<Clip, number>();

/** Cells of a tower's map along a side. */
function cellsOf(clip: Clip): number {
  const { imageSize } = clip.towers.image;
  const known =
    cells.get(clip) ?? tf.tidy(() => encodeFeatureMap(clip, tf.zeros([1, imageSize, imageSize, 3])).shape[1]);
  cells.set(clip, known);
  return known;
}

/** How a tower's map is sampled for regions, in pixels of the tower's input; plain data. */
export function planRegions(clip: Clip, boxes: readonly (readonly Box[])[], regions?: number): RoiSampling {
  const { image } = clip.towers;
  const cells = cellsOf(clip);
  return planRoiAlign(boxes, [cells, cells], {
    outputSize: image.regions!.size,
    spatialScale: cells / image.imageSize,
    ...(regions === undefined ? {} : { regions }),
  });
}

/**
 * Embeds regions of images: RoIAlign on the tower's map, then what the tower makes of a cut-out.
 *
 * @param pixels [images, size, size, 3]
 * @param boxes regions of each image, in pixels of the tower's input
 * @returns [images · most regions, embedDim], rows of length one; rows of regions that an image lacks mean nothing
 */
export function encodeRegions(
  clip: Clip,
  pixels: tf.Tensor4D,
  boxes: readonly (readonly Box[])[],
  options: { readonly training?: boolean } = {},
): tf.Tensor2D {
  return encodeSampled(clip, pixels, planRegions(clip, boxes), options);
}

/** `encodeRegions` by what `planRegions` made of the boxes. */
export function encodeSampled(
  clip: Clip,
  pixels: tf.Tensor4D,
  sampling: RoiSampling,
  { training = false }: { readonly training?: boolean } = {},
): tf.Tensor2D {
  return tf.tidy(() => {
    const cells = sampleRegions(encodeFeatureMap(clip, pixels, { training }), sampling);
    const [images, regions, ...shape] = cells.shape;
    return encodeRegionFeatures(clip, tf.reshape(cells, [images * regions, ...shape] as never), { training });
  });
}

/** Boxes in pixels of the tower's input, to which the image's shorter side is resized and whose middle is cut out. */
export function toInput(boxes: readonly Box[], { width, height }: RegionSample, imageSize: number): Box[] {
  const scale = imageSize / Math.min(width, height);
  const [left, top] = [(width * scale - imageSize) / 2, (height * scale - imageSize) / 2];
  return boxes.map(([x, y, w, h]) => [x * scale - left, y * scale - top, w * scale, h * scale]);
}

/** Embeds all boxes of all images, some images at a time; one list of vectors an image. */
export async function embedAllRegions(
  clip: Clip,
  samples: readonly RegionSample[],
  store: PixelStore,
  chunk = 64,
): Promise<Float32Array[][]> {
  const embedded: Float32Array[][] = [];
  for (let start = 0; start < samples.length; start += chunk) {
    const part = samples.slice(start, start + chunk);
    const boxes = part.map((sample) => toInput(sample.boxes, sample, clip.towers.image.imageSize));
    const pixels = store.batch(part);
    const rows = encodeRegions(clip, pixels, boxes);
    const values = (await rows.data()) as Float32Array;
    const size = rows.shape[1];
    const most = rows.shape[0] / part.length;
    part.forEach((sample, image) => {
      embedded.push(
        sample.boxes.map((_, region) =>
          values.slice((image * most + region) * size, (image * most + region + 1) * size),
        ),
      );
    });
    tf.dispose([pixels, rows]);
  }
  return embedded;
}

/** How texts are packed: in one chunk, padded to the context, so that few shapes occur. */
export const paddedToContext = ({ contextLength, padId }: Tokenizer): PackOptions => ({
  chunks: 1,
  minimumLengths: [contextLength],
  padId,
});

/** The embedding of each attribute: the mean of its prompts', of length one, [attributes, embedDim]. */
export function embedAttributes(
  clip: Clip,
  tokenizer: Tokenizer,
  attributes: readonly string[],
  prompts: (attribute: string) => readonly string[],
): tf.Tensor2D {
  return tf.tidy(() =>
    tf.concat(
      attributes.map((attribute) => {
        const mean = tf.mean(
          encodeTexts(clip, packTexts(tokenizer, prompts(attribute), paddedToContext(tokenizer))),
          0,
          true,
        );
        return tf.div(mean, tf.norm(mean)) as tf.Tensor2D;
      }),
      0,
    ),
  );
}
