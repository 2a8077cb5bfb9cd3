import * as tf from "@tensorflow/tfjs-core";
import type { OrtBackend } from "../backend/ort-backend.js";
import { constant, type Operand, sizeOf } from "../graph/graph.js";
import { type KernelTable, kernel, mappable, reshape, tensorOf, transpose, typeOf } from "./kernel.js";
import { pad, slice } from "./layout.js";

const { getPermuted, getReshaped, getReshapedPermuted, getSliceBeginCoords, getSliceSize } = tf.backend_util;

/** `x` extended along `axis` by its own elements, mirrored at its ends; `offset` is 1 where the element at an end is not repeated. */
function mirror(backend: OrtBackend, x: Operand, axis: number, before: number, after: number, offset: 0 | 1): Operand {
  if (before === 0 && after === 0) return x;
  const length = x.shape[axis] as number;
  const to = before + length + after;
  const positions = Array.from({ length: to }, (_, index) => {
    const at = index - before;
    if (at < 0) return offset - 1 - at;
    return at < length ? at : 2 * length - 1 - offset - at;
  });
  const shape = x.shape.map((given, index) => (index === axis ? to : given));
  return backend.node("Gather", [x, constant("int64", positions)], typeOf(x), shape, { attributes: { axis } });
}

/** Kernels that move blocks of an image to its batch or channels and back, or mirror its borders. */
export const blockKernels: KernelTable = {
  [tf.BatchToSpaceND]: kernel<tf.BatchToSpaceNDInputs, tf.BatchToSpaceNDAttrs>((backend, { x }, attributes) => {
    const { blockShape, crops } = attributes;
    if (!mappable(x)) return undefined;
    const size = sizeOf(blockShape);
    const blocks = reshape(backend.operand(x), getReshaped(x.shape, blockShape, size));
    const moved = transpose(backend, blocks, getPermuted(blocks.shape.length, blockShape.length));
    const whole = getReshapedPermuted(x.shape, blockShape, size);
    // These two say nothing of the axes behind those of the blocks, which stay whole.
    const begins = getSliceBeginCoords(crops, blockShape.length);
    const sizes = getSliceSize(whole, crops, blockShape.length);
    const begin = whole.map((_, axis) => begins[axis] ?? 0);
    const shape = whole.map((length, axis) => sizes[axis] ?? length);
    const end = begin.map((start, axis) => start + (shape[axis] as number));
    const strides = shape.map(() => 1);
    return tensorOf(backend, slice(backend, reshape(moved, whole), begin, end, strides, shape), x);
  }),
  [tf.SpaceToBatchND]: kernel<tf.SpaceToBatchNDInputs, tf.SpaceToBatchNDAttrs>((backend, { x }, attributes) => {
    const { blockShape, paddings } = attributes;
    if (!mappable(x)) return undefined;
    const size = sizeOf(blockShape);
    const all = x.shape.map((_, axis) => (paddings[axis - 1] ?? [0, 0]) as [number, number]);
    const padded = all.every(([before, after]) => before + after === 0)
      ? backend.operand(x)
      : pad(backend, backend.operand(x), all, 0);
    const shape = padded.shape as number[];
    const blocks = reshape(padded, getReshaped(shape, blockShape, size, false));
    const moved = transpose(backend, blocks, getPermuted(blocks.shape.length, blockShape.length, false));
    return tensorOf(backend, reshape(moved, getReshapedPermuted(shape, blockShape, size, false)), x);
  }),
  [tf.DepthToSpace]: kernel<tf.DepthToSpaceInputs, tf.DepthToSpaceAttrs>((backend, { x }, attributes) => {
    const { blockSize, dataFormat } = attributes;
    if (!mappable(x) || dataFormat !== "NHWC") return undefined;
    const [batch, height, width, channels] = x.shape as [number, number, number, number];
    const left = channels / (blockSize * blockSize);
    const blocks = reshape(backend.operand(x), [batch, height, width, blockSize, blockSize, left]);
    const moved = transpose(backend, blocks, [0, 1, 3, 2, 4, 5]);
    return tensorOf(backend, reshape(moved, [batch, height * blockSize, width * blockSize, left]), x);
  }),
  [tf.MirrorPad]: kernel<tf.MirrorPadInputs, tf.MirrorPadAttrs>((backend, { x }, { paddings, mode }) => {
    if (!mappable(x)) return undefined;
    const offset = mode === "reflect" ? 1 : 0;
    let result = backend.operand(x);
    for (const [axis, [before, after]] of paddings.entries()) {
      result = mirror(backend, result, axis, before, after, offset);
    }
    return tensorOf(backend, result, x);
  }),
  [tf.FlipLeftRight]: kernel<tf.FlipLeftRightInputs>((backend, { image }) => {
    if (!mappable(image)) return undefined;
    const bounds = [-1, -1 - (image.shape[2] as number), 2, -1].map((bound) => constant("int64", [bound]));
    return backend.output(
      backend.node("Slice", [backend.operand(image), ...bounds], image.dtype as "float32", image.shape),
    );
  }),
};
