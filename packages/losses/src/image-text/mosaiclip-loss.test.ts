import "@tensorflow/tfjs-backend-cpu";
import { mosaiclipLoss, negclipLoss } from "@tesserae/losses";
import { expect, test } from "vitest";
import { numberOf, onePositive, type PlainBatch, severalPositives, toTensors } from "../fixtures/batches.js";

/** The paper's two sums, written as loops in double precision. */
function reference({ image, text, logitScale, positiveImage }: PlainBatch): {
  imageToText: number;
  textToImage: number;
} {
  const logit = (i: number, k: number) => logitScale * image[i]!.reduce((sum, x, d) => sum + x * text[k]![d]!, 0);
  let imageToText = 0;
  image.forEach((_, i) => {
    const own = [...positiveImage.keys()].filter((k) => positiveImage[k] === i);
    const all = text.reduce((sum, _, k) => sum + Math.exp(logit(i, k)), 0);
    for (const k of own) imageToText -= Math.log(Math.exp(logit(i, k)) / all) / own.length;
  });
  let textToImage = 0;
  positiveImage.forEach((owner, k) => {
    const all = image.reduce((sum, _, i) => sum + Math.exp(logit(i, k)), 0);
    textToImage -= Math.log(Math.exp(logit(owner, k)) / all);
  });
  return { imageToText, textToImage };
}

test("sums equal the paper's equations", () => {
  const plain = severalPositives();
  const expected = reference(plain);
  const terms = mosaiclipLoss({ reduction: "sum" }).compute(toTensors(plain));
  expect(numberOf(terms.imageToText)).toBeCloseTo(expected.imageToText, 5);
  expect(numberOf(terms.textToImage)).toBeCloseTo(expected.textToImage, 5);
  expect(numberOf(terms.objective)).toBeCloseTo((expected.imageToText + expected.textToImage) / 2, 5);
});

test("means divide by images and by positive texts", () => {
  const plain = severalPositives();
  const expected = reference(plain);
  const terms = mosaiclipLoss().compute(toTensors(plain));
  expect(numberOf(terms.imageToText)).toBeCloseTo(expected.imageToText / 4, 5);
  expect(numberOf(terms.textToImage)).toBeCloseTo(expected.textToImage / 7, 5);
});

test("an image with two equal positives pays ln 2 for them", () => {
  const batch = toTensors({
    image: [[1, 0]],
    text: [
      [1, 0],
      [1, 0],
    ],
    logitScale: 10,
    positiveImage: [0, 0],
    negativeImage: [],
  });
  const terms = mosaiclipLoss().compute(batch);
  expect(numberOf(terms.imageToText)).toBeCloseTo(Math.LN2, 6);
  expect(numberOf(terms.textToImage)).toBeCloseTo(0, 6);
});

test("equals NegCLIP's loss with one positive an image", () => {
  const mosaiclip = mosaiclipLoss().compute(toTensors(onePositive()));
  const negclip = negclipLoss().compute(toTensors(onePositive()));
  expect(numberOf(mosaiclip.objective)).toBe(numberOf(negclip.objective));
});

test("an image without a positive takes no part as a query", () => {
  const plain: PlainBatch = { ...severalPositives(), positiveImage: [0, 1, 2, 2, 0, 2, 2] };
  const terms = mosaiclipLoss().compute(toTensors(plain));
  expect(numberOf(terms.imageToText)).toBeCloseTo(reference(plain).imageToText / 3, 5);
});
