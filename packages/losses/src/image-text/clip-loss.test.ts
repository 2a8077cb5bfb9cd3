import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { clipLoss } from "@tesserae/losses";
import { expect, test } from "vitest";
import { numberOf, onePositive, severalPositives, toTensors } from "../fixtures/batches.js";

test("is ln B when nothing is similar to anything", () => {
  const batch = { ...toTensors(onePositive()), image: tf.zeros<tf.Rank.R2>([4, 6]) };
  const terms = clipLoss().compute(batch);
  expect(numberOf(terms.objective)).toBeCloseTo(1.3862944, 6);
  expect(numberOf(terms.imageToText)).toBeCloseTo(1.3862944, 6);
  expect(numberOf(terms.textToImage)).toBeCloseTo(1.3862944, 6);
});

test("two orthogonal pairs: ln(1 + 1/e)", () => {
  const batch = toTensors({
    image: [
      [1, 0],
      [0, 1],
    ],
    text: [
      [1, 0],
      [0, 1],
    ],
    logitScale: 1,
    positiveImage: [0, 1],
    negativeImage: [],
  });
  expect(numberOf(clipLoss().compute(batch).objective)).toBeCloseTo(0.3132617, 6);
});

test("follows positiveImage, not the order of rows", () => {
  const batch = toTensors({
    image: [
      [1, 0],
      [0, 1],
    ],
    text: [
      [0, 1],
      [1, 0],
    ],
    logitScale: 1,
    positiveImage: [1, 0],
    negativeImage: [],
  });
  expect(numberOf(clipLoss().compute(batch).objective)).toBeCloseTo(0.3132617, 6);
});

test("ignores negatives", () => {
  const plain = severalPositives();
  const withNegatives = clipLoss().compute(toTensors(plain));
  const without = clipLoss().compute(toTensors({ ...plain, text: plain.text.slice(0, 7), negativeImage: [] }));
  expect(numberOf(withNegatives.objective)).toBeCloseTo(numberOf(without.objective), 6);
});
