import * as tf from "@tensorflow/tfjs-core";
import { fusedKernel } from "./fused-kernel.js";
import { withGradient } from "./with-gradient.js";

/** `gelu` is x·Φ(x) with the error function; `quick_gelu` is x·σ(1.702x), what OpenAI's weights were trained with. */
export type Activation = "gelu" | "quick_gelu";

/** Applies the named activation, each with a hand-written gradient of few passes. */
export function activate(x: tf.Tensor2D, activation: Activation): tf.Tensor2D {
  return (activation === "gelu" ? gelu(x) : quickGelu(x)) as tf.Tensor2D;
}

/** x·Φ(x), Φ the normal distribution function; derivative Φ(x) + x·φ(x). */
function gelu(x: tf.Tensor): tf.Tensor {
  return withGradient([x], (x) => {
    const fused = fusedKernel("FusedGelu", { x: x! });
    if (fused) {
      return { value: fused[0]!, saved: [x!], gradient: (dy, x) => fusedKernel("FusedGeluGrad", { dy, x: x! })! };
    }
    const cumulative = tf.mul(tf.add(tf.erf(tf.mul(x!, Math.SQRT1_2)), 1), 0.5);
    return {
      value: tf.mul(x!, cumulative),
      saved: [x!, cumulative],
      gradient: (dy, x, cumulative) => {
        const density = tf.exp(tf.sub(tf.mul(tf.square(x!), -0.5), Math.log(2 * Math.PI) / 2));
        return [tf.mul(dy, tf.add(cumulative!, tf.mul(x!, density)))];
      },
    };
  });
}

/** x·σ(1.702x); derivative σ + 1.702·y·(1 - σ) with y the value. */
function quickGelu(x: tf.Tensor): tf.Tensor {
  return withGradient([x], (x) => {
    const fused = fusedKernel("FusedQuickGelu", { x: x! });
    if (fused) {
      const [value, gate] = fused;
      return {
        value: value!,
        saved: [gate!, value!],
        gradient: (dy, gate, value) => fusedKernel("FusedQuickGeluGrad", { dy, gate: gate!, value: value! })!,
      };
    }
    const gate = tf.sigmoid(tf.mul(x!, 1.702));
    const value = tf.mul(x!, gate);
    return {
      value,
      saved: [gate, value],
      gradient: (dy, gate, value) => [tf.mul(dy, tf.add(gate!, tf.mul(tf.mul(value!, 1.702), tf.sub(1, gate!))))],
    };
  });
}
