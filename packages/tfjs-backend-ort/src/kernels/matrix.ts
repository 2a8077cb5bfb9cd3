import * as tf from "@tensorflow/tfjs-core";
import type { OrtBackend } from "../backend/ort-backend.js";
import { constant, type Operand } from "../graph/graph.js";
import { type KernelTable, kernel, transpose, typeOf } from "./kernel.js";

/** Kernels of matrix products. */
export const matrixKernels: KernelTable = {
  [tf.BatchMatMul]: kernel<tf.BatchMatMulInputs, tf.BatchMatMulAttrs>(
    (backend, { a, b }, { transposeA, transposeB }) => {
      if (a.dtype !== b.dtype || (a.dtype !== "float32" && a.dtype !== "int32")) return undefined;
      return backend.output(matMul(backend, backend.operand(a), backend.operand(b), transposeA, transposeB));
    },
  ),
  [tf.Einsum]: kernel<tf.TensorInfo[], tf.EinsumAttrs>((backend, tensors, { equation }) => {
    const { decodeEinsumEquation, checkEinsumDimSizes } = tf.backend_util;
    const { allDims, idDims } = decodeEinsumEquation(equation, tensors.length);
    checkEinsumDimSizes(allDims.length, idDims, tensors as tf.Tensor[]);
    if (tensors.some(({ dtype }) => dtype !== "float32")) return undefined;
    const lengths = new Map<string, number>();
    tensors.forEach(({ shape }, index) => {
      shape.forEach((length, axis) => {
        lengths.set(allDims[(idDims[index] as number[])[axis] as number] as string, length);
      });
    });
    const [, result = ""] = equation.split("->");
    const shape = [...result.trim()].map((name) => lengths.get(name) as number);
    const operands = tensors.map((tensor) => backend.operand(tensor));
    return backend.output(
      backend.node("Einsum", operands, "float32", shape, { attributes: { equation: { text: equation } } }),
    );
  }),
  [tf._FusedMatMul]: kernel<tf._FusedMatMulInputs, tf._FusedMatMulAttrs>((backend, inputs, attributes) => {
    const { a, b, bias, preluActivationWeights } = inputs;
    const { transposeA, transposeB, activation, leakyreluAlpha } = attributes;
    if (a.dtype !== "float32" || b.dtype !== "float32" || activation === "prelu" || preluActivationWeights)
      return undefined;
    let result = matMul(backend, backend.operand(a), backend.operand(b), transposeA, transposeB);
    if (bias) result = backend.node("Add", [result, backend.operand(bias)], "float32", result.shape);
    return backend.output(activate(backend, result, activation, leakyreluAlpha));
  }),
};

/** `a b`, either transposed in its last two axes, with the leading axes broadcast against each other. */
export function matMul(backend: OrtBackend, a: Operand, b: Operand, transposeA: boolean, transposeB: boolean): Operand {
  const rows = a.shape.at(transposeA ? -1 : -2) as number;
  const columns = b.shape.at(transposeB ? -2 : -1) as number;
  const inner = [a.shape.at(transposeA ? -2 : -1), b.shape.at(transposeB ? -1 : -2)];
  tf.util.assert(
    inner[0] === inner[1],
    () =>
      `Error in matMul: inner shapes (${inner[0]}) and (${inner[1]}) of tensors with shapes ${a.shape} and ${b.shape} ` +
      `and transposeA=${transposeA} and transposeB=${transposeB} must match.`,
  );
  const outer = tf.backend_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const shape = [...outer, rows, columns];
  const type = typeOf(a);
  if (!transposeA && !transposeB) return backend.node("MatMul", [a, b], type, shape);
  if (type !== "float32") {
    const turned = [transposeA ? swap(backend, a) : a, transposeB ? swap(backend, b) : b];
    return backend.node("MatMul", turned, type, shape);
  }
  const attributes = { transA: transposeA ? 1 : 0, transB: transposeB ? 1 : 0 };
  return backend.node("FusedMatMul", [a, b], "float32", shape, { attributes, domain: "com.microsoft" });
}

/** `x` with its last two axes exchanged. */
function swap(backend: OrtBackend, x: Operand): Operand {
  const rank = x.shape.length;
  return transpose(backend, x, [...x.shape.keys()].slice(0, -2).concat(rank - 1, rank - 2));
}

/** The activation that a fused kernel applies to its result. */
export function activate(
  backend: OrtBackend,
  x: Operand,
  activation: tf.backend_util.Activation | undefined,
  leakyreluAlpha = 0.2,
): Operand {
  const apply = (operator: string, alpha?: number) =>
    backend.node(
      operator,
      [x],
      "float32",
      x.shape,
      alpha === undefined ? {} : { attributes: { alpha: { float: alpha } } },
    );
  if (activation === "relu") return apply("Relu");
  if (activation === "sigmoid") return apply("Sigmoid");
  if (activation === "elu") return apply("Elu");
  if (activation === "leakyrelu") return apply("LeakyRelu", leakyreluAlpha);
  if (activation === "relu6") {
    return backend.node("Min", [apply("Relu"), constant("float32", [6], [])], "float32", x.shape);
  }
  return x;
}
