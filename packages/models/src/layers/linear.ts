import * as tf from "@tensorflow/tfjs-core";
import { fusedKernel } from "./fused-kernel.js";
import { layerNorm } from "./layer-norm.js";
import { withGradient } from "./with-gradient.js";

/** Reads one variable by name. */
export type VariableReader = (name: string) => tf.Tensor;

/** A reader that puts `prefix` and a dot before every name. */
export function under(read: VariableReader, prefix: string): VariableReader {
  return (name) => read(`${prefix}.${name}`);
}

/** x·weightᵀ + bias; weights are [outputs, inputs], as PyTorch stores them. */
export function linear(x: tf.Tensor2D, weight: tf.Tensor, bias?: tf.Tensor): tf.Tensor2D {
  if (bias && tf.getKernel("FusedLinear", tf.getBackend())) return fusedLinear(x, weight, bias);
  const product: tf.Tensor2D = tf.matMul(x, weight as tf.Tensor2D, false, true);
  return bias ? tf.add(product, bias) : product;
}

function fusedLinear(x: tf.Tensor2D, weight: tf.Tensor, bias: tf.Tensor): tf.Tensor2D {
  return withGradient([x, weight, bias], (x, weight, bias) => ({
    value: fusedKernel("FusedLinear", { x: x!, weight: weight!, bias: bias! })![0]!,
    saved: [x!, weight!],
    gradient: (dy, x, weight) => fusedKernel("FusedLinearGrad", { dy, x: x!, weight: weight! })!,
  })) as tf.Tensor2D;
}

/** A linear layer with the weights `name.weight` and `name.bias`. */
export function project(x: tf.Tensor2D, read: VariableReader, name: string): tf.Tensor2D {
  return linear(x, read(`${name}.weight`), read(`${name}.bias`));
}

/** Layer normalisation with the weights `name.weight` and `name.bias`. */
export function normalise(x: tf.Tensor2D, read: VariableReader, name: string, epsilon?: number): tf.Tensor2D {
  return layerNorm(x, read(`${name}.weight`), read(`${name}.bias`), epsilon);
}
