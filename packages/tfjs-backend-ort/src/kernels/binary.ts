import * as tf from "@tensorflow/tfjs-core";
import type { OrtBackend } from "../backend/ort-backend.js";
import { constant, type Input, type Operand, sameShape } from "../graph/graph.js";
import type { ElementType } from "../onnx/encode-model.js";
import { cast, type Kernel, type KernelTable, kernel } from "./kernel.js";

/** Shape of `a` and `b` broadcast against each other. */
function broadcast(a: readonly number[], b: readonly number[]): readonly number[] {
  return sameShape(a, b) ? a : tf.backend_util.assertAndGetBroadcastShape(a as number[], b as number[]);
}

/** Arithmetic of two tensors of one type, which is also that of the result. */
function arithmetic(operator: string, types: readonly tf.DataType[] = ["float32", "int32"]): Kernel {
  return kernel<tf.BinaryInputs>((backend, { a, b }) => {
    if (a.dtype !== b.dtype || !types.includes(a.dtype)) return undefined;
    const operands = [backend.operand(a), backend.operand(b)];
    return backend.output(backend.node(operator, operands, a.dtype as "float32", broadcast(a.shape, b.shape)));
  });
}

/** Comparison of two tensors of one type. */
function comparison(operator: string, types: readonly tf.DataType[] = ["float32", "int32"]): Kernel {
  return kernel<tf.BinaryInputs>((backend, { a, b }) => {
    if (a.dtype !== b.dtype || !types.includes(a.dtype)) return undefined;
    return backend.output(compare(backend, operator, a, b));
  });
}

function compare(backend: OrtBackend, operator: string, a: tf.TensorInfo, b: tf.TensorInfo) {
  return backend.node(operator, [backend.operand(a), backend.operand(b)], "bool", broadcast(a.shape, b.shape));
}

/** The remainder with the sign of `b`, in doubles as the CPU backend has it: they hold every int32, and a division of integers by zero gives 0. */
function modulo(backend: OrtBackend, a: Operand, b: Operand, type: "float32" | "int32"): Operand {
  const shape = broadcast(a.shape, b.shape);
  const [dividend, divisor] = [cast(backend, a, "float64"), cast(backend, b, "float64")];
  const zero = constant("float64", [0], []);
  const node = (operator: string, inputs: readonly Input[], result: ElementType = "float64") =>
    backend.node(operator, inputs, result, shape, operator === "Mod" ? { attributes: { fmod: 1 } } : {});
  const remainder = node("Mod", [dividend, divisor]);
  const negative = (x: Operand) => backend.node("Less", [x, zero], "bool", x.shape);
  const opposed = node("Xor", [negative(dividend), negative(divisor)], "bool");
  const shifted = node("Mod", [node("Add", [remainder, divisor]), divisor]);
  const result = node("Where", [opposed, shifted, remainder]);
  if (type === "float32") return cast(backend, result, type);
  const invalid = backend.node("Equal", [divisor, zero], "bool", divisor.shape);
  return cast(backend, node("Where", [invalid, zero, result]), type);
}

/** Kernels that work on each pair of elements of two tensors. */
export const binaryKernels: KernelTable = {
  [tf.Add]: arithmetic("Add"),
  [tf.Sub]: arithmetic("Sub"),
  [tf.Multiply]: arithmetic("Mul"),
  [tf.RealDiv]: arithmetic("Div", ["float32"]),
  [tf.Maximum]: arithmetic("Max"),
  [tf.Minimum]: arithmetic("Min"),
  [tf.Pow]: arithmetic("Pow"),
  [tf.SquaredDifference]: kernel<tf.BinaryInputs>((backend, { a, b }) => {
    if (a.dtype !== b.dtype || (a.dtype !== "float32" && a.dtype !== "int32")) return undefined;
    const shape = broadcast(a.shape, b.shape);
    const difference = backend.node("Sub", [backend.operand(a), backend.operand(b)], a.dtype, shape);
    return backend.output(backend.node("Mul", [difference, difference], a.dtype, shape));
  }),
  [tf.FloorDiv]: kernel<tf.BinaryInputs>((backend, { a, b }) => {
    if (a.dtype !== b.dtype || (a.dtype !== "float32" && a.dtype !== "int32")) return undefined;
    const shape = broadcast(a.shape, b.shape);
    // Doubles hold every int32, so the quotient is floored exactly.
    const operands = [cast(backend, backend.operand(a), "float64"), cast(backend, backend.operand(b), "float64")];
    const quotient = backend.node("Div", operands, "float64", shape);
    return backend.output(cast(backend, backend.node("Floor", [quotient], "float64", shape), "int32"));
  }),
  [tf.Mod]: kernel<tf.BinaryInputs>((backend, { a, b }) => {
    if (a.dtype !== b.dtype || (a.dtype !== "float32" && a.dtype !== "int32")) return undefined;
    return backend.output(modulo(backend, backend.operand(a), backend.operand(b), a.dtype));
  }),
  [tf.BitwiseAnd]: arithmetic("BitwiseAnd", ["int32"]),
  [tf.Equal]: comparison("Equal", ["float32", "int32", "bool"]),
  [tf.NotEqual]: kernel<tf.BinaryInputs>((backend, { a, b }) => {
    if (a.dtype !== b.dtype || a.dtype === "string" || a.dtype === "complex64") return undefined;
    const equal = compare(backend, "Equal", a, b);
    return backend.output(backend.node("Not", [equal], "bool", equal.shape));
  }),
  [tf.Greater]: comparison("Greater"),
  [tf.GreaterEqual]: comparison("GreaterOrEqual"),
  [tf.Less]: comparison("Less"),
  [tf.LessEqual]: comparison("LessOrEqual"),
  [tf.LogicalAnd]: comparison("And", ["bool"]),
  [tf.LogicalOr]: comparison("Or", ["bool"]),
  [tf.AddN]: kernel<tf.TensorInfo[]>((backend, tensors) => {
    const [first] = tensors;
    if (!first || (first.dtype !== "float32" && first.dtype !== "int32")) return undefined;
    if (tensors.some((tensor) => tensor.dtype !== first.dtype)) return undefined;
    if (tensors.length === 1) return backend.share(first);
    let sum = backend.operand(first);
    for (const tensor of tensors.slice(1)) {
      sum = backend.node("Add", [sum, backend.operand(tensor)], first.dtype, first.shape);
    }
    return backend.output(sum);
  }),
  [tf.Select]: kernel<tf.SelectInputs>((backend, { condition, t, e }) => {
    if (t.dtype !== e.dtype || t.dtype === "complex64" || t.dtype === "string") return undefined;
    const { value } = backend.operand(condition);
    const rank = condition.shape.length;
    const shape =
      rank === 1 && t.shape.length > 1 ? [...condition.shape, ...t.shape.slice(1).map(() => 1)] : condition.shape;
    const operands = [{ value, shape }, backend.operand(t), backend.operand(e)];
    if (t.dtype !== "bool") return backend.output(backend.node("Where", operands, t.dtype as "float32", t.shape));
    const [, first, second] = operands.map((operand) => cast(backend, operand, "int32"));
    const chosen = backend.node("Where", [operands[0], first, second], "int32", t.shape);
    return backend.output(cast(backend, chosen, "bool"));
  }),
};
