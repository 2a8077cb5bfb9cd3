import { ModelError } from "../model-error.js";
import { halfToEven } from "./half-to-even.js";
import type { RgbImage } from "./rgb-image.js";

/** A rectangle in pixels of the whole image: left, top, width, height. */
export type Box = readonly [x: number, y: number, width: number, height: number];

/**
 * Cuts a rectangle out of an image as Pillow's `Image.crop((x, y, x + width, y + height))`: its sides are rounded to whole pixels
 * (halves to the even one), and what lies beyond the image is black.
 *
 * @throws ModelError when the rectangle, rounded, holds no pixel.
 */
export function cropImage(image: RgbImage, box: Box): RgbImage {
  const [x, y, boxWidth, boxHeight] = box;
  const [left, top] = [halfToEven(x), halfToEven(y)];
  const [width, height] = [halfToEven(x + boxWidth) - left, halfToEven(y + boxHeight) - top];
  if (!(width > 0 && height > 0)) {
    throw new ModelError(
      `cropImage: the box [${box.join(", ")}] holds no pixel of a ${image.width} x ${image.height} image; [left, top, width, height] is expected.`,
    );
  }
  const data = new Uint8Array(width * height * 3);
  const [first, last] = [Math.max(0, left), Math.min(image.width, left + width)];
  for (let row = Math.max(0, top); row < Math.min(image.height, top + height) && first < last; row++) {
    const source = image.data.subarray((row * image.width + first) * 3, (row * image.width + last) * 3);
    data.set(source, ((row - top) * width + first - left) * 3);
  }
  return { width, height, data };
}
