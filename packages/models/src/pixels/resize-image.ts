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
  return resizeWindow(image, width, height, { left: 0, top: 0, width, height });
}

/** The part of a resized image that is kept. */
interface Window {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** `resizeBicubic` to width x height, of which only a window is computed. */
function resizeWindow(image: RgbImage, width: number, height: number, window: Window): RgbImage {
  checkSizes(image, width, height);
  const columns = kernel(image.width, width, window.left, window.width);
  const rows = kernel(image.height, height, window.top, window.height);
  // Only the source rows that the kept rows are made of.
  const first = rows?.starts[0] ?? window.top;
  const last = rows ? rows.starts.at(-1)! + rows.counts.at(-1)! : window.top + window.height;
  const stride = image.width * 3;
  const source = image.data.subarray(first * stride, last * stride);
  const wide = columns
    ? resampleColumns(source, image.width, last - first, columns)
    : cutColumns(source, image.width, last - first, window);
  const data = rows ? resampleRows(wide, window.width * 3, rows, first) : wide;
  return {
    width: window.width,
    height: window.height,
    data: new Uint8Array(data.buffer, data.byteOffset, data.length),
  };
}

function checkSizes(image: RgbImage, width: number, height: number): void {
  const sizes = { width, height, "image.width": image.width, "image.height": image.height };
  for (const [name, size] of Object.entries(sizes)) {
    if (!Number.isInteger(size) || size < 1)
      throw new ModelError(`resizeBicubic: ${name} is ${size}; expected at least 1.`);
  }
  const bytes = image.width * image.height * 3;
  if (image.data.length !== bytes) {
    throw new ModelError(
      `resizeBicubic: ${image.data.length} bytes for ${image.width} x ${image.height}; RGB has ${bytes}.`,
    );
  }
}

type Bytes = RgbImage["data"];

/** What rounds a sum of bytes times weights; such sums of a cubic stay within 32 bits, as in Pillow. */
const half = 1 << (precision - 1);

/** [rows, from, 3] to [rows, to, 3]. */
function resampleColumns(source: Bytes, from: number, rows: number, { starts, counts, weights, taps }: Kernel): Bytes {
  const to = starts.length;
  const target = new Uint8ClampedArray(rows * to * 3);
  let place = 0;
  for (let row = 0; row < rows; row++) {
    for (let at = 0; at < to; at++) {
      let pixel = (row * from + starts[at]!) * 3;
      let red = half;
      let green = half;
      let blue = half;
      const end = at * taps + counts[at]!;
      for (let tap = at * taps; tap < end; tap++) {
        const weight = weights[tap]!;
        red = (red + Math.imul(source[pixel]!, weight)) | 0;
        green = (green + Math.imul(source[pixel + 1]!, weight)) | 0;
        blue = (blue + Math.imul(source[pixel + 2]!, weight)) | 0;
        pixel += 3;
      }
      target[place] = red >> precision;
      target[place + 1] = green >> precision;
      target[place + 2] = blue >> precision;
      place += 3;
    }
  }
  return target;
}

/** Rows of `stride` bytes, the first of which is source row `first`, to one row for each start. */
function resampleRows(source: Bytes, stride: number, { starts, counts, weights, taps }: Kernel, first: number): Bytes {
  const target = new Uint8ClampedArray(starts.length * stride);
  const sums = new Int32Array(stride);
  for (let at = 0; at < starts.length; at++) {
    sums.fill(half);
    let byte = (starts[at]! - first) * stride;
    for (let tap = 0; tap < counts[at]!; tap++) {
      const weight = weights[at * taps + tap]!;
      for (let i = 0; i < stride; i++, byte++) sums[i]! += Math.imul(source[byte]!, weight);
    }
    for (let i = 0; i < stride; i++) target[at * stride + i] = sums[i]! >> precision;
  }
  return target;
}

/** The window's columns of rows that are not resized across. */
function cutColumns(source: Bytes, from: number, rows: number, { left, width }: Window): Bytes {
  if (width === from) return source;
  const target = new Uint8Array(rows * width * 3);
  for (let row = 0; row < rows; row++) {
    const start = (row * from + left) * 3;
    target.set(source.subarray(start, start + width * 3), row * width * 3);
  }
  return target;
}

/** How target pixels are made of source pixels along one axis. */
interface Kernel {
  /** First source pixel of each target pixel. */
  readonly starts: Int32Array;
  /** Source pixels of each. */
  readonly counts: Int32Array;
  /** Whole-numbered weights, `taps` for each target pixel, of which `counts` are used. */
  readonly weights: Int32Array;
  readonly taps: number;
}

/** Kernels of the last sizes: a data set's images often have the same few. */
const lastKernels = new Map<string, Kernel>();
const keptKernels = 16;

/** The kernel of `length` target pixels from `first` on, when `from` pixels become `to`; undefined when they stay as they are. */
function kernel(from: number, to: number, first: number, length: number): Kernel | undefined {
  if (from === to) return undefined;
  const sizes = `${from} ${to} ${first} ${length}`;
  const known = lastKernels.get(sizes) ?? makeKernel(from, to, first, length);
  lastKernels.delete(sizes);
  lastKernels.set(sizes, known);
  if (lastKernels.size > keptKernels) lastKernels.delete(lastKernels.keys().next().value!);
  return known;
}

function makeKernel(from: number, to: number, first: number, length: number): Kernel {
  const scale = from / to;
  const stretch = Math.max(1, scale);
  const support = 2 * stretch;
  const taps = Math.ceil(support) * 2 + 1;
  const starts = new Int32Array(length);
  const counts = new Int32Array(length);
  const weights = new Int32Array(length * taps);
  for (let at = 0; at < length; at++) {
    const centre = (first + at + 0.5) * scale;
    const start = Math.max(0, Math.trunc(centre - support + 0.5));
    const end = Math.min(from, Math.trunc(centre + support + 0.5));
    starts[at] = start;
    counts[at] = end - start;
    const raw = Array.from({ length: end - start }, (_, tap) => cubic((start + tap - centre + 0.5) / stretch));
    const total = raw.reduce((sum, weight) => sum + weight, 0);
    raw.forEach((weight, tap) => {
      // Rounded half away from zero.
      const scaled = (weight / total) * 2 ** precision;
      weights[at * taps + tap] = Math.trunc(scaled + (scaled < 0 ? -0.5 : 0.5));
    });
  }
  return { starts, counts, weights, taps };
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
  const [width, height] = [side(image.width), side(image.height)];
  const left = halfToEven((width - size) / 2);
  const top = halfToEven((height - size) / 2);
  return resizeWindow(image, width, height, { left, top, width: size, height: size });
}
