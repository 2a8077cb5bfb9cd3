import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { ortReport, registerGradients, registerOrtBackend, resetOrtReport } from "@tesserae/tfjs-backend-ort";
import { beforeAll, describe, expect, it } from "vitest";

/** Inputs of a case: a shape, with what it holds if that is not numbers between -2 and 2. */
type Input = {
  readonly shape: number[];
  readonly kind?: Kind;
  readonly values?: number[];
  readonly dtype?: tf.DataType;
};
type Kind = "signed" | "positive" | "unit" | "above one" | "integer" | "boolean" | "distinct";
type Case = readonly [
  name: string,
  inputs: readonly Input[],
  run: (...tensors: tf.Tensor[]) => tf.Tensor | tf.Tensor[],
];

const signed = (...shape: number[]): Input => ({ shape });
const positive = (...shape: number[]): Input => ({ shape, kind: "positive" });
const unit = (...shape: number[]): Input => ({ shape, kind: "unit" });
const distinct = (...shape: number[]): Input => ({ shape, kind: "distinct" });
const integer = (...shape: number[]): Input => ({ shape, kind: "integer", dtype: "int32" });
const boolean = (...shape: number[]): Input => ({ shape, kind: "boolean", dtype: "bool" });
const indices = (values: number[], ...shape: number[]): Input => ({ shape, values, dtype: "int32" });
const floats = (...values: number[]): Input => ({ shape: [values.length], values });

