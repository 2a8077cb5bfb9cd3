import * as tf from "@tensorflow/tfjs-core";
import type { OrtBackend } from "../backend/ort-backend.js";
import { constant, type Operand, sizeOf } from "../graph/graph.js";
import { type KernelTable, kernel, mappable, tensorOf, transpose, typeOf } from "./kernel.js";

/** The part of `x` from `begin` to `end` (exclusive) with `strides`, which may be negative. */
export function slice(
  backend: OrtBackend,
  x: Operand,
  begin: number[],
  end: number[],
  strides: number[],
  shape: number[],
): Operand {
  // Axes that are kept whole need no mention.
  const axes = shape
    .map((_, axis) => axis)
    .filter((axis) => begin[axis] !== 0 || end[axis] !== x.shape[axis] || strides[axis] !== 1);
  if (axes.length === 0) return x;
  const ofAxes = (list: number[]) =>
    constant(
      "int64",
      axes.map((axis) => list[axis] as number),
    );
  const inputs = [x, ofAxes(begin), ofAxes(end), constant("int64", axes), ofAxes(strides)];
  return backend.node("Slice", inputs, typeOf(x), shape);
}

/** `value` in every element. Small tensors are made on the host; large ones by the session, from one fed number. */
function fill(backend: OrtBackend, shape: number[], value: number, dtype: tf.DataType): tf.TensorInfo {
  const type = dtype as "float32";
  const size = sizeOf(shape);
  if (size <= 64) {
    const values = tf.util.getTypedArrayFromDType(type, size);
    return { dataId: backend.write(values.fill(value), shape, dtype), shape, dtype };
  }
  return backend.output(backend.expand(backend.scalar(value, type), shape));
}

function concat(backend: OrtBackend, tensors: readonly Operand[], axis: number): Operand {
  const [first] = tensors as readonly [Operand];
  const shape = first.shape.slice();
  shape[axis] = tensors.reduce((sum, tensor) => sum + (tensor.shape[axis] as number), 0);
  return backend.node("Concat", tensors, typeOf(first), shape, { attributes: { axis } });
}

function split(backend: OrtBackend, x: Operand, sizes: readonly number[], axis: number): Operand[] {
  const outputs = sizes.map((size) => ({
    type: typeOf(x),
    shape: x.shape.map((length, at) => (at === axis ? size : length)),
  }));
  return backend.nodes("Split", [x, constant("int64", sizes)], outputs, { attributes: { axis } });
}

/** `x` with `value` around it: `paddings` gives for each axis the lengths before and after. */
export function pad(backend: OrtBackend, x: Operand, paddings: readonly (readonly [number, number])[], value: number) {
  const shape = paddings.map(([before, after], axis) => before + (x.shape[axis] as number) + after);
  const pads = constant("int64", [...paddings.map(([before]) => before), ...paddings.map(([, after]) => after)]);
  return backend.node("Pad", [x, pads, backend.scalar(value, typeOf(x) as "float32")], typeOf(x), shape);
}

