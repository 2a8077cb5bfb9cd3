import * as tf from "@tensorflow/tfjs-core";
import { type Box, expectBox } from "../boxes/box.js";
import { RegionMapperError } from "../errors.js";
import { writeSamplingWeights } from "./sampling-weights.js";

/** Options of `roiAlign`. */
export interface RoiAlignOptions {
  /** Height and width of each region's features, or one number for both. */
  readonly outputSize: number | readonly [height: number, width: number];
  /** Cells of the feature map for each pixel of the image, such as 1 / 16. */
  readonly spatialScale: number;
  /** Samples a bin and axis; 0 takes as many as the bin covers cells. Default 0, as ViLLA. */
  readonly samplingRatio?: number;
  /** Whether a pixel's centre is at half. Default true, as ViLLA; false is the older rule of Mask R-CNN. */
  readonly aligned?: boolean;
}

/** How regions are sampled, as plain data: a traced step (`jit`) takes it as an argument. */
export interface RoiSampling {
  /** Shape of the result without the channels. */
  readonly images: number;
  readonly regions: number;
  readonly rows: number;
  readonly columns: number;
  /** `[images, regions · rows, height]`: how much each line of cells adds to each row of bins. */
  readonly vertical: Float32Array;
  /** `[images · regions, columns, width]`. */
  readonly horizontal: Float32Array;
}

/**
 * What `sampleRegions` needs of the boxes. Samples form a grid, so the sampling is one matrix along y and one along x.
 *
 * @param boxes Regions of each image, in pixels of the image. Images may have different numbers of them.
 * @param map Height and width of the feature map, in cells.
 * @param options.regions Regions to make room for in each image; default: the most that one has.
 * @throws RegionMapperError `empty-input` without any box; `out-of-range` for a wrong box or option.
 */
export function planRoiAlign(
  boxes: readonly (readonly Box[])[],
  [height, width]: readonly [height: number, width: number],
  options: RoiAlignOptions & { readonly regions?: number },
): RoiSampling {
  const { rows, columns } = outputSize(options);
  const most = regionCount(boxes);
  const { regions = most } = options;
  if (regions < most) {
    throw new RegionMapperError("out-of-range", `regions is ${regions}; an image has ${most}`);
  }
  return {
    images: boxes.length,
    regions,
    rows,
    columns,
    vertical: sampling(boxes, regions, rows, height, options, ([, y, , length]) => [y, length]),
    horizontal: sampling(boxes, regions, columns, width, options, ([x, , length]) => [x, length]),
  };
}

/**
 * Features of regions by what `planRoiAlign` made of their boxes: two batched matrix products, which every backend differentiates.
 *
 * @param features `[images, height, width, channels]`.
 * @returns `[images, regions, rows, columns, channels]`; regions that an image lacks are zeros.
 * @throws RegionMapperError `shape-mismatch` when the plan is of another number of images or another map.
 */
export function sampleRegions(features: tf.Tensor4D, { regions, rows, columns, ...plan }: RoiSampling): tf.Tensor5D {
  const [images, height, width, channels] = features.shape;
  const wrong = plan.vertical.length !== images * regions * rows * height;
  if (wrong || plan.horizontal.length !== images * regions * columns * width) {
    throw new RegionMapperError(
      "shape-mismatch",
      `the sampling is of ${plan.images} images and another map than features, [${features.shape}]`,
    );
  }
  return tf.tidy(() => {
    const vertical = tf.tensor3d(plan.vertical, [images, regions * rows, height]);
    const horizontal = tf.tensor3d(plan.horizontal, [images * regions, columns, width]);
    const lines = tf.matMul(vertical, tf.reshape(features, [images, height, width * channels]));
    const byColumn = tf.transpose(tf.reshape(lines, [images * regions, rows, width, channels]), [0, 2, 1, 3]);
    const cells = tf.matMul(horizontal, tf.reshape(byColumn, [images * regions, width, rows * channels]));
    const byRow = tf.transpose(tf.reshape(cells, [images * regions, columns, rows, channels]), [0, 2, 1, 3]);
    return tf.reshape(byRow, [images, regions, rows, columns, channels]) as tf.Tensor5D;
  });
}

/**
 * Features of regions, by bilinear sampling (RoIAlign; He et al., ICCV 2017), as torchvision's `roi_align`. Gradients flow to
 * the features, not to the boxes.
 *
 * @param features `[images, height, width, channels]`.
 * @param boxes Regions of each image, in pixels of the image. Images may have different numbers of them.
 * @returns `[images, most regions, output height, output width, channels]`; regions that an image lacks are zeros.
 * @throws RegionMapperError `shape-mismatch` when there are not as many lists of boxes as images; `empty-input` without
 *   any box; `out-of-range` for a wrong box or option.
 */
export function roiAlign(
  features: tf.Tensor4D,
  boxes: readonly (readonly Box[])[],
  options: RoiAlignOptions,
): tf.Tensor5D {
  const [images, height, width] = features.shape;
  if (boxes.length !== images) {
    throw new RegionMapperError(
      "shape-mismatch",
      `boxes has lists for ${boxes.length} images, features has ${images}; expected as many`,
    );
  }
  return sampleRegions(features, planRoiAlign(boxes, [height, width], options));
}

/** Weights of cells along one axis for all regions, `[images, regions, bins, cells]`; zeros for regions that are not there. */
function sampling(
  boxes: readonly (readonly Box[])[],
  regions: number,
  bins: number,
  cells: number,
  { spatialScale, samplingRatio = 0, aligned = true }: RoiAlignOptions,
  extent: (box: Box) => readonly [start: number, length: number],
): Float32Array {
  const size = bins * cells;
  const weights = new Float32Array(boxes.length * regions * size);
  boxes.forEach((own, image) => {
    own.forEach((box, region) => {
      const [start, length] = extent(box);
      const at = (image * regions + region) * size;
      const axis = { start, length, bins, cells, scale: spatialScale, samplingRatio, aligned };
      writeSamplingWeights(axis, weights.subarray(at, at + size));
    });
  });
  return weights;
}

function outputSize({ outputSize: size, spatialScale, samplingRatio = 0 }: RoiAlignOptions): {
  readonly rows: number;
  readonly columns: number;
} {
  const [rows, columns] = typeof size === "number" ? [size, size] : size;
  const sizes = [["height of outputSize", rows, 1] as const, ["width of outputSize", columns, 1] as const];
  for (const [name, value, least] of [...sizes, ["samplingRatio", samplingRatio, 0] as const]) {
    if (!Number.isInteger(value) || value < least) {
      throw new RegionMapperError("out-of-range", `${name} is ${value}; expected a whole number of at least ${least}`);
    }
  }
  if (!(spatialScale > 0)) {
    throw new RegionMapperError(
      "out-of-range",
      `spatialScale is ${spatialScale}; expected cells a pixel, such as 1 / 16`,
    );
  }
  return { rows, columns };
}

function regionCount(boxes: readonly (readonly Box[])[]): number {
  const most = boxes.reduce((largest, { length }) => Math.max(largest, length), 0);
  if (most === 0) throw new RegionMapperError("empty-input", "roiAlign got no boxes; add the whole image as one");
  boxes.forEach((own, image) => {
    own.forEach((box, region) => {
      expectBox(box, `boxes[${image}][${region}]`);
    });
  });
  return most;
}