/** Cases that are compared in value and, with respect to their float inputs, in gradient. */
const differentiable: readonly Case[] = [
  ["abs", [signed(3, 4)], (x) => tf.abs(x!)],
  ["acos", [unit(7)], (x) => tf.acos(x!)],
  ["acosh", [{ shape: [7], kind: "above one" }], (x) => tf.acosh(x!)],
  ["asin", [unit(7)], (x) => tf.asin(x!)],
  ["asinh", [signed(7)], (x) => tf.asinh(x!)],
  ["atan", [signed(7)], (x) => tf.atan(x!)],
  ["atanh", [unit(7)], (x) => tf.atanh(x!)],
  ["ceil", [signed(7)], (x) => tf.ceil(x!)],
  ["cos", [signed(7)], (x) => tf.cos(x!)],
  ["cosh", [signed(7)], (x) => tf.cosh(x!)],
  ["elu", [signed(9)], (x) => tf.elu(x!)],
  ["erf", [signed(9)], (x) => tf.erf(x!)],
  ["exp", [signed(2, 3)], (x) => tf.exp(x!)],
  ["expm1", [signed(9)], (x) => tf.expm1(x!)],
  ["floor", [signed(7)], (x) => tf.floor(x!)],
  ["leakyRelu", [signed(9)], (x) => tf.leakyRelu(x!, 0.3)],
  ["log", [positive(9)], (x) => tf.log(x!)],
  ["log1p", [positive(9)], (x) => tf.log1p(x!)],
  ["neg", [signed(9)], (x) => tf.neg(x!)],
  ["prelu", [signed(3, 4), positive(4)], (x, alpha) => tf.prelu(x!, alpha!)],
  ["reciprocal", [positive(9)], (x) => tf.reciprocal(x!)],
  ["relu", [signed(9)], (x) => tf.relu(x!)],
  ["relu6", [signed(9)], (x) => tf.relu6(tf.mul(x!, 5))],
  ["round", [signed(9)], (x) => tf.round(x!)],
  ["rsqrt", [positive(9)], (x) => tf.rsqrt(x!)],
  ["selu", [signed(9)], (x) => tf.selu(x!)],
  ["sigmoid", [signed(9)], (x) => tf.sigmoid(x!)],
  ["sign", [signed(9)], (x) => tf.sign(x!)],
  ["sin", [signed(9)], (x) => tf.sin(x!)],
  ["sinh", [signed(9)], (x) => tf.sinh(x!)],
  ["softplus", [signed(9)], (x) => tf.softplus(x!)],
  ["sqrt", [positive(9)], (x) => tf.sqrt(x!)],
  ["square", [signed(9)], (x) => tf.square(x!)],
  ["step", [signed(9)], (x) => tf.step(x!, 0.5)],
  ["tan", [unit(9)], (x) => tf.tan(x!)],
  ["tanh", [signed(9)], (x) => tf.tanh(x!)],
  ["clipByValue", [signed(9)], (x) => tf.clipByValue(x!, -0.5, 0.75)],
  ["add, broadcast", [signed(2, 1, 3), signed(4, 1)], (a, b) => tf.add(a!, b!)],
  ["sub, broadcast", [signed(3), signed(2, 3)], (a, b) => tf.sub(a!, b!)],
  ["mul, broadcast", [signed(2, 3), signed(2, 1)], (a, b) => tf.mul(a!, b!)],
  ["div, broadcast", [signed(2, 3), positive(3)], (a, b) => tf.div(a!, b!)],
  ["pow", [positive(2, 3), signed(3)], (a, b) => tf.pow(a!, b!)],
  ["maximum", [signed(2, 3), distinct(2, 3)], (a, b) => tf.maximum(a!, b!)],
  ["minimum", [signed(2, 3), distinct(2, 3)], (a, b) => tf.minimum(a!, b!)],
  ["squaredDifference", [signed(2, 3), distinct(2, 3)], (a, b) => tf.squaredDifference(a!, b!)],
  ["floorDiv", [signed(8), positive(8)], (a, b) => tf.floorDiv(a!, b!)],
  ["mod", [signed(8), positive(8)], (a, b) => tf.mod(a!, b!)],
  ["atan2", [signed(8), positive(8)], (a, b) => tf.atan2(a!, b!)],
  ["addN", [signed(3), signed(3), signed(3)], (...all) => tf.addN(all)],
  ["where", [boolean(2, 3), signed(2, 3), signed(2, 3)], (c, a, b) => tf.where(c!, a!, b!)],
  ["sum, all", [signed(2, 3, 4)], (x) => tf.sum(x!)],
  ["sum, axes", [signed(2, 3, 4)], (x) => tf.sum(x!, [0, 2])],
  ["sum, kept", [signed(2, 3, 4)], (x) => tf.sum(x!, -1, true)],
  ["mean", [signed(2, 3, 4)], (x) => tf.mean(x!, [1, 2])],
  ["mean, kept", [signed(5, 3)], (x) => tf.mean(x!, 0, true)],
  ["max", [distinct(3, 4)], (x) => tf.max(x!, 1)],
  ["min", [distinct(3, 4)], (x) => tf.min(x!, 0, true)],
  ["logSumExp", [signed(3, 4)], (x) => tf.logSumExp(x!, 1)],
  ["softmax", [signed(2, 3, 5)], (x) => tf.softmax(x!)],
  ["logSoftmax", [signed(2, 5)], (x) => tf.logSoftmax(x!)],
  ["cumsum", [signed(3, 4)], (x) => tf.cumsum(x!, 1)],
  ["cumsum, exclusive and reverse", [signed(3, 4)], (x) => tf.cumsum(x!, 1, true, true)],
  ["norm", [positive(3, 4)], (x) => tf.norm(x!, "euclidean", 1)],
  ["moments", [signed(3, 4)], (x) => tf.moments(x!, 1).variance],
  ["matMul", [signed(3, 4), signed(4, 2)], (a, b) => tf.matMul(a!, b!)],
  ["matMul, first transposed", [signed(4, 3), signed(4, 2)], (a, b) => tf.matMul(a!, b!, true, false)],
  ["matMul, second transposed", [signed(2, 3, 4), signed(2, 5, 4)], (a, b) => tf.matMul(a!, b!, false, true)],
  ["matMul, both transposed", [signed(2, 4, 3), signed(2, 5, 4)], (a, b) => tf.matMul(a!, b!, true, true)],
  ["matMul, rank 4", [signed(2, 3, 4, 2), signed(2, 3, 2, 5)], (a, b) => tf.matMul(a!, b!)],
  ["dot", [signed(4), signed(4)], (a, b) => tf.dot(a!, b!)],
  ["outerProduct", [signed(4), signed(3)], (a, b) => tf.outerProduct(a as tf.Tensor1D, b as tf.Tensor1D)],
  [
    "fused matMul",
    [signed(3, 4), signed(4, 2), signed(2)],
    (a, b, bias) => tf.fused.matMul({ a: a!, b: b!, bias: bias!, activation: "relu" }),
  ],
  ["transpose", [signed(2, 3, 4)], (x) => tf.transpose(x!, [2, 0, 1])],
  ["transpose of a single row", [signed(1, 3)], (x) => tf.transpose(x!)],
  [
    "reshape between two uses",
    [signed(2, 6)],
    (x) => tf.matMul(tf.reshape(tf.exp(x!), [4, 3]), tf.reshape(x!, [3, 4])),
  ],
  ["expandDims", [signed(2, 3)], (x) => tf.mul(tf.expandDims(x!, 1), tf.expandDims(x!, -1))],
  ["slice", [signed(4, 5)], (x) => tf.slice(x!, [1, 0], [2, 3])],
  ["reverse", [signed(4, 5)], (x) => tf.reverse(x!, [1])],
  ["concat", [signed(2, 3), signed(2, 1)], (a, b) => tf.concat([a!, b!], 1)],
  ["stack", [signed(2, 3), signed(2, 3)], (a, b) => tf.stack([a!, b!], 1)],
  ["unstack", [signed(3, 2)], (x) => tf.unstack(x!, 1)],
  ["split", [signed(2, 6)], (x) => tf.split(x!, [1, 2, 3], 1)],
  ["tile", [signed(2, 3)], (x) => tf.tile(x!, [2, 2])],
  ["broadcastTo", [signed(2, 1)], (x) => tf.broadcastTo(x!, [3, 2, 4])],
  [
    "pad",
    [signed(2, 3)],
    (x) =>
      tf.pad(
        x!,
        [
          [1, 0],
          [2, 1],
        ],
        0.5,
      ),
  ],
  [
    "mirrorPad, reflect",
    [signed(3, 4)],
    (x) =>
      tf.mirrorPad(
        x!,
        [
          [1, 1],
          [2, 0],
        ],
        "reflect",
      ),
  ],
  [
    "mirrorPad, symmetric",
    [signed(3, 4)],
    (x) =>
      tf.mirrorPad(
        x!,
        [
          [1, 1],
          [2, 0],
        ],
        "symmetric",
      ),
  ],
  ["gather, rows repeated", [signed(4, 3), indices([1, 1, 3, 0], 4)], (x, i) => tf.gather(x!, i as tf.Tensor1D)],
  ["gather, rank 2", [signed(4, 3), indices([1, 1, 3, 0], 2, 2)], (x, i) => tf.gather(x!, i as tf.Tensor1D)],
  ["gather, last axis", [signed(4, 3), indices([2, 0, 2], 3)], (x, i) => tf.gather(x!, i as tf.Tensor1D, 1)],
  [
    "unsortedSegmentSum",
    [signed(5, 2), indices([0, 2, -1, 2, 0], 5)],
    (x, i) => tf.unsortedSegmentSum(x!, i as tf.Tensor1D, 3),
  ],
  [
    "layer normalisation",
    [signed(3, 8), signed(8), signed(8)],
    (x, gain, bias) => {
      const centred = tf.sub(x!, tf.mean(x!, -1, true));
      const variance = tf.mean(tf.square(centred), -1, true);
      return tf.add(tf.mul(tf.div(centred, tf.sqrt(tf.add(variance, 1e-5))), gain!), bias!);
    },
  ],
  [
    "conv2d",
    [signed(2, 6, 6, 3), signed(3, 3, 3, 4)],
    (x, filter) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, "same"),
  ],
  [
    "conv2d, strided",
    [signed(2, 7, 8, 3), signed(3, 2, 3, 4)],
    (x, filter) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, [2, 3], "valid"),
  ],
  [
    "conv2d, strided and padded",
    [signed(2, 8, 7, 3), signed(3, 3, 3, 4)],
    (x, filter) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 2, "same"),
  ],
  [
    "depthwiseConv2d",
    [signed(2, 6, 6, 3), signed(3, 3, 3, 2)],
    (x, filter) => tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, "same"),
  ],
  ["maxPool", [distinct(2, 6, 6, 3)], (x) => tf.maxPool(x as tf.Tensor4D, 2, 2, "valid")],
  ["avgPool", [signed(2, 6, 6, 3)], (x) => tf.avgPool(x as tf.Tensor4D, 3, 2, "same")],
  ["resizeBilinear", [signed(1, 4, 4, 2)], (x) => tf.image.resizeBilinear(x as tf.Tensor4D, [7, 5])],
];

