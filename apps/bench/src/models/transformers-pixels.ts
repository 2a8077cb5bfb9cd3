import { type RgbImage, resizeAndCrop, resizeBicubic } from "@tesserae/models";

/** What a `preprocessor_config.json` says of sizes, as image processors of `@huggingface/transformers` keep it. */
export interface PixelSettings {
  readonly do_resize?: boolean;
  readonly do_center_crop?: boolean;
  /** Pillow's number: 2 bilinear, 3 bicubic. */
  readonly resample?: number;
  readonly size?: number | { readonly shortest_edge?: number; readonly width?: number; readonly height?: number };
  readonly crop_size?: number | { readonly width: number; readonly height: number };
}

/**
 * An image in the size that the processor wants, resized as Pillow does where the model was trained on bicubic pixels; the processor
 * then finds nothing left to resize. Others are given back as they are, and the processor's own resizer does it.
 */
export function resizeForProcessor(image: RgbImage, settings: PixelSettings): RgbImage {
  const { do_resize: resizes = true, do_center_crop: crops = false, resample, size, crop_size: crop } = settings;
  if (!resizes || resample !== 3 || size === undefined) return image;
  const { shortest_edge: shortest, width, height } = typeof size === "number" ? { shortest_edge: size } : size;
  const cropped = typeof crop === "number" ? { width: crop, height: crop } : crop;
  if (shortest !== undefined) {
    const isSquare = crops && (cropped === undefined || (cropped.width === shortest && cropped.height === shortest));
    return isSquare ? resizeAndCrop(image, shortest) : image;
  }
  return width !== undefined && height !== undefined ? resizeBicubic(image, width, height) : image;
}
