import "@tensorflow/tfjs-backend-cpu";
import { negclipLoss } from "@tesserae/losses";
import { expect, test } from "vitest";
import { numberOf, toTensors } from "../fixtures/batches.js";

test("a negative is in the image's softmax and not in the text's", () => {
  const batch = toTensors({
    image: [[1, 0]],
    text: [
      [1, 0],
      [0, 1],
    ],
    logitScale: 1,
    positiveImage: [0],
    negativeImage: [0],
  });
  const terms = negclipLoss().compute(batch);
  expect(numberOf(terms.imageToText)).toBeCloseTo(0.3132617, 6); // ln(1 + 1/e)
  expect(numberOf(terms.textToImage)).toBeCloseTo(0, 6);
  expect(numberOf(terms.objective)).toBeCloseTo(0.1566308, 6);
});

test("a negative counts for every image, also one that belongs to none", () => {
  const image = [
    [1, 0],
    [1, 0],
  ];
  const text = [
    [0, 1],
    [0, 1],
    [0, 1],
  ];
  const plain = { image, text, logitScale: 1, positiveImage: [0, 1] };
  for (const owner of [0, 1, -1]) {
    const terms = negclipLoss().compute(toTensors({ ...plain, negativeImage: [owner] }));
    expect(numberOf(terms.imageToText)).toBeCloseTo(1.0986123, 6); // ln 3
    expect(numberOf(terms.textToImage)).toBeCloseTo(Math.LN2, 6); // ln 2
  }
});