/** Cases that are compared in value only. */
const others: readonly Case[] = [
  ["einsum", [signed(2, 3, 4), signed(2, 4, 5)], (a, b) => tf.einsum("bij,bjk->bik", a!, b!)],
  ["stridedSlice", [signed(4, 5)], (x) => tf.stridedSlice(x!, [0, 1], [4, 5], [2, 2])],
  ["prod", [signed(3, 4)], (x) => tf.prod(x!, 1)],
  ["extremes, broadcast", [signed(2, 3), signed(3)], (a, b) => [tf.maximum(a!, b!), tf.minimum(a!, b!)]],
  ["squaredDifference, broadcast", [signed(2, 3), signed(3)], (a, b) => tf.squaredDifference(a!, b!)],
  ["stridedSlice backwards", [signed(4, 5)], (x) => tf.stridedSlice(x!, [3, 4], [0, 0], [-1, -2], 0, 1)],
  ["argMax", [distinct(3, 4)], (x) => tf.argMax(x!, 1)],
  ["argMin", [distinct(3, 4)], (x) => tf.argMin(x!, 0)],
  ["argMax, the first of equals", [floats(1, 3, 3, 2)], (x) => tf.argMax(x!)],
  ["topk", [distinct(3, 5)], (x) => Object.values(tf.topk(x!, 3))],
  ["all and any", [boolean(3, 4)], (x) => [tf.all(x!, 1), tf.any(x!, 0)]],
  ["cast float to int", [signed(9)], (x) => tf.cast(x!, "int32")],
  ["cast float to bool", [floats(0, 0.5, -1, 0)], (x) => tf.cast(x!, "bool")],
  ["cast int to float", [integer(9)], (x) => tf.cast(x!, "float32")],
  ["cast bool to int", [boolean(9)], (x) => tf.cast(x!, "int32")],
  ["int arithmetic", [integer(3, 4), integer(4)], (a, b) => [tf.add(a!, b!), tf.sub(a!, b!), tf.mul(a!, b!)]],
  ["int extremes", [integer(3, 4), integer(4)], (a, b) => [tf.maximum(a!, b!), tf.minimum(a!, b!)]],
  ["int unary", [integer(3, 4)], (x) => [tf.neg(x!), tf.abs(x!), tf.sign(x!), tf.square(x!), tf.relu(x!)]],
  ["int unary as float", [integer(3, 4)], (x) => tf.exp(x!)],
  ["int floorDiv", [indices([7, -7, 7, -7, 0], 5), indices([2, 2, -2, -2, 3], 5)], (a, b) => tf.floorDiv(a!, b!)],
  ["int mod", [indices([7, -7, 7, -7, 0], 5), indices([3, 3, -3, -3, 3], 5)], (a, b) => tf.mod(a!, b!)],
  ["int reductions", [integer(3, 4)], (x) => [tf.sum(x!, 0), tf.max(x!, 1), tf.min(x!), tf.prod(x!, 1)]],
  ["int mean", [integer(3, 4)], (x) => tf.mean(x!, 0)],
  ["int matMul", [integer(3, 4), integer(4, 2)], (a, b) => tf.matMul(a!, b!)],
  ["int cumsum", [integer(3, 4)], (x) => tf.cumsum(x!, 1)],
  ["int layout", [integer(3, 4)], (x) => [tf.transpose(x!), tf.slice(x!, [1, 1], [2, 2]), tf.tile(x!, [2, 1])]],
  ["bool sum", [boolean(3, 4)], (x) => tf.sum(x!, 0)],
  [
    "bool logic",
    [boolean(3, 4), boolean(4)],
    (a, b) => [tf.logicalAnd(a!, b!), tf.logicalOr(a!, b!), tf.logicalNot(a!)],
  ],
  ["bool xor", [boolean(3, 4), boolean(3, 4)], (a, b) => tf.logicalXor(a!, b!)],
  [
    "bool layout",
    [boolean(3, 4)],
    (x) => [tf.transpose(x!), tf.concat([x!, x!], 0), tf.tile(x!, [1, 2]), tf.reverse(x!, 0)],
  ],
  ["bool where", [boolean(4), boolean(4), boolean(4)], (c, a, b) => tf.where(c!, a!, b!)],
  [
    "bool pad",
    [boolean(2, 2)],
    (x) =>
      tf.pad(x!, [
        [1, 0],
        [0, 1],
      ]),
  ],
  [
    "comparisons",
    [integer(3, 4), integer(4)],
    (a, b) => [
      tf.equal(a!, b!),
      tf.notEqual(a!, b!),
      tf.less(a!, b!),
      tf.lessEqual(a!, b!),
      tf.greater(a!, b!),
      tf.greaterEqual(a!, b!),
    ],
  ],
  [
    "comparisons of floats",
    [floats(1, 2, Number.NaN, 4), floats(1, 3, Number.NaN, 3)],
    (a, b) => [
      tf.equal(a!, b!),
      tf.notEqual(a!, b!),
      tf.less(a!, b!),
      tf.lessEqual(a!, b!),
      tf.greater(a!, b!),
      tf.greaterEqual(a!, b!),
    ],
  ],
  [
    "oneHot",
    [indices([2, 0, -1, 5], 4)],
    (x) => [tf.oneHot(x as tf.Tensor1D, 4), tf.oneHot(x as tf.Tensor1D, 4, 3, -1, "float32")],
  ],
  ["oneHot, rank 2", [indices([2, 0, 1, 3], 2, 2)], (x) => tf.oneHot(x as tf.Tensor1D, 4, 1, 0, "float32")],
  ["gather, batched", [signed(2, 4, 3), indices([1, 1, 3, 0], 2, 2)], (x, i) => tf.gather(x!, i as tf.Tensor1D, 1, 1)],
  ["gather of ints", [integer(4, 2), indices([3, 0], 2)], (x, i) => tf.gather(x!, i as tf.Tensor1D)],
  ["gatherND", [signed(3, 4), indices([0, 1, 2, 3], 2, 2)], (x, i) => tf.gatherND(x!, i!)],
  ["scatterND, positions repeated", [indices([1, 3, 1], 3, 1), signed(3, 2)], (i, x) => tf.scatterND(i!, x!, [4, 2])],
  ["zerosLike and onesLike", [integer(20, 20)], (x) => [tf.zerosLike(x!), tf.onesLike(x!)]],
  ["fill", [], () => [tf.fill([3], 7, "int32"), tf.fill([20, 20], 0.5), tf.fill([20, 20], 1, "bool")]],
  ["range and linspace", [], () => [tf.range(0, 5), tf.linspace(0, 1, 5)]],
  ["eye", [], () => tf.eye(4)],
  ["cumprod", [signed(3, 4)], (x) => tf.cumprod(x!, 1)],
  [
    "isNaN, isInf, isFinite",
    [floats(1, Number.NaN, Infinity, -Infinity)],
    (x) => [tf.isNaN(x!), tf.isInf(x!), tf.isFinite(x!)],
  ],
  [
    "an empty tensor",
    [{ shape: [0, 3] }, signed(2, 3)],
    (a, b) => [tf.concat([a!, b!], 0), tf.add(a!, 1), tf.sum(a!, 0)],
  ],
  ["a slice of nothing", [signed(4, 3)], (x) => tf.slice(x!, [2, 0], [0, 3])],
  [
    "complex numbers",
    [signed(4), signed(4)],
    (a, b) => {
      const z = tf.mul(tf.complex(a!, b!), tf.complex(b!, a!));
      return [tf.real(z), tf.imag(z), tf.real(tf.fft(z))];
    },
  ],
];

