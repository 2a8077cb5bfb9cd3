import * as tf from "@tensorflow/tfjs-core";
import type { OrtBackend } from "../backend/ort-backend.js";
import type { Operand } from "../graph/graph.js";
import { cast, type Kernel, type KernelTable, kernel, reshape } from "./kernel.js";

/** Where the elements of one axis of a resized image come from: `low + (high - low) * fraction`. */
interface Samples {
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly fraction: Float32Array;
}

/** Chooses the samples of an axis of `from` elements that becomes one of `to`. */
type Sampling = (from: number, to: number, attributes: tf.ResizeBilinearAttrs) => Samples;

function ratio(from: number, to: number, alignCorners: boolean): number {
  return alignCorners && to > 1 ? (from - 1) / (to - 1) : from / to;
}

const bilinear: Sampling = (from, to, { alignCorners, halfPixelCenters }) => {
  const step = ratio(from, to, alignCorners);
  const sources = Array.from({ length: to }, (_, at) => (halfPixelCenters ? step * (at + 0.5) - 0.5 : step * at));
  const low = Int32Array.from(sources, (source) => Math.max(0, Math.floor(source)));
  return {
    low,
    high: Int32Array.from(sources, (source) => Math.min(from - 1, Math.ceil(source))),
    fraction: Float32Array.from(sources, (source, at) => source - (low[at] as number)),
  };
};

const nearest: Sampling = (from, to, { alignCorners, halfPixelCenters }) => {
  const step = ratio(from, to, alignCorners);
  const low = Int32Array.from({ length: to }, (_, at) => {
    const source = halfPixelCenters ? step * (at + 0.5) : step * at;
    return Math.max(0, Math.min(from - 1, alignCorners ? Math.round(source) : Math.floor(source)));
  });
  return { low, high: low, fraction: new Float32Array(to) };
};

/** `x` with its axis `axis` resampled. */
function resample(backend: OrtBackend, x: Operand, axis: number, { low, high, fraction }: Samples): Operand {
  const to = low.length;
  const shape = x.shape.map((length, at) => (at === axis ? to : length));
  const take = (positions: Int32Array) =>
    backend.node("Gather", [x, backend.fed(positions, "int32", [to])], "float32", shape, { attributes: { axis } });
  const first = take(low);
  if (low === high) return first;
  const weights = backend.fed(fraction, "float32", [to, ...x.shape.slice(axis + 1).map(() => 1)]);
  const difference = backend.node("Sub", [take(high), first], "float32", shape);
  const part = backend.node("Mul", [difference, weights], "float32", shape);
  return backend.node("Add", [first, part], "float32", shape);
}

/** The samples as a matrix from an axis to its gradient: [length before, length after]. */
function toMatrix({ low, high, fraction }: Samples, from: number): Float32Array {
  const to = low.length;
  const matrix = new Float32Array(from * to);
  for (let at = 0; at < to; at++) {
    const weight = fraction[at] as number;
    const [first, second] = [(low[at] as number) * to + at, (high[at] as number) * to + at];
    matrix[first] = (matrix[first] as number) + 1 - weight;
    matrix[second] = (matrix[second] as number) + weight;
  }
  return matrix;
}

function resize(sampling: Sampling): Kernel {
  return kernel<tf.ResizeBilinearInputs, tf.ResizeBilinearAttrs>((backend, { images }, attributes) => {
    if (images.dtype !== "float32" && images.dtype !== "int32") return undefined;
    const [, height, width] = images.shape as [number, number, number, number];
    const [newHeight, newWidth] = attributes.size;
    if (newHeight * newWidth === 0) return undefined;
    const image = cast(backend, backend.operand(images), "float32");
    const wide = resample(backend, image, 2, sampling(width, newWidth, attributes));
    const resized = resample(backend, wide, 1, sampling(height, newHeight, attributes));
    // Only the nearest neighbour keeps the type of the image.
    return backend.output(cast(backend, resized, sampling === nearest ? images.dtype : "float32"));
  });
}

function resizeGradient(sampling: Sampling): Kernel {
  return kernel<tf.ResizeBilinearGradInputs, tf.ResizeBilinearAttrs>((backend, { images, dy }, attributes) => {
    if (dy.dtype !== "float32") return undefined;
    const [batch, height, width, channels] = images.shape as [number, number, number, number];
    const [, newHeight, newWidth] = dy.shape as [number, number, number, number];
    const multiply = (samples: Samples, from: number, x: Operand, rest: readonly number[]) => {
      const matrix = backend.fed(toMatrix(samples, from), "float32", [from, samples.low.length]);
      return backend.node("MatMul", [matrix, reshape(x, rest)], "float32", [
        rest[0] as number,
        from,
        rest[2] as number,
      ]);
    };
    const rows = multiply(sampling(height, newHeight, attributes), height, backend.operand(dy), [
      batch,
      newHeight,
      newWidth * channels,
    ]);
    const columns = multiply(sampling(width, newWidth, attributes), width, rows, [batch * height, newWidth, channels]);
    return backend.output(reshape(columns, images.shape));
  });
}

/** Kernels that change the size of images. */
export const resizeKernels: KernelTable = {
  [tf.ResizeBilinear]: resize(bilinear),
  [tf.ResizeBilinearGrad]: resizeGradient(bilinear),
  [tf.ResizeNearestNeighbor]: resize(nearest),
  [tf.ResizeNearestNeighborGrad]: resizeGradient(nearest),
};
