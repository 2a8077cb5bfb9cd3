import * as tf from "@tensorflow/tfjs-core";
import type { OrtBackend } from "../backend/ort-backend.js";
import { constant, type Operand } from "../graph/graph.js";
import type { ElementType } from "../onnx/encode-model.js";
import { cast, type Kernel, type KernelTable, kernel, tensorOf, typeOf } from "./kernel.js";
import { sumRows } from "./sum-rows.js";

interface ReductionAttributes {
  readonly axis?: number | number[];
  readonly reductionIndices?: number | number[];
  readonly keepDims: boolean;
}

/** A reduction over `axes`, which are in order. */
export function reduce(
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

/** A reduction of float32 and int32; `bool` is reduced as int32. */
function reduction(operator: string): Kernel {
  return kernel<{ x: tf.TensorInfo }, ReductionAttributes>((backend, { x }, attributes) => {
    if (x.dtype !== "float32" && x.dtype !== "int32" && x.dtype !== "bool") return undefined;
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

/** ReduceMax or ReduceMin, but NaN where there is one: ONNX Runtime leaves it out. */
function extreme(operator: string): Kernel {
  return kernel<{ x: tf.TensorInfo }, ReductionAttributes>((backend, { x }, attributes) => {
    if (x.dtype !== "float32" && x.dtype !== "int32") return undefined;
    const axes = axesOf(x.shape, attributes);
    if (axes.length === 0) return backend.share(x);
    const operand = backend.operand(x);
    const result = reduce(backend, operator, operand, x.dtype, axes, attributes.keepDims);
    if (x.dtype === "int32") return backend.output(result);
    const invalid = cast(backend, backend.node("IsNaN", [operand], "bool", x.shape), "float32");
    const count = reduce(backend, "ReduceSum", invalid, "float32", axes, attributes.keepDims);
    const inputs = [cast(backend, count, "bool"), constant("float32", [Number.NaN], []), result];
    return backend.output(backend.node("Where", inputs, "float32", result.shape));
  });
}

/**
 * ArgMax or ArgMin, which `worst` never wins. As on the CPU backend a NaN is passed over, unless it comes first: then nothing is better.
 */
function position(operator: string, worst: number): Kernel {
  return kernel<{ x: tf.TensorInfo }, { axis: number }>((backend, { x }, { axis }) => {
    if (x.dtype !== "float32" && x.dtype !== "int32") return undefined;
    const [along = 0] = tf.util.parseAxisParam(axis, x.shape);
    const shape = x.shape.filter((_, index) => index !== along);
    const find = (operand: Operand) => {
      const options = { attributes: { axis: along, keepdims: 0 } };
      return cast(backend, backend.node(operator, [operand], "int64", shape, options), "int32");
    };
    const operand = backend.operand(x);
    if (x.dtype === "int32") return backend.output(find(operand));
    const invalid = backend.node("IsNaN", [operand], "bool", x.shape);
    const valid = backend.node("Where", [invalid, constant("float32", [worst], []), operand], "float32", x.shape);
    const firstInvalid = backend.node("Gather", [invalid, constant("int64", [0], [])], "bool", shape, {
      attributes: { axis: along },
    });
    const inputs = [firstInvalid, constant("int32", [0], []), find(valid)];
    return backend.output(backend.node("Where", inputs, "int32", shape));
  });
}

/** `x` moved `distance` elements along an axis, with ones moving in. */
function shift(backend: OrtBackend, x: Operand, along: number, distance: number, reverse: boolean): Operand {
  const by = x.shape.map((_, axis) => (axis !== along ? 0 : reverse ? -distance : distance));
  const pads = constant("int64", [...by, ...by.map((length) => -length)]);
  return backend.node("Pad", [x, pads, constant(typeOf(x), [1], [])], typeOf(x), x.shape);
}

/** Kernels that reduce, scan or sort along axes. */
export const reductionKernels: KernelTable = {
  [tf.Sum]: reduction("ReduceSum"),
  [tf.Max]: extreme("ReduceMax"),
  [tf.Min]: extreme("ReduceMin"),
  [tf.Prod]: reduction("ReduceProd"),
  [tf.All]: logical("ReduceMin"),
  [tf.Any]: logical("ReduceMax"),
  [tf.ArgMax]: position("ArgMax", Number.NEGATIVE_INFINITY),
  [tf.ArgMin]: position("ArgMin", Number.POSITIVE_INFINITY),
  [tf.Mean]: kernel<{ x: tf.TensorInfo }, ReductionAttributes>((backend, { x }, attributes) => {
    const axes = axesOf(x.shape, attributes);
    if (axes.length === 0 && x.dtype === "float32") return backend.share(x);
    const operand = cast(backend, backend.operand(x), "float32");
    return backend.output(reduce(backend, "ReduceMean", operand, "float32", axes, attributes.keepDims));
  }),
  [tf.Softmax]: kernel<tf.SoftmaxInputs, tf.SoftmaxAttrs>((backend, { logits }, { dim }) => {
    const { shape, dtype } = logits;
    if (dtype !== "float32" || shape.length === 0) return undefined;
    const [axis = 0] = tf.util.parseAxisParam(dim, shape);
    return backend.output(
      backend.node("Softmax", [backend.operand(logits)], "float32", shape, { attributes: { axis } }),
    );
  }),
  [tf.Cumsum]: kernel<tf.CumsumInputs, tf.CumsumAttrs>((backend, { x }, { axis, exclusive, reverse }) => {
    if (x.dtype !== "float32" && x.dtype !== "int32") return undefined;
    const [first = 0] = tf.util.parseAxisParam(axis, x.shape);
    const attributes = { exclusive: exclusive ? 1 : 0, reverse: reverse ? 1 : 0 };
    const inputs = [backend.operand(x), constant("int64", [first], [])];
    return backend.output(backend.node("CumSum", inputs, x.dtype, x.shape, { attributes }));
  }),
  [tf.Cumprod]: kernel<tf.CumprodInputs, tf.CumprodAttrs>((backend, { x }, { axis, exclusive, reverse }) => {
    if (x.dtype !== "float32" && x.dtype !== "int32") return undefined;
    const [along = 0] = tf.util.parseAxisParam(axis, x.shape);
    const length = x.shape[along] ?? 1;
    let products = backend.operand(x);
    // Each round doubles the number of elements in every product.
    if (exclusive) products = shift(backend, products, along, 1, reverse);
    for (let distance = 1; distance < length; distance *= 2) {
      const inputs = [products, shift(backend, products, along, distance, reverse)];
      products = backend.node("Mul", inputs, x.dtype, x.shape);
    }
    return tensorOf(backend, products, x);
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
