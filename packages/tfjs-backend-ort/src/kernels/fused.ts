import type * as tf from "@tensorflow/tfjs-core";
import type { OrtBackend } from "../backend/ort-backend.js";
import { type Constant, constant, type Input, type Operand } from "../graph/graph.js";
import { type Elementwise, inBlocks } from "./in-blocks.js";
import { type Kernel, type KernelTable, kernel } from "./kernel.js";
import { reduce } from "./reduction.js";

/** Appends float32 nodes that a fused kernel consists of. */
function builder(backend: OrtBackend) {
  const node = (operator: string, inputs: readonly Input[], shape: readonly number[]) =>
    backend.node(operator, inputs, "float32", shape);
  return {
    /** Whether operators can be used that ONNX Runtime has on the CPU, and need not be kept in a model. */
    native: !backend.runtime.onGpu && !backend.exporting,
    /** An operator of ONNX Runtime's own whose result has the shape of its input. */
    microsoft: (operator: string, x: Operand) =>
      backend.node(operator, [x], "float32", x.shape, { domain: "com.microsoft" }),
    /** Layer normalisation over the last axis of two in one pass: its value, and the inverse deviations. */
    normalise: (x: Operand, gain: Input, bias: Input, epsilon: number): [Operand, Operand] => {
      const rows = [x.shape[0] as number, 1];
      const outputs = [x.shape, rows, rows].map((shape) => ({ type: "float32" as const, shape }));
      const attributes = { axis: -1, epsilon: { float: epsilon } };
      const [value, , inverse] = backend.nodes("LayerNormalization", [x, gain, bias], outputs, { attributes });
      return [value as Operand, inverse as Operand];
    },
    /** An operator whose result has the shape of its first input. */
    like: (operator: string, x: Operand, ...others: Input[]) => node(operator, [x, ...others], x.shape),
    /** As {@link like}, with a number first. */
    from: (number: number, operator: string, x: Operand) => node(operator, [scalar(number), x], x.shape),
    /** Element-wise operators by blocks. */
    blocks: (name: string, tensors: readonly Operand[], numbers: readonly Operand[], body: Elementwise) =>
      inBlocks(backend, name, tensors, numbers, body),
    /** Mean over the last axis, which stays with length 1. */
    mean: (x: Operand) => reduce(backend, "ReduceMean", x, "float32", [x.shape.length - 1], true),
    /** Sum over the last axis, which stays with length 1. */
    sum: (x: Operand) => reduce(backend, "ReduceSum", x, "float32", [x.shape.length - 1], true),
    /** Sum over all axes but the last. */
    rows: (x: Operand) => reduce(backend, "ReduceSum", x, "float32", [...x.shape.keys()].slice(0, -1), false),
    /** Product of matrices in the last two axes, whose other axes are equal. */
    product: (a: Operand, b: Operand, transA = 0, transB = 0) => {
      const rows = a.shape.at(transA ? -1 : -2) as number;
      const columns = b.shape.at(transB ? -2 : -1) as number;
      const shape = [...a.shape.slice(0, -2), rows, columns];
      if (!transA && !transB) return node("MatMul", [a, b], shape);
      const options = { attributes: { transA, transB }, domain: "com.microsoft" };
      return backend.node("FusedMatMul", [a, b], "float32", shape, options);
    },
  };
}

type Builder = ReturnType<typeof builder>;

const vectors = new Map<string, Constant>();

/** A vector that holds one number `width` times. */
function vectorOf(number: number, width: number): Constant {
  const key = `${number}x${width}`;
  const known = vectors.get(key) ?? constant("float32", new Array(width).fill(number));
  vectors.set(key, known);
  return known;
}

function scalar(number: number) {
  return constant("float32", [number], []);
}

/** A kernel of float32 tensors that always has a mapping. */
function fused<Names extends string>(
  map: (build: Builder, inputs: Record<Names, Operand>, attributes: Record<string, number>) => Operand[],
): Kernel {
  return kernel<Record<Names, tf.TensorInfo>, Record<string, number>>((backend, inputs, attributes) => {
    const operands = {} as Record<Names, Operand>;
    for (const name in inputs) {
      const info = inputs[name as unknown as Names] as tf.TensorInfo | undefined;
      if (info) operands[name as unknown as Names] = backend.operand(info);
    }
    return map(builder(backend), operands, attributes).map((result) => backend.output(result));
  });
}

/**
 * Kernels that other backends do not have: what takes tfjs-core a dozen kernels each, in one, so that a model that calls them spends less time in
 * JavaScript. They compute what the operations do that they stand for, and have no gradients of their own; the gradient of each is the kernel after it.
 * `@tesserae/models` uses them where they are registered.
 */