/** NaN and the infinities where kernels could treat them differently. */
const special = floats(Number.NaN, Infinity, -Infinity, 0, -0, 1, -1, 3e38);
const extremes: readonly Case[] = (
  [
    ["relu", (x) => tf.relu(x)],
    ["relu6", (x) => tf.relu6(x)],
    ["step", (x) => tf.step(x)],
    ["sign", (x) => tf.sign(x)],
    ["clipByValue", (x) => tf.clipByValue(x, -2, 2)],
    ["maximum", (x) => [tf.maximum(x, 0), tf.maximum(0, x)]],
    ["minimum", (x) => [tf.minimum(x, 0), tf.minimum(0, x)]],
    ["max", (x) => tf.max(tf.slice(x, 1, 6))],
    ["exp", (x) => tf.exp(x)],
    ["log", (x) => tf.log(x)],
    ["log1p", (x) => tf.log1p(x)],
    ["expm1", (x) => tf.expm1(x)],
    ["sqrt", (x) => tf.sqrt(x)],
    ["rsqrt", (x) => tf.rsqrt(x)],
    ["tanh", (x) => tf.tanh(x)],
    ["sigmoid", (x) => tf.sigmoid(x)],
    ["elu", (x) => tf.elu(x)],
    ["square", (x) => tf.square(x)],
    ["add", (x) => tf.add(x, x)],
    ["sub", (x) => tf.sub(x, x)],
    ["mul by zero", (x) => tf.mul(x, 0)],
    ["div by zero", (x) => tf.div(x, 0)],
    ["sum", (x) => [tf.sum(x), tf.sum(tf.slice(x, 1, 1)), tf.sum(tf.slice(x, 1, 2))]],
    ["softmax", (x) => tf.softmax(tf.slice(x, 2, 5))],
    ["where", (x) => tf.where(tf.greater(x, 0), x, 0)],
  ] satisfies readonly (readonly [string, (x: tf.Tensor) => tf.Tensor | tf.Tensor[]])[]
).map(([name, run]) => [name, [special], (x) => run(x!)]);

