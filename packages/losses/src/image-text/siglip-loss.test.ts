import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { siglipLoss } from "@tesserae/losses";
import { expect, test } from "vitest";
import { numberOf, severalPositives, toTensors } from "../fixtures/batches.js";

test("one pair without scale and bias: ln 2", () => {
  const batch = toTensors({
    image: [[1, 0]],
    text: [[0, 1]],
    logitScale: 1,
    positiveImage: [0],
    negativeImage: [],
  });
  expect(numberOf(siglipLoss({ bias: 0 }).compute(batch).objective)).toBeCloseTo(Math.LN2, 6);
});

test("equals open_clip 3.3's SigLipLoss where each image has one text", () => {
  const batch = toTensors({
    image: [
      [1, 0],
      [0, 1],
    ],
    text: [
      [0.6, 0.8],
      [0.8, 0.6],
    ],
    logitScale: 10,
    positiveImage: [0, 1],
    negativeImage: [],
  });
  expect(numberOf(siglipLoss().compute(batch).objective)).toBeCloseTo(4.145077938960782, 5);
});

test("equals a sum over all pairs, with a trained bias too", () => {
  const plain = severalPositives();
  let expected = 0;
  plain.image.forEach((image, i) => {
    plain.text.forEach((text, k) => {
      const logit = 4 * image.reduce((sum, x, d) => sum + x * text[d]!, 0) - 1.5;
      const sign = plain.positiveImage[k] === i ? 1 : -1;
      expected += Math.log(1 + Math.exp(-sign * logit)) / 4;
    });
  });
  const batch = toTensors(plain);
  expect(numberOf(siglipLoss({ bias: -1.5 }).compute(batch).objective)).toBeCloseTo(expected, 4);
  expect(numberOf(siglipLoss({ bias: tf.scalar(-1.5) }).compute(batch).objective)).toBeCloseTo(expected, 4);
});

test("huge logits give finite losses", () => {
  const batch = { ...toTensors(severalPositives()), logitScale: tf.scalar(1e4) };
  expect(Number.isFinite(numberOf(siglipLoss().compute(batch).objective))).toBe(true);
});
