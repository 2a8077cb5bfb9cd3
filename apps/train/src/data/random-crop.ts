import { type RgbImage, resizeBicubic } from "@tesserae/models";
import type { Rng } from "@tesserae/scene-graph/random";

/** Attempts to fit a crop, as torchvision's; then the middle of the image is taken. */
const attempts = 10;

/**
 * A random part of an image, resized to a square: torchvision's `RandomResizedCrop` with its aspect ratios of 3/4 to 4/3.
 *
 * @param scale smallest share of the image's area, up to 1
 */
export function randomCrop(image: RgbImage, size: number, scale: number, rng: Rng): RgbImage {
  const { width, height } = image;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const area = width * height * (scale + (1 - scale) * rng());
    const ratio = Math.exp(Math.log(3 / 4) + (Math.log(4 / 3) - Math.log(3 / 4)) * rng());
    const [w, h] = [Math.round(Math.sqrt(area * ratio)), Math.round(Math.sqrt(area / ratio))];
    if (w < 1 || h < 1 || w > width || h > height) continue;
    const [x, y] = [Math.floor(rng() * (width - w + 1)), Math.floor(rng() * (height - h + 1))];
    return resizeBicubic(cut(image, x, y, w, h), size, size);
  }
  const side = Math.min(width, height);
  return resizeBicubic(cut(image, (width - side) >> 1, (height - side) >> 1, side, side), size, size);
}

function cut({ data, width }: RgbImage, x: number, y: number, w: number, h: number): RgbImage {
  const part = new Uint8Array(w * h * 3);
  for (let row = 0; row < h; row++) {
    const from = ((y + row) * width + x) * 3;
    part.set(data.subarray(from, from + w * 3), row * w * 3);
  }
  return { width: w, height: h, data: part };
}