function valuesOf({ shape, kind = "signed", values }: Input): number[] {
  if (values) return values;
  const count = shape.reduce((product, length) => product * length, 1);
  let state = 12345 + count;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  if (kind === "distinct") {
    const order = Array.from({ length: count }, (_, index) => index * 0.25);
    for (let i = count - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [order[i], order[j]] = [order[j] as number, order[i] as number];
    }
    return order;
  }
  const make: Record<Exclude<Kind, "distinct">, () => number> = {
    signed: () => random() * 4 - 2,
    positive: () => random() * 2 + 0.1,
    unit: () => random() * 1.8 - 0.9,
    "above one": () => random() * 2 + 1.1,
    integer: () => Math.floor(random() * 11) - 5,
    boolean: () => Math.floor(random() * 2),
  };
  return Array.from({ length: count }, make[kind]);
}

interface Outcome {
  readonly shape: number[];
  readonly dtype: string;
  readonly values: number[];
}

async function outcomes(backend: string, run: () => tf.Tensor | tf.Tensor[]): Promise<Outcome[]> {
  await tf.setBackend(backend);
  const results = tf.tidy(run);
  const tensors = Array.isArray(results) ? results : [results];
  const read = await Promise.all(tensors.map(async (tensor) => Array.from(await tensor.data())));
  const described = tensors.map(({ shape, dtype }, index) => ({ shape, dtype, values: read[index] as number[] }));
  tf.dispose(tensors);
  return described;
}

