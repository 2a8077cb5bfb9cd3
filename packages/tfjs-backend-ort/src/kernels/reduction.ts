import * as tf from "@tensorflow/tfjs-core";
import { constant, type Operand } from "../graph.js";
import type { ElementType } from "../onnx-model.js";
import type { OrtBackend } from "../ort-backend.js";
import { cast, type Kernel, type KernelTable, kernel } from "./kernel.js";
import { sumRows } from "./sum-rows.js";

interface ReductionAttributes {
  readonly axis?: number | number[];
  readonly reductionIndices?: number | number[];
  readonly keepDims: boolean;
}

function reduce(
  backend: OrtBackend,
  operator: string,
  x: Operand,
  type: ElementType,
  axes: number[],
  keepDims: boolean,
): Operand {
  if (axes.length === 0) return x;
  const shape = keepDims
    ? x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length))
    : x.shape.filter((_, axis) => !axes.includes(axis));
  const leading = axes.every((axis, index) => axis === index);
  const sum = operator === "ReduceSum" && type === "float32" && leading && sumRows(backend, x, axes.length, shape);
  if (sum) return sum;
  return backend.node(operator, [x, constant("int64", axes)], type, shape, {
    attributes: { keepdims: keepDims ? 1 : 0 },
  });
}

function axesOf(shape: number[], { axis, reductionIndices }: ReductionAttributes): number[] {
  return tf.util.parseAxisParam((axis ?? reductionIndices) as number, shape).sort((a, b) => a - b);
}

/** A reduction of float32 and int32; `bool` is reduced as int32 where `countsBool`. */
function reduction(operator: string, countsBool = false): Kernel {
  return kernel<{ x: tf.TensorInfo }, ReductionAttributes>((backend, { x }, attributes) => {
    if (x.dtype !== "float32" && x.dtype !== "int32" && !(countsBool && x.dtype === "bool")) return undefined;
    const type = x.dtype === "bool" ? "int32" : x.dtype;
    const axes = axesOf(x.shape, attributes);
    if (axes.length === 0 && type === x.dtype) return backend.share(x);
    const operand = cast(backend, backend.operand(x), type);
    return backend.output(reduce(backend, operator, operand, type, axes, attributes.keepDims));
  });
}

/** `all` and `any`: the least or greatest of the truth values. */
function logical(operator: string): Kernel {
  return kernel<{ x: tf.TensorInfo }, ReductionAttributes>((backend, { x }, attributes) => {
    if (x.dtype !== "bool") return undefined;
    const axes = axesOf(x.shape, attributes);
    if (axes.length === 0) return backend.share(x);
    const operand = cast(backend, backend.operand(x), "int32");
    return backend.output(
      cast(backend, reduce(backend, operator, operand, "int32", axes, attributes.keepDims), "bool"),
    );
  });
}

function position(operator: string): Kernel {
  return kernel<{ x: tf.TensorInfo }, { axis: number }>((backend, { x }, { axis }) => {
    if (x.dtype !== "float32" && x.dtype !== "int32") return undefined;
    const [first = 0] = tf.util.parseAxisParam(axis, x.shape);
    const shape = x.shape.filter((_, index) => index !== first);
    const options = { attributes: { axis: first, keepdims: 0 } };
    return backend.output(
      cast(backend, backend.node(operator, [backend.operand(x)], "int64", shape, options), "int32"),
    );
  });
}

/** Kernels that reduce, scan or sort along axes. */
export const reductionKernels: KernelTable = {
  [tf.Sum]: reduction("ReduceSum", true),
  [tf.Max]: reduction("ReduceMax"),
  [tf.Min]: reduction("ReduceMin"),
  [tf.Prod]: reduction("ReduceProd", true),
  [tf.All]: logical("ReduceMin"),
  [tf.Any]: logical("ReduceMax"),
  [tf.ArgMax]: position("ArgMax"),
  [tf.ArgMin]: position("ArgMin"),
  [tf.Mean]: kernel<{ x: tf.TensorInfo }, ReductionAttributes>((backend, { x }, attributes) => {
    const axes = axesOf(x.shape, attributes);
    if (axes.length === 0 && x.dtype === "float32") return backend.share(x);
    const operand = cast(backend, backend.operand(x), "float32");
    return backend.output(reduce(backend, "ReduceMean", operand, "float32", axes, attributes.keepDims));
  }),
  [tf.Softmax]: softmax("Softmax"),
  [tf.LogSoftmax]: softmax("LogSoftmax"),
  [tf.Cumsum]: kernel<tf.CumsumInputs, tf.CumsumAttrs>((backend, { x }, { axis, exclusive, reverse }) => {
    if (x.dtype !== "float32" && x.dtype !== "int32") return undefined;
    const [first = 0] = tf.util.parseAxisParam(axis, x.shape);
    const attributes = { exclusive: exclusive ? 1 : 0, reverse: reverse ? 1 : 0 };
    const inputs = [backend.operand(x), constant("int64", [first], [])];
    return backend.output(backend.node("CumSum", inputs, x.dtype, x.shape, { attributes }));
  }),
  [tf.TopK]: kernel<tf.TopKInputs, tf.TopKAttrs>((backend, { x }, { k }) => {
    if (x.dtype !== "float32" && x.dtype !== "int32") return undefined;
    if (k === 0 || x.shape.length === 0) return undefined;
    const shape = [...x.shape.slice(0, -1), k];
    const outputs = [
      { type: x.dtype, shape },
      { type: "int64", shape },
    ] as const;
    const [values, indices] = backend.nodes("TopK", [backend.operand(x), constant("int64", [k])], outputs);
    return [backend.output(values as Operand), backend.output(cast(backend, indices as Operand, "int32"))];
  }),
};

function softmax(operator: string): Kernel {
  return kernel<{ logits: tf.TensorInfo }, { dim?: number; axis?: number }>((backend, { logits }, { dim, axis }) => {
    if (logits.dtype !== "float32") return undefined;
    const { shape } = logits;
    const [last = 0] = tf.util.parseAxisParam(dim ?? axis ?? -1, shape);
    if (shape.length === 0) return undefined;
    return backend.output(
      backend.node(operator, [backend.operand(logits)], "float32", shape, { attributes: { axis: last } }),
    );
  });
}
