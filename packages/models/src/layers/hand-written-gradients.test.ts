import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { registerGradients } from "@tesserae/tfjs-backend-ort/gradients";
import { beforeAll, expect, test } from "vitest";
import { activate } from "./activation.js";
import { causalMask, scaledDotProductAttention } from "./attention.js";
import { layerNormOf } from "./layer-norm.js";

beforeAll(registerGradients);

type Operation = (...inputs: tf.Tensor[]) => tf.Tensor;

/** Compares value and gradients of an operation with those of a plain composition, weighted so that every entry counts. */
function expectSame(operation: Operation, plain: Operation, inputs: tf.Tensor[]): void {
  const weights = tf.randomNormal(plain(...inputs).shape, 0, 1, "float32", 17);
  const run = (f: Operation) => tf.valueAndGrads((...x: tf.Tensor[]) => tf.sum(tf.mul(f(...x), weights)))(inputs);
  const [found, expected] = [run(operation), run(plain)];
  const pairs = [[found.value, expected.value], ...found.grads.map((gradient, i) => [gradient, expected.grads[i]!])];
  for (const [a, b] of pairs) expect(tf.max(tf.abs(tf.sub(a!, b!))).dataSync()[0]).toBeLessThan(2e-5);
}

const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, "float32", seed);

test("layer normalisation", () => {
  const plain: Operation = (x, gain, bias) => {
    const { mean, variance } = tf.moments(x!, -1, true);
    return tf.add(tf.mul(tf.div(tf.sub(x!, mean), tf.sqrt(tf.add(variance, 1e-5))), gain!), bias!);
  };
  expectSame((x, gain, bias) => layerNormOf(x as tf.Tensor2D, gain!, bias!), plain, [
    normal([5, 6], 1),
    normal([6], 2),
    normal([6], 3),
  ]);
  const rows = layerNormOf(tf.tensor2d([[1, 2, 3, 4]]), tf.ones([4]), tf.zeros([4])).dataSync();
  [-1.341635, -0.447212, 0.447212, 1.341635].forEach((value, d) => {
    expect(rows[d]).toBeCloseTo(value, 5);
  });
});

test("GELU and QuickGELU", () => {
  const gelu: Operation = (x) => tf.mul(tf.mul(x!, 0.5), tf.add(tf.erf(tf.div(x!, Math.SQRT2)), 1));
  expectSame((x) => activate(x as tf.Tensor2D, "gelu"), gelu, [normal([4, 5], 4)]);
  const quick: Operation = (x) => tf.mul(x!, tf.sigmoid(tf.mul(x!, 1.702)));
  expectSame((x) => activate(x as tf.Tensor2D, "quick_gelu"), quick, [normal([4, 5], 4)]);
  const ones = tf.tensor2d([[1]]);
  expect(activate(ones, "gelu").dataSync()[0]).toBeCloseTo(0.8413447, 5); // the normal distribution function at 1
  expect(activate(ones, "quick_gelu").dataSync()[0]).toBeCloseTo(0.8457958, 5); // 1 / (1 + e^-1.702)
});

test("attention, with and without a mask", () => {
  const inputs = [normal([2, 2, 4, 3], 5), normal([2, 2, 4, 3], 6), normal([2, 2, 4, 3], 7)];
  for (const mask of [undefined, causalMask(4)]) {
    const plain: Operation = (q, k, v) => {
      const scores = tf.matMul(q!, k!, false, true);
      return tf.matMul(tf.softmax(mask ? tf.add(scores, mask) : scores), v!);
    };
    expectSame((q, k, v) => scaledDotProductAttention(q!, k!, v!, mask), plain, inputs);
  }
});