const tensorsOf = (inputs: readonly Input[]) =>
  inputs.map((input) => tf.tensor(valuesOf(input), input.shape, input.dtype ?? "float32"));

function expectSame(actual: readonly Outcome[], expected: readonly Outcome[]): void {
  expect(actual.map(({ shape, dtype }) => ({ shape, dtype }))).toEqual(
    expected.map(({ shape, dtype }) => ({ shape, dtype })),
  );
  expected.forEach(({ values }, index) => {
    const got = (actual[index] as Outcome).values;
    values.forEach((value, at) => {
      const tolerance = 1e-5 * Math.max(1, Math.abs(value));
      const close =
        Object.is(got[at], value) || got[at] === value || Math.abs((got[at] as number) - value) <= tolerance;
      expect(close, `result ${index} at ${at}: ${got[at]}, expected ${value}`).toBe(true);
    });
  });
}

async function compare(run: () => tf.Tensor | tf.Tensor[]): Promise<void> {
  expectSame(await outcomes("ort", run), await outcomes("cpu", run));
}

beforeAll(async () => {
  registerGradients();
  registerOrtBackend({ threads: 1 });
  await tf.setBackend("ort");
});

describe("values are those of the CPU backend", () => {
  it.each([...differentiable, ...others])("%s", async (_, inputs, run) => {
    await compare(() => run(...tensorsOf(inputs)));
  });
});

