import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { regionContrastiveLoss } from "@tesserae/losses";
import { registerGradients } from "@tesserae/tfjs-backend-ort/gradients";
import { beforeAll, expect, test } from "vitest";
import { numberOf, uniform, unitRows } from "../fixtures/batches.js";

beforeAll(registerGradients);

const orthogonal = () => ({
  region: tf.tensor2d([
    [1, 0],
    [0, 1],
  ]),
  text: tf.tensor2d([
    [1, 0],
    [0, 1],
  ]),
});

test("two orthogonal pairs at temperature 1: ln(1 + 1/e)", () => {
  const terms = regionContrastiveLoss({ temperature: 1 }).compute(orthogonal());
  expect(numberOf(terms.objective)).toBeCloseTo(0.3132617, 6);
});

test("texts that say the same are negatives of each other, or share the target with multiPositive", () => {
  const textId = tf.tensor1d([7, 7], "int32");
  const single = regionContrastiveLoss({ temperature: 1 }).compute({ ...orthogonal(), textId });
  // Rows and columns of logits are [1, 0] and [0, 1]: -log softmax is 0.3132617 at the own text, 1.3132617 at the other.
  expect(numberOf(single.regionToText)).toBeCloseTo(0.3132617, 6);
  expect(numberOf(single.textToRegion)).toBeCloseTo(0.3132617, 6);
  const shared = regionContrastiveLoss({ temperature: 1, multiPositive: true });
  const together = shared.compute({ ...orthogonal(), textId });
  expect(numberOf(together.regionToText)).toBeCloseTo(0.8132617, 6);
  expect(numberOf(together.textToRegion)).toBeCloseTo(0.8132617, 6);
  const apart = shared.compute({ ...orthogonal(), textId: tf.tensor1d([7, 8], "int32") });
  expect(numberOf(apart.regionToText)).toBeCloseTo(0.3132617, 6);
});

test("padding pairs change nothing", () => {
  const rng = uniform(3);
  const region = unitRows(5, 4, rng);
  const text = unitRows(5, 4, rng);
  const plain = regionContrastiveLoss().compute({ region: tf.tensor2d(region), text: tf.tensor2d(text) });
  const padded = regionContrastiveLoss().compute({
    region: tf.tensor2d([...region, [9, 9, 9, 9]]),
    text: tf.tensor2d([...text, [9, 9, 9, 9]]),
    mask: tf.tensor1d([1, 1, 1, 1, 1, 0]),
  });
  expect(numberOf(padded.objective)).toBeCloseTo(numberOf(plain.objective), 5);
});

test("the gradient agrees with finite differences", () => {
  const rng = uniform(4);
  const region = unitRows(4, 3, rng);
  const text = tf.tensor2d(unitRows(4, 3, rng));
  const textId = tf.tensor1d([0, 1, 1, 2], "int32");
  const loss = regionContrastiveLoss({ temperature: 0.5, multiPositive: true });
  const value = (x: tf.Tensor) => loss.compute({ region: x as tf.Tensor2D, text, textId }).objective;
  const gradient = tf.grad(value)(tf.tensor2d(region)).arraySync() as number[][];
  region.forEach((row, i) => {
    row.forEach((_, d) => {
      const at = (by: number) => {
        const moved = region.map((values) => [...values]);
        moved[i]![d]! += by;
        return numberOf(value(tf.tensor2d(moved)) as tf.Scalar);
      };
      expect(gradient[i]![d]).toBeCloseTo((at(0.01) - at(-0.01)) / 0.02, 3);
    });
  });
});

test("leaks no tensors and says what is missing", () => {
  const batch = orthogonal();
  const before = tf.memory().numTensors;
  tf.dispose(regionContrastiveLoss().compute(batch));
  expect(tf.memory().numTensors).toBe(before);
  expect(() => regionContrastiveLoss({ multiPositive: true }).compute(batch)).toThrow(
    "regionContrastiveLoss: multiPositive needs textId with one number for each of the 2 regions.",
  );
  expect(() => regionContrastiveLoss().compute({ ...batch, text: tf.zeros([3, 2]) })).toThrow(
    "regionContrastiveLoss: region is [2,2] and text is [3,2]; one text a region is expected.",
  );
});
