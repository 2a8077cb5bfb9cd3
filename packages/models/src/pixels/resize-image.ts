import { ModelError } from "../model-error.js";
import { halfToEven } from "./half-to-even.js";
import type { RgbImage } from "./rgb-image.js";

/** Fractional bits of the weights, as in Pillow: 32 bits less 8 of a colour and 2 to spare. */
const precision = 22;

/**
 * Resizes as Pillow's `Image.resize(…, BICUBIC)`, bit by bit (Pillow src/libImaging/Resample.c): a cubic with a = -0.5, widened
 * when shrinking so that every pixel counts (antialias), columns first, 8 bits between the two passes. What torchvision's
 * `Resize` does to an image file, and so what CLIP's weights were trained on. Compared with Pillow and torchvision alone; no other
 * resizer was looked at, so hand in images as they were decoded rather than already made small.
 * (Pillow 13 resizes the rows of some very tall images first, which changes the last bit there; older ones never do.)
 *
 * @throws ModelError when a size is no positive whole number, or the bytes are not those of an RGB image.
 */
export function resizeBicubic(image: RgbImage, width: number, height: number): RgbImage {
  for (const [name, size] of Object.entries({
    width,
    height,
    "image.width": image.width,
    "image.height": image.height,
  })) {
    if (!Number.isInteger(size) || size < 1)
      throw new ModelError(`resizeBicubic: ${name} is ${size}; expected at least 1.`);
  }
  if (image.data.length !== image.width * image.height * 3) {
    throw new ModelError(
      `resizeBicubic: ${image.data.length} bytes for ${image.width} x ${image.height}; RGB has ${image.width * image.height * 3}.`,
    );
  }
  const wide = image.width === width ? image.data : resample(image.data, image.height, image.width, width, 1);
  return { width, height, data: image.height === height ? wide : resample(wide, 1, image.height, height, width) };
}

/**
 * Resamples the middle axis of [outer, from, inner, 3] to [outer, to, inner, 3].
 */
function resample(source: RgbImage["data"], outer: number, from: number, to: number, inner: number): Uint8Array {
  const { starts, weights, taps } = kernel(from, to);
  const target = new Uint8Array(outer * to * inner * 3);
  const stride = inner * 3;
  for (let row = 0; row < outer; row++) {
    for (let at = 0; at < to; at++) {
      const first = (row * from + starts[at]!) * stride;
      const count = Math.min(taps, from - starts[at]!);
      const place = (row * to + at) * stride;
      for (let i = 0; i < stride; i++) {
        let sum = 1 << (precision - 1);
        for (let tap = 0; tap < count; tap++) sum += source[first + tap * stride + i]! * weights[at * taps + tap]!;
        target[place + i] = Math.min(255, Math.max(0, sum >> precision));
      }
    }
  }
  return target;
}

/** First source pixel and whole-numbered weights of each target pixel; each has the same number of taps, the last ones maybe 0. */
function kernel(from: number, to: number): { starts: Int32Array; weights: Int32Array; taps: number } {
  const scale = from / to;
  const stretch = Math.max(1, scale);
  const support = 2 * stretch;
  const taps = Math.ceil(support) * 2 + 1;
  const starts = new Int32Array(to);
  const weights = new Int32Array(to * taps);
  for (let at = 0; at < to; at++) {
    const centre = (at + 0.5) * scale;
    const start = Math.max(0, Math.trunc(centre - support + 0.5));
    const end = Math.min(from, Math.trunc(centre + support + 0.5));
    starts[at] = start;
    const raw = Array.from({ length: end - start }, (_, tap) => cubic((start + tap - centre + 0.5) / stretch));
    const total = raw.reduce((sum, weight) => sum + weight, 0);
    raw.forEach((weight, tap) => {
      // Rounded half away from zero.
      const scaled = (weight / total) * 2 ** precision;
      weights[at * taps + tap] = Math.trunc(scaled + (scaled < 0 ? -0.5 : 0.5));
    });
  }
  return { starts, weights, taps };
}

/** Keys' cubic with a = -0.5. */
function cubic(position: number): number {
  const x = Math.abs(position);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  if (x < 2) return ((-0.5 * x + 2.5) * x - 4) * x + 2;
  return 0;
}

/**
 * The square that CLIP looks at: the shorter side resized to `size`, then the centre cut out; torchvision's
 * `Resize(size, BICUBIC)` and `CenterCrop(size)` on an image file.
 */
export function resizeAndCrop(image: RgbImage, size: number): RgbImage {
  const short = Math.min(image.width, image.height);
  const side = (length: number) => (length === short ? size : Math.trunc((size * length) / short));
  const resized = resizeBicubic(image, side(image.width), side(image.height));
  const left = halfToEven((resized.width - size) / 2);
  const top = halfToEven((resized.height - size) / 2);
  if (left === 0 && top === 0 && resized.width === size && resized.height === size) return resized;
  const data = new Uint8Array(size * size * 3);
  for (let row = 0; row < size; row++) {
    const start = ((top + row) * resized.width + left) * 3;
    data.set(resized.data.subarray(start, start + size * 3), row * size * 3);
  }
  return { width: size, height: size, data };
}