export const fusedKernels: KernelTable = {
  /** x [rows, inputs], weight [outputs, inputs], bias [outputs] -> x·weightᵀ + bias. */
  FusedLinear: fused<"x" | "weight" | "bias">(({ like, product }, { x, weight, bias }) => [
    like("Add", product(x, weight, 0, 1), bias),
  ]),
  FusedLinearGrad: fused<"dy" | "x" | "weight">(({ product, rows }, { dy, x, weight }) => [
    product(dy, weight),
    product(dy, x, 1, 0),
    rows(dy),
  ]),
  /** x [rows, width], gain and bias [width] -> [value, normal, inverse], the last two for the gradient. */
  FusedLayerNorm: fused<"x" | "gain" | "bias">(({ like, mean, native, normalise }, { x, gain, bias }, { epsilon }) => {
    if (native) {
      const width = x.shape[1] as number;
      const [normal, inverse] = normalise(x, vectorOf(1, width), vectorOf(0, width), epsilon as number);
      return [normalise(x, gain, bias, epsilon as number)[0], normal, inverse];
    }
    const centred = like("Sub", x, mean(x));
    const variance = mean(like("Mul", centred, centred));
    const inverse = like("Reciprocal", like("Sqrt", like("Add", variance, scalar(epsilon as number))));
    const normal = like("Mul", centred, inverse);
    return [like("Add", like("Mul", normal, gain), bias), normal, inverse];
  }),
  FusedLayerNormGrad: fused<"dy" | "normal" | "inverse" | "gain">(({ like, product, rows }, inputs) => {
    const { dy, normal, inverse, gain } = inputs;
    const weighted = like("Mul", dy, normal);
    // Means over the width of what is multiplied by the gain are products with a column of it: nothing is written for them.
    const width = gain.shape[0] as number;
    const shares = { ...like("Mul", gain, scalar(1 / width)), shape: [width, 1] };
    const along = like("Mul", normal, product(weighted, shares));
    const across = like("Sub", like("Sub", like("Mul", dy, gain), product(dy, shares)), along);
    return [like("Mul", across, inverse), rows(weighted), rows(dy)];
  }),
  /** x -> [x·Φ(x)]; the gradient computes Φ(x) again, which is cheaper than to keep it. */
  FusedGelu: fused<"x">(({ blocks, native, microsoft }, { x }) => {
    if (native) return [microsoft("Gelu", x)];
    return blocks("gelu", [x], [], (operator, [x]) => {
      const error = operator("Erf", operator("Mul", x as NonNullable<typeof x>, Math.SQRT1_2));
      return [operator("Mul", x as NonNullable<typeof x>, operator("Mul", operator("Add", error, 1), 0.5))];
    });
  }),
  FusedGeluGrad: fused<"dy" | "x">(({ blocks }, { dy, x }) =>
    blocks("geluGrad", [dy, x], [], (operator, tensors) => {
      const [dy, x] = tensors as [(typeof tensors)[number], (typeof tensors)[number]];
      // With s = x/√2, x times the density of x is s·exp(-s²)/√π.
      const scaled = operator("Mul", x, Math.SQRT1_2);
      const cumulative = operator("Mul", operator("Add", operator("Erf", scaled), 1), 0.5);
      const density = operator("Exp", operator("Sub", -Math.log(Math.PI) / 2, operator("Mul", scaled, scaled)));
      return [operator("Mul", dy, operator("Add", operator("Mul", scaled, density), cumulative))];
    }),
  ),
  /** x -> [x·σ(1.702x), σ(1.702x)], the last for the gradient. */
  FusedQuickGelu: fused<"x">(({ like }, { x }) => {
    const gate = like("Sigmoid", like("Mul", x, scalar(1.702)));
    return [like("Mul", x, gate), gate];
  }),
  FusedQuickGeluGrad: fused<"dy" | "gate" | "value">(({ like, from }, { dy, gate, value }) => {
    const slope = like("Mul", like("Mul", value, scalar(1.702)), from(1, "Sub", gate));
    return [like("Mul", dy, like("Add", gate, slope))];
  }),
  /** Scaled queries, keys, values [batch, heads, length, size] and perhaps a mask -> [value, shares], the last for the gradient. */
  FusedAttention: fused<"queries" | "keys" | "values" | "mask">(({ like, product }, inputs) => {
    const { queries, keys, values, mask } = inputs;
    const scores = product(queries, keys, 0, 1);
    const shares = like("Softmax", mask ? like("Add", scores, mask) : scores);
    return [product(shares, values), shares];
  }),
  FusedAttentionGrad: fused<"dy" | "queries" | "keys" | "values" | "shares" | "value">(
    ({ like, product, sum }, inputs) => {
      const { dy, queries, keys, values, shares, value } = inputs;
      // The sum over keys of shares·dShares equals that of value·dy, over the shorter axis.
      const total = sum(like("Mul", dy, value));
      const dScores = like("Mul", shares, like("Sub", product(dy, values, 0, 1), total));
      return [product(dScores, keys), product(dScores, queries, 1, 0), product(shares, dy, 1, 0)];
    },
  ),
  /**
   * One update of AdamW: gradient, moments and parameter of one shape, and three numbers -> [update, first moment, second moment]. The update is rate times
   * first / (root · √second + epsilon), less decay times the parameter; rate is negative and holds the first moment's correction, root is that of the second.
   */
  FusedAdamW: fused<"gradient" | "first" | "second" | "parameter" | "rate" | "root" | "decay">(
    ({ blocks, like, from }, { gradient, first, second, parameter, rate, root, decay }, { beta1, beta2, epsilon }) => {
      const [b1, b2] = [beta1 as number, beta2 as number];
      // Numerator and denominator divided by root: one operator less on every weight.
      const numbers = [like("Div", rate, root), from(epsilon as number, "Div", root), decay];
      const name = `adamW${b1},${b2},`;
      return blocks(name, [gradient, first, second, parameter], numbers, (operator, tensors, numbers) => {
        type T = (typeof tensors)[number];
        const [g, m, v, w] = tensors as [T, T, T, T];
        const [rate, e, decay] = numbers as [T, T, T];
        const mean = operator("Add", operator("Mul", m, b1), operator("Mul", g, 1 - b1));
        const square = operator("Add", operator("Mul", v, b2), operator("Mul", operator("Mul", g, g), 1 - b2));
        const change = operator("Mul", operator("Div", mean, operator("Add", operator("Sqrt", square), e)), rate);
        return [operator("Sub", change, operator("Mul", w, decay)), mean, square];
      });
    },
  ),
};
