import * as tf from "@tensorflow/tfjs-core";
import type { OrtBackend } from "../backend/ort-backend.js";
import { constant, type Operand } from "../graph/graph.js";
import { cast, type Kernel, type KernelTable, kernel, typeOf } from "./kernel.js";

const one = constant("float32", [1], []);
const zero = constant("float32", [0], []);
const half = constant("float32", [0.5], []);

/** A kernel of one float input whose ONNX operator means the same. */
function float(operator: string): Kernel {
  return kernel<tf.UnaryInputs>((backend, { x }) => {
    if (x.dtype !== "float32") return undefined;
    return backend.output(backend.node(operator, [backend.operand(x)], "float32", x.shape));
  });
}

/** As {@link float}, for operators that also take int32. */
function numeric(operator: string): Kernel {
  return kernel<tf.UnaryInputs>((backend, { x }) => {
    if (x.dtype !== "float32" && x.dtype !== "int32") return undefined;
    return backend.output(backend.node(operator, [backend.operand(x)], x.dtype, x.shape));
  });
}

/** A kernel of one float input that a few nodes make up. */
function composed(map: (backend: OrtBackend, x: Operand, attributes: object) => Operand): Kernel {
  return kernel<tf.UnaryInputs>((backend, { x }, attributes) => {
    if (x.dtype !== "float32") return undefined;
    return backend.output(map(backend, backend.operand(x), attributes));
  });
}

function like(
  backend: OrtBackend,
  operator: string,
  x: Operand,
  ...others: Parameters<OrtBackend["node"]>[1]
): Operand {
  return backend.node(operator, [x, ...others], typeOf(x), x.shape);
}

/** log(1 + x) without the loss of digits near 0: log(u) x / (u - 1) with u = 1 + x, which is x itself where u = 1. */
function log1p(backend: OrtBackend, x: Operand): Operand {
  const u = like(backend, "Add", x, one);
  const log = like(backend, "Log", u);
  const corrected = like(backend, "Mul", log, like(backend, "Div", x, like(backend, "Sub", u, one)));
  const small = backend.node("Less", [like(backend, "Abs", x), half], "bool", x.shape);
  const unchanged = backend.node("Equal", [u, one], "bool", x.shape);
  const precise = backend.node("Where", [unchanged, x, corrected], "float32", x.shape);
  return backend.node("Where", [small, precise, log], "float32", x.shape);
}

/** exp(x) - 1 without the loss of digits near 0: 2 tanh(x/2) / (1 - tanh(x/2)). */
function expm1(backend: OrtBackend, x: Operand): Operand {
  const tanh = like(backend, "Tanh", like(backend, "Mul", x, half));
  const precise = like(
    backend,
    "Div",
    like(backend, "Add", tanh, tanh),
    like(backend, "Sub", like(backend, "Neg", tanh), constant("float32", [-1], [])),
  );
  const plain = like(backend, "Sub", like(backend, "Exp", x), one);
  const small = backend.node("Less", [like(backend, "Abs", x), half], "bool", x.shape);
  return backend.node("Where", [small, precise, plain], "float32", x.shape);
}

/** sin(x) / cos(x) in double precision: near a pole ONNX Runtime's Tan is a digit off. */
function tan(backend: OrtBackend, x: Operand): Operand {
  const precise = cast(backend, x, "float64");
  return cast(backend, like(backend, "Div", like(backend, "Sin", precise), like(backend, "Cos", precise)), "float32");
}