/** Kernels that move elements, or only change how a buffer is looked at. */
export const layoutKernels: KernelTable = {
  [tf.Identity]: kernel<tf.IdentityInputs>((backend, { x }) => backend.share(x)),
  [tf.Reshape]: kernel<tf.ReshapeInputs, tf.ReshapeAttrs>((backend, { x }, { shape }) => {
    const target = tf.util.inferFromImplicitShape(shape, sizeOf(x.shape));
    tf.util.assert(
      sizeOf(target) === sizeOf(x.shape),
      () =>
        `The new shape (${target}) has ${sizeOf(target)} elements and the old shape (${x.shape}) has ${sizeOf(x.shape)} elements. They must have the same number of elements.`,
    );
    return backend.share(x, target);
  }),
  [tf.ExpandDims]: kernel<tf.ExpandDimsInputs, tf.ExpandDimsAttrs>((backend, { input }, { dim }) => {
    const rank = input.shape.length;
    tf.util.assert(-rank - 1 <= dim, () => `Axis must be in the interval [${-rank - 1}, ${rank}], but is ${dim}.`);
    const at = dim < 0 ? rank + dim + 1 : dim;
    return backend.share(input, [...input.shape.slice(0, at), 1, ...input.shape.slice(at)]);
  }),
  [tf.Transpose]: kernel<tf.TransposeInputs, tf.TransposeAttrs>((backend, { x }, { perm }) => {
    if (!mappable(x)) return undefined;
    return tensorOf(backend, transpose(backend, backend.operand(x), perm), x);
  }),
  [tf.Slice]: kernel<tf.SliceInputs, tf.SliceAttrs>((backend, { x }, attributes) => {
    if (!mappable(x)) return undefined;
    const [begin, size] = tf.slice_util.parseSliceParams(x as tf.Tensor, attributes.begin, attributes.size) as [
      number[],
      number[],
    ];
    tf.slice_util.assertParamsValid(x, begin, size);
    const end = begin.map((start, axis) => start + (size[axis] as number));
    return tensorOf(
      backend,
      slice(
        backend,
        backend.operand(x),
        begin,
        end,
        begin.map(() => 1),
        size,
      ),
      x,
    );
  }),
  [tf.StridedSlice]: kernel<tf.StridedSliceInputs, tf.StridedSliceAttrs>((backend, { x }, attributes) => {
    if (!mappable(x)) return undefined;
    const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attributes;
    const info = tf.slice_util.sliceInfo(
      x.shape,
      begin,
      end,
      strides,
      beginMask,
      endMask,
      ellipsisMask,
      newAxisMask,
      shrinkAxisMask,
    );
    if (info.isIdentity) return backend.share(x, info.finalShape);
    if (sizeOf(info.finalShape) === 0) return undefined;
    // An end of -1 is "one before the first" here and "the last" in ONNX.
    const ends = info.end.map((last, axis) => (last < 0 ? -1 - (x.shape[axis] as number) : last));
    const shape = tf.slice_util.computeOutShape(info.begin, info.end, info.strides);
    const sliced = slice(backend, backend.operand(x), info.begin, ends, info.strides, shape);
    return tensorOf(backend, { value: sliced.value, shape: info.finalShape }, x);
  }),
  [tf.Reverse]: kernel<tf.ReverseInputs, tf.ReverseAttrs>((backend, { x }, { dims }) => {
    if (!mappable(x)) return undefined;
    const axes = tf.util.parseAxisParam(dims, x.shape);
    if (axes.length === 0 || x.shape.length === 0) return backend.share(x);
    const inputs = [axes.map(() => -1), axes.map((axis) => -1 - (x.shape[axis] as number)), axes, axes.map(() => -1)];
    const operands = [backend.operand(x), ...inputs.map((list) => constant("int64", list))];
    return backend.output(backend.node("Slice", operands, x.dtype as "float32", x.shape));
  }),
  [tf.Concat]: kernel<tf.ConcatInputs, tf.ConcatAttrs>((backend, tensors, { axis }) => {
    const [first] = tensors;
    if (!first || !mappable(first) || tensors.some(({ dtype }) => dtype !== first.dtype)) return undefined;
    const [along = 0] = tf.util.parseAxisParam(axis, first.shape);
    tf.backend_util.assertParamsConsistent(
      tensors.map(({ shape }) => shape),
      along,
    );
    if (tensors.length === 1) return backend.share(first);
    return backend.output(
      concat(
        backend,
        tensors.map((tensor) => backend.operand(tensor)),
        along,
      ),
    );
  }),
  [tf.Pack]: kernel<tf.PackInputs, tf.PackAttrs>((backend, tensors, { axis }) => {
    const [first] = tensors;
    if (!first || !mappable(first) || tensors.some(({ dtype }) => dtype !== first.dtype)) return undefined;
    for (const { shape } of tensors) {
      tf.util.assertShapesMatch(first.shape, shape, "All tensors passed to stack must have matching shapes");
    }
    const at = axis < 0 ? axis + first.shape.length + 1 : axis;
    const shape = [...first.shape.slice(0, at), 1, ...first.shape.slice(at)];
    if (tensors.length === 1) return backend.share(first, shape);
    return backend.output(
      concat(
        backend,
        tensors.map(({ dataId }) => ({ value: backend.value(dataId), shape })),
        at,
      ),
    );
  }),
  [tf.Unpack]: kernel<tf.UnpackInputs, tf.UnpackAttrs>((backend, { value }, { axis }) => {
    if (!mappable(value)) return undefined;
    const at = axis < 0 ? axis + value.shape.length : axis;
    const shape = value.shape.filter((_, index) => index !== at);
    const count = value.shape[at] as number;
    if (count === 1) return [backend.share(value, shape)];
    const parts = split(backend, backend.operand(value), new Array<number>(count).fill(1), at);
    return parts.map((part) => backend.output({ value: part.value, shape }));
  }),
  [tf.SplitV]: kernel<tf.SplitVInputs, tf.SplitVAttrs>((backend, { x }, { numOrSizeSplits, axis }) => {
    if (!mappable(x)) return undefined;
    const [along = 0] = tf.util.parseAxisParam(axis, x.shape);
    const sizes = tf.backend_util.prepareSplitSize(x as tf.Tensor, numOrSizeSplits, along);
    if (sizes.some((size) => size === 0)) return undefined;
    if (sizes.length === 1) return [backend.share(x)];
    return split(backend, backend.operand(x), sizes, along).map((part) => backend.output(part));
  }),
  [tf.Tile]: kernel<tf.TileInputs, tf.TileAttrs>((backend, { x, ...rest }, { reps }) => {
    if (!mappable(x) || Object.keys(rest).length > 0) return undefined;
    if (reps.every((count) => count === 1)) return backend.share(x);
    const shape = x.shape.map((length, axis) => length * (reps[axis] as number));
    const broadcasts = reps.every((count, axis) => count === 1 || x.shape[axis] === 1);
    if (broadcasts) return backend.output(backend.expand(backend.operand(x), shape));
    return backend.output(
      backend.node("Tile", [backend.operand(x), constant("int64", reps)], x.dtype as "float32", shape),
    );
  }),
  [tf.PadV2]: kernel<tf.PadV2Inputs, tf.PadV2Attrs>((backend, { x }, { paddings, constantValue }) => {
    if (!mappable(x)) return undefined;
    if (paddings.every(([before, after]) => before === 0 && after === 0)) return backend.share(x);
    return backend.output(pad(backend, backend.operand(x), paddings, constantValue));
  }),
  [tf.Fill]: kernel<object, tf.FillAttrs>((backend, _, { shape, value, dtype }) => {
    if (typeof value !== "number") return undefined;
    const type = dtype ?? "float32";
    return type === "float32" || type === "int32" || type === "bool" ? fill(backend, shape, value, type) : undefined;
  }),
  [tf.ZerosLike]: kernel<tf.ZerosLikeInputs>((backend, { x }) =>
    mappable(x) ? fill(backend, x.shape, 0, x.dtype) : undefined,
  ),
  [tf.OnesLike]: kernel<tf.OnesLikeInputs>((backend, { x }) =>
    mappable(x) ? fill(backend, x.shape, 1, x.dtype) : undefined,
  ),
  [tf.Complex]: kernel<tf.ComplexInputs>((backend, { real, imag }) => backend.complex(real, imag)),
  [tf.Real]: kernel<tf.RealInputs>((backend, { input }) => half(backend, input, "real")),
  [tf.Imag]: kernel<tf.ImagInputs>((backend, { input }) => half(backend, input, "imag")),
};

function half(backend: OrtBackend, input: tf.TensorInfo, name: "real" | "imag"): tf.TensorInfo | undefined {
  const { parts } = backend.value(input.dataId);
  return parts ? backend.output({ value: parts[name], shape: input.shape }) : undefined;
}