describe("NaN, infinities and zeros are treated as on the CPU backend", () => {
  it.each(extremes)("%s", async (_, inputs, run) => {
    await compare(() => run(...tensorsOf(inputs)));
  });
});

describe("gradients are those of the CPU backend", () => {
  it.each(differentiable)("%s", async (_, inputs, run) => {
    await compare(() => {
      const tensors = tensorsOf(inputs);
      const floating = tensors.filter(({ dtype }) => dtype === "float32");
      // Weights that differ from element to element, so that a gradient in the wrong place is seen.
      const weighted = (x: tf.Tensor) => tf.sum(tf.mul(x, tf.reshape(tf.range(1, x.size + 1), x.shape)));
      const scalar = (...varied: tf.Tensor[]) => {
        const all = tensors.map((tensor) => varied[floating.indexOf(tensor)] ?? tensor);
        const results = run(...all);
        return tf.addN((Array.isArray(results) ? results : [results]).map((x) => weighted(tf.cast(x, "float32"))));
      };
      return tf.grads(scalar)(floating);
    });
  });
});

describe("mapping", () => {
  it("slices with new and dropped axes as TensorFlow does", async () => {
    await tf.setBackend("ort");
    // The CPU backend reads 1, 2, 3 here, forgetting where the slice begins and its stride.
    const slice = tf.tidy(() =>
      tf.stridedSlice(tf.reshape(tf.range(0, 20), [4, 5]), [0, 1, 0], [1, 2, 5], [1, 1, 2], 0, 0, 0, 1, 2),
    );
    expect(slice.shape).toEqual([1, 3]);
    expect(Array.from(await slice.data())).toEqual([5, 7, 9]);
  });

  it("runs a transformer block without the CPU backend", async () => {
    await tf.setBackend("ort");
    resetOrtReport();
    const loss = tf.tidy(() => {
      const x = tf.variable(tf.randomNormal([2, 4, 8], 0, 1, "float32", 1));
      const f = () => {
        const scores = tf.softmax(tf.matMul(x, x, false, true));
        const mixed = tf.matMul(scores, x);
        const hidden = tf.mul(mixed, tf.sigmoid(tf.mul(mixed, 1.702)));
        return tf.mean(tf.square(tf.concat([hidden, tf.slice(x, [0, 0, 0], [2, 4, 8])], 1))) as tf.Scalar;
      };
      return tf.variableGrads(f).value;
    });
    await loss.data();
    expect(ortReport().fallbacks).toEqual({});
    expect(ortReport().runs).toBe(1);
  });
});
