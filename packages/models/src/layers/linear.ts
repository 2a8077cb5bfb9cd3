import * as tf from "@tensorflow/tfjs-core";
import { fusedKernel } from "./fused-kernel.js";
import type { VariableReader } from "./variable-reader.js";
import { withGradient } from "./with-gradient.js";

/** x·weightᵀ + bias; weights are [outputs, inputs], as PyTorch stores them. */
export function affine(x: tf.Tensor2D, weight: tf.Tensor, bias?: tf.Tensor): tf.Tensor2D {
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
export function linear(x: tf.Tensor2D, read: VariableReader, name: string): tf.Tensor2D {
  return affine(x, read(`${name}.weight`), read(`${name}.bias`));
}
