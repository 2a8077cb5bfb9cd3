import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { registerGradients, registerOrtBackend } from "@tesserae/tfjs-backend-ort";
import { afterAll, beforeAll, expect, test } from "vitest";
import { activate } from "./activation.js";
import { causalMask, scaledDotProductAttention } from "./attention.js";
import { layerNormOf } from "./layer-norm.js";
import { affine } from "./linear.js";

type Operation = (...inputs: tf.Tensor[]) => tf.Tensor;

beforeAll(() => {
  registerGradients();
  registerOrtBackend({ threads: 1 });
});
afterAll(() => tf.removeBackend("ort"));

/** Value and gradients of an operation on a backend, each weighted so that every entry counts. */
async function computed(backend: string, operation: Operation, shapes: readonly number[][]): Promise<number[][]> {
  await tf.setBackend(backend);
  return tf.tidy(() => {
    const inputs = shapes.map((shape, seed) => tf.tensor(numbers(shape, seed), shape));
    const f: Operation = (...x) => {
      const y = operation(...x);
      return tf.sum(tf.mul(y, tf.tensor(numbers(y.shape, 9), y.shape)));
    };
    const { value, grads } = tf.valueAndGrads((...x: tf.Tensor[]) => f(...x))(inputs);
    return [value, ...grads, operation(...inputs)].map((tensor) => Array.from(tensor.dataSync()));
  });
}

function numbers(shape: readonly number[], seed: number): Float32Array {
  return Float32Array.from(
    { length: tf.util.sizeFromShape([...shape]) },
    (_, index) => 2 * Math.sin(index * 1.7 + seed),
  );
}

const operations: [string, Operation, number[][]][] = [
  ["linear", (x, weight, bias) => affine(x as tf.Tensor2D, weight!, bias), [[160, 6], [4, 6], [4]]],
  ["layer normalisation", (x, gain, bias) => layerNormOf(x as tf.Tensor2D, gain!, bias!), [[6, 8], [8], [8]]],
  ["GELU", (x) => activate(x as tf.Tensor2D, "gelu"), [[5, 6]]],
  ["QuickGELU", (x) => activate(x as tf.Tensor2D, "quick_gelu"), [[5, 6]]],
  [
    "attention",
    (q, k, v) => scaledDotProductAttention(q!, k!, v!),
    [
      [2, 2, 3, 4],
      [2, 2, 5, 4],
      [2, 2, 5, 4],
    ],
  ],
  [
    "masked attention",
    (q, k, v) => scaledDotProductAttention(q!, k!, v!, causalMask(4)),
    [
      [2, 1, 4, 3],
      [2, 1, 4, 3],
      [2, 1, 4, 3],
    ],
  ],
];

test.each(operations)("the fused kernels of %s compute what its operations do", async (_, operation, shapes) => {
  const expected = await computed("cpu", operation, shapes);
  const found = await computed("ort", operation, shapes);
  expect(tf.getKernel("FusedLinear", "ort") && !tf.getKernel("FusedLinear", "cpu")).toBe(true);
  found.forEach((list, index) => {
    const scale = Math.max(1, ...expected[index]!.map(Math.abs));
    list.forEach((value, at) => {
      expect(Math.abs(value - expected[index]![at]!) / scale).toBeLessThan(1e-6);
    });
  });
});
