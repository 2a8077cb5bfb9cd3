import * as tf from "@tensorflow/tfjs-core";
import type { OrtBackend } from "../backend/ort-backend.js";
import { type Operand, sameShape } from "../graph/graph.js";
import { type KernelTable, kernel } from "./kernel.js";

interface LocalResponse {
  readonly depthRadius: number;
  readonly bias: number;
  readonly alpha: number;
  readonly beta: number;
}

function binary(backend: OrtBackend, operator: string, a: Operand, b: Operand): Operand {
  return backend.node(operator, [a, b], "float32", a.shape);
}

/** Sums of `x` over the channels that are at most `radius` away. */
function windowSums(backend: OrtBackend, x: Operand, radius: number): Operand {
  const channels = x.shape.at(-1) as number;
  const band = Float32Array.from({ length: channels * channels }, (_, index) =>
    Math.abs(Math.floor(index / channels) - (index % channels)) <= radius ? 1 : 0,
  );
  return backend.node("MatMul", [x, backend.fed(band, "float32", [channels, channels])], "float32", x.shape);
}

/** bias + alpha * (sum of the squares of the channels near each). */
function localNorm(backend: OrtBackend, x: Operand, { depthRadius, bias, alpha }: LocalResponse): Operand {
  const sums = windowSums(backend, binary(backend, "Mul", x, x), depthRadius);
  return binary(backend, "Add", binary(backend, "Mul", sums, backend.scalar(alpha)), backend.scalar(bias));
}

/** Normalisation of batches and of neighbouring channels. */
export const normalizationKernels: KernelTable = {
  [tf.FusedBatchNorm]: kernel<tf.FusedBatchNormInputs, tf.FusedBatchNormAttrs>((backend, inputs, attributes) => {
    const { x, mean, variance } = inputs;
    const { scale, offset }: Partial<typeof inputs> = inputs;
    const parameters = [mean, variance, scale, offset].filter((parameter) => parameter !== undefined);
    const fits = ({ dtype, shape }: tf.TensorInfo) =>
      dtype === "float32" && (sameShape(shape, x.shape) || (shape.length === 1 && shape[0] === x.shape.at(-1)));
    if (x.dtype !== "float32" || !parameters.every(fits)) return undefined;
    const epsilon = backend.scalar(attributes.varianceEpsilon ?? 0.001);
    const spread = backend.operand(variance);
    const deviation = backend.node("Sqrt", [binary(backend, "Add", spread, epsilon)], "float32", spread.shape);
    let y = binary(backend, "Sub", backend.operand(x), backend.operand(mean));
    if (scale) y = binary(backend, "Mul", y, backend.operand(scale));
    y = binary(backend, "Div", y, deviation);
    return backend.output(offset ? binary(backend, "Add", y, backend.operand(offset)) : y);
  }),
  [tf.LRN]: kernel<tf.LRNInputs, LocalResponse>((backend, { x }, attributes) => {
    if (x.dtype !== "float32") return undefined;
    const operand = backend.operand(x);
    const norm = localNorm(backend, operand, attributes);
    return backend.output(
      binary(backend, "Mul", operand, binary(backend, "Pow", norm, backend.scalar(-attributes.beta))),
    );
  }),
  [tf.LRNGrad]: kernel<tf.LRNGradInputs, LocalResponse>((backend, inputs, attributes) => {
    const { alpha, beta, depthRadius } = attributes;
    if (inputs.dy.dtype !== "float32" || inputs.x.dtype !== "float32") return undefined;
    const [x, y, dy] = [inputs.x, inputs.y, inputs.dy].map((info) => backend.operand(info)) as [
      Operand,
      Operand,
      Operand,
    ];
    const norm = localNorm(backend, x, attributes);
    const own = binary(backend, "Mul", dy, binary(backend, "Pow", norm, backend.scalar(-beta)));
    // Each channel also changes the norm of the channels near it.
    const shared = binary(backend, "Div", binary(backend, "Mul", dy, y), norm);
    const through = binary(backend, "Mul", x, windowSums(backend, shared, depthRadius));
    return backend.output(
      binary(backend, "Sub", own, binary(backend, "Mul", through, backend.scalar(2 * alpha * beta))),
    );
  }),
};