/** Kernels that work on each element of one tensor. */
export const elementwiseKernels: KernelTable = {
  [tf.Abs]: numeric("Abs"),
  [tf.Acos]: float("Acos"),
  [tf.Acosh]: float("Acosh"),
  [tf.Asin]: float("Asin"),
  [tf.Asinh]: float("Asinh"),
  [tf.Atan]: float("Atan"),
  [tf.Atanh]: float("Atanh"),
  [tf.Ceil]: float("Ceil"),
  [tf.Cos]: float("Cos"),
  [tf.Cosh]: float("Cosh"),
  [tf.Erf]: float("Erf"),
  [tf.Exp]: float("Exp"),
  [tf.Expm1]: composed(expm1),
  [tf.Floor]: float("Floor"),
  [tf.Log]: float("Log"),
  [tf.Log1p]: composed(log1p),
  [tf.Neg]: numeric("Neg"),
  [tf.Reciprocal]: float("Reciprocal"),
  [tf.Relu]: numeric("Relu"),
  [tf.Round]: kernel<tf.RoundInputs>((backend, { x }) => {
    if (x.dtype === "int32") return backend.share(x);
    if (x.dtype !== "float32") return undefined;
    return backend.output(like(backend, "Round", backend.operand(x)));
  }),
  [tf.Sigmoid]: float("Sigmoid"),
  [tf.Sign]: kernel<tf.SignInputs>((backend, { x }) => {
    if (x.dtype !== "float32" && x.dtype !== "int32") return undefined;
    const operand = backend.operand(x);
    const sign = like(backend, "Sign", operand);
    if (x.dtype === "int32") return backend.output(sign);
    // The CPU kernel finds that NaN is neither positive nor negative.
    const invalid = backend.node("IsNaN", [operand], "bool", x.shape);
    return backend.output(backend.node("Where", [invalid, zero, sign], "float32", x.shape));
  }),
  [tf.Sin]: float("Sin"),
  [tf.Sinh]: float("Sinh"),
  [tf.Softplus]: float("Softplus"),
  [tf.Sqrt]: float("Sqrt"),
  [tf.Tan]: composed(tan),
  [tf.Tanh]: float("Tanh"),
  [tf.Rsqrt]: composed((backend, x) => like(backend, "Reciprocal", like(backend, "Sqrt", x))),
  [tf.Square]: kernel<tf.SquareInputs>((backend, { x }) => {
    if (x.dtype !== "float32" && x.dtype !== "int32") return undefined;
    const operand = backend.operand(x);
    return backend.output(like(backend, "Mul", operand, operand));
  }),
  [tf.Step]: composed((backend, x, attributes) => {
    const { alpha } = attributes as tf.StepAttrs;
    const sign = like(backend, "Sign", x);
    if (!alpha) return like(backend, "Max", sign, zero);
    const positive = backend.node("Greater", [x, zero], "bool", x.shape);
    const invalid = backend.node("IsNaN", [x], "bool", x.shape);
    const otherwise = backend.node("Where", [invalid, x, backend.scalar(alpha)], "float32", x.shape);
    return backend.node("Where", [positive, one, otherwise], "float32", x.shape);
  }),
  [tf.Relu6]: composed((backend, x) => like(backend, "Min", like(backend, "Relu", x), constant("float32", [6], []))),
  [tf.Elu]: float("Elu"),
  [tf.Selu]: composed((backend, x) => {
    const attributes = { alpha: { float: 1.6732632423543772 }, gamma: { float: 1.0507009873554805 } };
    return backend.node("Selu", [x], "float32", x.shape, { attributes });
  }),
  [tf.LeakyRelu]: composed((backend, x, attributes) => {
    const { alpha } = attributes as tf.LeakyReluAttrs;
    return backend.node("LeakyRelu", [x], "float32", x.shape, { attributes: { alpha: { float: alpha } } });
  }),
  [tf.ClipByValue]: kernel<tf.UnaryInputs, tf.ClipByValueAttrs>((backend, { x }, { clipValueMin, clipValueMax }) => {
    if (x.dtype !== "float32" && x.dtype !== "int32") return undefined;
    const bounded = like(backend, "Max", backend.operand(x), backend.scalar(clipValueMin, x.dtype));
    return backend.output(like(backend, "Min", bounded, backend.scalar(clipValueMax, x.dtype)));
  }),
  [tf.IsNan]: predicate("IsNaN"),
  [tf.IsInf]: predicate("IsInf"),
  [tf.IsFinite]: kernel<tf.UnaryInputs>((backend, { x }) => {
    if (x.dtype !== "float32") return undefined;
    const operand = backend.operand(x);
    const difference = like(backend, "Sub", operand, operand);
    return backend.output(backend.node("Equal", [difference, zero], "bool", x.shape));
  }),
  [tf.LogicalNot]: kernel<tf.LogicalNotInputs>((backend, { x }) => {
    if (x.dtype !== "bool") return undefined;
    return backend.output(like(backend, "Not", backend.operand(x)));
  }),
  [tf.Cast]: kernel<tf.CastInputs, tf.CastAttrs>((backend, { x }, { dtype }) => {
    if (dtype !== "float32" && dtype !== "int32" && dtype !== "bool") return undefined;
    if (dtype === x.dtype) return backend.share(x);
    const { value, shape } = backend.operand(x);
    return backend.output(cast(backend, { value: value.parts?.real ?? value, shape }, dtype));
  }),
  [tf.Prelu]: kernel<tf.PreluInputs>((backend, { x, alpha }) => {
    if (x.dtype !== "float32" || alpha.dtype !== "float32") return undefined;
    const operand = backend.operand(x);
    const shape = tf.backend_util.assertAndGetBroadcastShape(x.shape, alpha.shape);
    const scaled = backend.node("Mul", [operand, backend.operand(alpha)], "float32", shape);
    const negative = backend.node("Less", [operand, zero], "bool", x.shape);
    return backend.output(backend.node("Where", [negative, scaled, operand], "float32", shape));
  }),
  [tf.EluGrad]: kernel<tf.EluGradInputs>((backend, { dy, y }) => {
    const result = backend.operand(y);
    const positive = backend.node("GreaterOrEqual", [result, zero], "bool", y.shape);
    const slope = backend.node("Where", [positive, one, like(backend, "Add", result, one)], "float32", y.shape);
    return backend.output(like(backend, "Mul", backend.operand(dy), slope));
  }),
};

function predicate(operator: string): Kernel {
  return kernel<tf.UnaryInputs>((backend, { x }) => {
    if (x.dtype !== "float32") return undefined;
    return backend.output(backend.node(operator, [backend.operand(x)], "bool", x.shape));
  });
}
