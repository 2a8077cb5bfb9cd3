import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { fscClipLocalLoss } from "@tesserae/losses";
import { registerGradients } from "@tesserae/tfjs-backend-ort/gradients";
import { beforeAll, expect, test } from "vitest";
import { numberOf } from "../fixtures/batches.js";

beforeAll(registerGradients);

const batch = () => ({
  patches: tf.randomNormal<tf.Rank.R3>([2, 3, 4], 0, 1, "float32", 1),
  tokens: tf.randomNormal<tf.Rank.R3>([5, 3, 4], 0, 1, "float32", 2),
  tokenMask: tf.tensor2d([
    [1, 1, 1],
    [1, 1, 0],
    [1, 1, 0],
    [1, 0, 0],
    [1, 1, 1],
  ]),
  negativeImage: tf.tensor1d([0, 0, 1], "int32"),
  logitScale: tf.scalar(3),
});
const value = (given: ReturnType<typeof batch>) => fscClipLocalLoss({ weight: 1 }).compute(given).objective;

test("padding tokens and negatives without an image change nothing; no negatives, no loss", () => {
  const plain = batch();
  const wild = tf.fill<tf.Rank.R3>([1, 3, 4], 9);
  const more = {
    ...plain,
    tokens: tf.concat([plain.tokens, wild]),
    tokenMask: tf.concat([plain.tokenMask, tf.ones<tf.Rank.R2>([1, 3])]),
    negativeImage: tf.tensor1d([0, 0, 1, -1], "int32"),
  };
  expect(numberOf(value(more))).toBeCloseTo(numberOf(value(plain)), 6);
  const longer = {
    ...plain,
    tokens: tf.concat([plain.tokens, tf.fill<tf.Rank.R3>([5, 1, 4], 9)], 1),
    tokenMask: tf.pad(plain.tokenMask, [
      [0, 0],
      [0, 1],
    ]),
  };
  expect(numberOf(value(longer))).toBeCloseTo(numberOf(value(plain)), 6);
  const none = {
    ...plain,
    tokens: tf.slice(plain.tokens, [0, 0, 0], [2, 3, 4]),
    tokenMask: tf.slice(plain.tokenMask, [0, 0], [2, 3]),
    negativeImage: tf.zeros<tf.Rank.R1>([0], "int32"),
  };
  expect(numberOf(value(none))).toBe(0);
});

test("the gradient of the tokens' own part agrees with finite differences of a loss whose weights are held", () => {
  // With one patch an image every weight is one, so that nothing is held back from the differences.
  const single = { ...batch(), patches: tf.randomNormal<tf.Rank.R3>([2, 1, 4], 0, 1, "float32", 3) };
  const direction = tf.randomNormal(single.tokens.shape, 0, 1, "float32", 4);
  const at = (by: number) => numberOf(value({ ...single, tokens: tf.add(single.tokens, tf.mul(direction, by)) }));
  const embeddingGradient = tf.grad((tokens) => value({ ...single, tokens: tokens as tf.Tensor3D }))(single.tokens);
  const predicted = numberOf(tf.sum(tf.mul(embeddingGradient, direction)) as tf.Scalar);
  expect(predicted).toBeCloseTo((at(0.005) - at(-0.005)) / 0.01, 3);
  expect(Math.abs(predicted)).toBeGreaterThan(1e-4);
});

test("leaks no tensors and refuses shapes that do not belong together", () => {
  const given = batch();
  const before = tf.memory().numTensors;
  value(given).dispose();
  expect(tf.memory().numTensors).toBe(before);
  expect(() => value({ ...given, negativeImage: tf.tensor1d([0], "int32") })).toThrow(
    "fscClipLocalLoss: patches are [2,3,4], tokens [5,3,4], tokenMask [5,3], with 1 negatives",
  );
});
