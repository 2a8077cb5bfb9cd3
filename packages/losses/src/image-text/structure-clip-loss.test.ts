import "@tensorflow/tfjs-backend-cpu";
import { clipLoss, structureClipLoss } from "@tesserae/losses";
import { expect, test } from "vitest";
import { numberOf, onePositive, severalPositives, toTensors } from "../fixtures/batches.js";

/** cos(image 0, positive) = 0.8, cos(image 0, negative) = 0.7, cos(image 1, positive) = 1, cos(image 1, negative) = 0. */
const pairs = {
  image: [
    [1, 0, 0],
    [0, 1, 0],
  ],
  text: [
    [0.8, 0, 0.6],
    [0, 1, 0],
    [0.7, 0, Math.sqrt(0.51)],
    [1, 0, 0],
  ],
  logitScale: 2,
  positiveImage: [0, 1],
  negativeImage: [0, 1],
};

test("paper: InfoNCE over the positives and a hinge on own negatives", () => {
  const terms = structureClipLoss().compute(toTensors(pairs));
  // (max(0, 0.2 - 0.8 + 0.7) + max(0, 0.2 - 1 + 0)) / 2
  expect(numberOf(terms.hinge)).toBeCloseTo(0.05, 6);
  const clip = clipLoss().compute(toTensors(pairs));
  expect(numberOf(terms.contrastive)).toBe(numberOf(clip.objective));
});

test("margin and weight of the hinge", () => {
  const terms = structureClipLoss({ margin: 1.5, weight: 2 }).compute(toTensors(pairs));
  expect(numberOf(terms.hinge)).toBeCloseTo(2 * ((1.4 + 0.5) / 2), 5);
});

test("code: hardest triplet with margin 0.2, hinge 0.1 times 5", () => {
  const batch = toTensors({
    image: [
      [1, 0],
      [0, 1],
    ],
    text: [
      [0.8, 0.6],
      [0.6, 0.8],
      [0.8, 0.6],
      [1, 0],
    ],
    logitScale: 99,
    positiveImage: [0, 1],
    negativeImage: [0, 1],
  });
  const terms = structureClipLoss({ variant: "code" }).compute(batch);
  // Cosines are [[0.8, 0.6], [0.6, 0.8]]: every triplet is max(0, 0.6 + 0.2 - 0.8) = 0.
  expect(numberOf(terms.matching)).toBeCloseTo(0, 6);
  expect(numberOf(terms.hinge)).toBeCloseTo((5 * (0.1 + 0)) / 2, 6);

  const close = toTensors({
    image: [
      [1, 0],
      [0, 1],
    ],
    text: [
      [0.6, 0.8],
      [0, 1],
    ],
    logitScale: 99,
    positiveImage: [0, 1],
    negativeImage: [],
  });
  // Cosines are [[0.6, 0], [0.8, 1]]: images pay 0 and 0 (0.8 + 0.2 - 1), texts pay 0.4 (0.8 + 0.2 - 0.6) and 0.
  expect(numberOf(structureClipLoss({ variant: "code" }).compute(close).matching)).toBeCloseTo(0.2, 5);
  // Warming up, text 0 is compared with the mean 0.7 of its column and text 1 with 0.5: 0.3 and 0.
  const warming = structureClipLoss({ variant: "code" });
  expect(numberOf(warming.compute({ ...close, step: 99 }).matching)).toBeCloseTo(0.15, 5);
  expect(numberOf(warming.compute({ ...close, step: 100 }).matching)).toBeCloseTo(0.2, 5);
});

test("a batch without negatives has no hinge, nor has a negative that belongs to no image", () => {
  const plain = severalPositives();
  const none = structureClipLoss().compute(toTensors({ ...plain, text: plain.text.slice(0, 7), negativeImage: [] }));
  expect(numberOf(none.hinge)).toBe(0);
  const nobody = structureClipLoss().compute(toTensors({ ...plain, negativeImage: [-1, -1, -1, -1, -1] }));
  expect(numberOf(nobody.hinge)).toBe(0);
});

test("refuses an unknown variant", () => {
  expect(() => structureClipLoss({ variant: "both" as "paper" })).toThrow(
    'structureClipLoss: variant is "both"; expected "paper" or "code".',
  );
  expect(structureClipLoss({ variant: "paper" }).compute(toTensors(onePositive()))).toHaveProperty("hinge");
});
