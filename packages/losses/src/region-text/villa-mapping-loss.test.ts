import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { villaMappingLoss } from "@tesserae/losses";
import { registerGradients } from "@tesserae/tfjs-backend-ort/gradients";
import { beforeAll, expect, test } from "vitest";
import { numberOf } from "../fixtures/batches.js";

beforeAll(registerGradients);

/** Two images of two regions, two attributes; best scores [[0.7, 0.2], [0.35, 0.9]]. */
const batch = () => ({
  scores: tf.tensor3d([
    [
      [0.7, 0.1],
      [0.3, 0.2],
    ],
    [
      [0.1, 0.9],
      [0.35, 0.4],
    ],
  ]),
  labels: tf.tensor2d([
    [1, 0],
    [0, 1],
  ]),
});

test("formula: the best region against the best regions of images without the attribute", () => {
  const { objective } = villaMappingLoss({ temperature: 1 }).compute(batch());
  const expected = (Math.log(1 + Math.exp(0.35 - 0.7)) + Math.log(1 + Math.exp(0.2 - 0.9))) / 2;
  expect(numberOf(objective)).toBeCloseTo(expected, 6);
  expect(expected).toBeCloseTo(0.4682841, 6);
});

test("code: every image with the attribute adds one to the sum", () => {
  const { objective } = villaMappingLoss({ temperature: 1, variant: "code" }).compute(batch());
  const first = Math.log((Math.exp(0.7) + 1 + Math.exp(0.35)) / Math.exp(0.7));
  const second = Math.log((Math.exp(0.9) + 1 + Math.exp(0.2)) / Math.exp(0.9));
  expect(numberOf(objective)).toBeCloseTo((first + second) / 2, 6);
});

test("the default temperature divides by 0.07", () => {
  const expected = (Math.log(1 + Math.exp(-0.35 / 0.07)) + Math.log(1 + Math.exp(-0.7 / 0.07))) / 2;
  expect(numberOf(villaMappingLoss().compute(batch()).objective)).toBeCloseTo(expected, 5);
});

test("padding regions change nothing", () => {
  const { scores, labels } = batch();
  const padded = tf.concat([scores, tf.fill([2, 1, 2], 5)], 1) as tf.Tensor3D;
  const regionMask = tf.tensor2d([
    [1, 1, 0],
    [1, 1, 0],
  ]);
  const plain = villaMappingLoss().compute({ scores, labels });
  const masked = villaMappingLoss().compute({ scores: padded, labels, regionMask });
  expect(numberOf(masked.objective)).toBe(numberOf(plain.objective));
});

test("an attribute that every text has costs nothing, and a batch without attributes neither", () => {
  const { scores } = batch();
  expect(numberOf(villaMappingLoss().compute({ scores, labels: tf.ones<tf.Rank.R2>([2, 2]) }).objective)).toBe(0);
  expect(numberOf(villaMappingLoss().compute({ scores, labels: tf.zeros<tf.Rank.R2>([2, 2]) }).objective)).toBe(0);
});

test.each(["formula", "code"] as const)("%s: the gradient agrees with finite differences", (variant) => {
  const { scores, labels } = batch();
  const loss = (x: tf.Tensor) =>
    villaMappingLoss({ variant, temperature: 0.5 }).compute({ scores: x as tf.Tensor3D, labels }).objective;
  const gradient = tf.grad(loss)(scores).dataSync();
  const flat = scores.dataSync();
  flat.forEach((value, index) => {
    const at = (x: number) => {
      const moved = Float32Array.from(flat);
      moved[index] = x;
      return numberOf(loss(tf.tensor3d(moved, [2, 2, 2])) as tf.Scalar);
    };
    expect(gradient[index]).toBeCloseTo((at(value + 0.01) - at(value - 0.01)) / 0.02, 3);
  });
});

test("leaks no tensors and refuses labels of another shape", () => {
  const given = batch();
  const before = tf.memory().numTensors;
  tf.dispose(villaMappingLoss().compute(given));
  expect(tf.memory().numTensors).toBe(before);
  expect(() => villaMappingLoss().compute({ ...given, labels: tf.zeros([2, 3]) })).toThrow(
    "villaMappingLoss: scores are [2,2,2], so labels must be [2, 2], not [2,3].",
  );
});
