import type * as tf from "@tensorflow/tfjs-core";
import type { OrtBackend } from "../backend/ort-backend.js";
import { type Operand, sizeOf } from "../graph/graph.js";
import { transpose } from "./kernel.js";

type Info = tf.backend_util.Conv2DInfo | tf.backend_util.Conv3DInfo;

/** How a window moves over an image: one number for each axis of space, in every list. */
export interface Window {
  readonly batch: number;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly channelsLast: boolean;
  /** Lengths of the image and of the result. */
  readonly input: readonly number[];
  readonly output: readonly number[];
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** Padding that the windows need, before and after the image. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** Length of the end of the image that no window reaches. */
  readonly unused: readonly number[];
}

/** The window of a convolution or pooling as tfjs-core works it out. */
export function windowOf(info: Info): Window {
  const { batchSize, inChannels, outChannels, dataFormat, padInfo } = info;
  const depth = "inDepth" in info ? info : undefined;
  const axes = (first: number | undefined, ...others: number[]) => (first === undefined ? others : [first, ...others]);
  const input = axes(depth?.inDepth, info.inHeight, info.inWidth);
  const output = axes(depth?.outDepth, info.outHeight, info.outWidth);
  const kernel = axes(depth?.filterDepth, info.filterHeight, info.filterWidth);
  const strides = axes(depth?.strideDepth, info.strideHeight, info.strideWidth);
  const dilations = axes(depth?.dilationDepth, info.dilationHeight, info.dilationWidth);
  const before = axes("front" in padInfo ? padInfo.front : undefined, padInfo.top, padInfo.left);
  const excess = input.map((length, axis) => {
    const steps = ((output[axis] as number) - 1) * (strides[axis] as number);
    const reach = steps + ((kernel[axis] as number) - 1) * (dilations[axis] as number) + 1;
    return reach - length - (before[axis] as number);
  });
  return {
    batch: batchSize,
    inChannels,
    outChannels,
    channelsLast: dataFormat === "channelsLast",
    input,
    output,
    kernel,
    strides,
    dilations,
    before,
    after: excess.map((length) => Math.max(0, length)),
    unused: excess.map((length) => Math.max(0, -length)),
  };
}

/** `x` with its channels, if they are last, moved behind the batch, where ONNX has them. */
export function channelsFirst(backend: OrtBackend, x: Operand, { channelsLast }: Window): Operand {
  const rank = x.shape.length;
  return channelsLast ? transpose(backend, x, [0, rank - 1, ...range(1, rank - 1)]) : x;
}

/** Inverse of {@link channelsFirst}. */
export function channelsBack(backend: OrtBackend, x: Operand, { channelsLast }: Window): Operand {
  return channelsLast ? transpose(backend, x, [0, ...range(2, x.shape.length), 1]) : x;
}

/** Whole numbers from `from` to `to` (exclusive). */
export function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}

/** True when the image or the result has no elements. */
export function isEmpty({ batch, inChannels, outChannels, input, output }: Window): boolean {
  return sizeOf([batch, inChannels, outChannels, ...input, ...output]) === 0;
}
