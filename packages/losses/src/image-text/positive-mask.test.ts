import "@tensorflow/tfjs-backend-cpu";
import { clipLoss, mosaiclipLoss, negclipLoss, siglipLoss, structureClipLoss } from "@tesserae/losses";
import { expect, test } from "vitest";
import { numberOf, severalPositives, sharedTexts, toTensors } from "../fixtures/batches.js";

const masked = { textTargets: "shared", trueNegatives: "mask" } as const;

/** Logits and what may be compared, as loops in double precision: 7 positive texts, then 5 negatives. */
function loops() {
  const { image, text, logitScale, positiveMask } = sharedTexts();
  const logit = (i: number, k: number) => logitScale * image[i]!.reduce((sum, x, d) => sum + x * text[k]![d]!, 0);
  const share = (chosen: number, all: number[]) =>
    Math.log(Math.exp(chosen) / all.reduce((s, x) => s + Math.exp(x), 0));
  const isTrue = (i: number, k: number) => positiveMask![i]![k] === 1;
  return { logit, share, isTrue, images: [0, 1, 2, 3], texts: [...text.keys()] };
}

test("MosaiCLIP, targets shared and true negatives masked: a text is a positive of every image that it is true of", () => {
  const { logit, share, isTrue, images, texts } = loops();
  let imageToText = 0;
  for (const i of images) {
    const own = texts.filter((k) => k < 7 && isTrue(i, k));
    const all = texts.filter((k) => k < 7 || !isTrue(i, k)).map((k) => logit(i, k));
    for (const k of own) imageToText -= share(logit(i, k), all) / own.length;
  }
  let textToImage = 0;
  for (const k of texts.slice(0, 7)) {
    const own = images.filter((i) => isTrue(i, k));
    for (const i of own) {
      textToImage -=
        share(
          logit(i, k),
          images.map((j) => logit(j, k)),
        ) / own.length;
    }
  }
  const sums = mosaiclipLoss({ ...masked, reduction: "sum" }).compute(toTensors(sharedTexts()));
  expect(numberOf(sums.imageToText)).toBeCloseTo(imageToText, 5);
  expect(numberOf(sums.textToImage)).toBeCloseTo(textToImage, 5);
  const means = mosaiclipLoss(masked).compute(toTensors(sharedTexts()));
  expect(numberOf(means.imageToText)).toBeCloseTo(imageToText / 4, 5);
  expect(numberOf(means.textToImage)).toBeCloseTo(textToImage / 7, 5);
});

test("SigLIP: a text that is true of an image has the plus sign there, a true negative none", () => {
  const { logit, isTrue, images, texts } = loops();
  let expected = 0;
  for (const i of images) {
    for (const k of texts) {
      if (k >= 7 && isTrue(i, k)) continue;
      const sign = isTrue(i, k) ? 1 : -1;
      expected += Math.log(1 + Math.exp(-sign * (logit(i, k) - 2)));
    }
  }
  const { objective } = siglipLoss({ bias: -2 }).compute(toTensors(sharedTexts()));
  expect(numberOf(objective)).toBeCloseTo(expected / 4, 4);
});

test("Structure-CLIP: a negative that is true of its own image has no hinge", () => {
  const plain = severalPositives();
  const own = [0, 1, 2, 3].map((image) => [
    ...plain.positiveImage.map((owner) => (owner === image ? 1 : 0)),
    0,
    0,
    0,
    0,
    0,
  ]);
  own[1]![8] = 1; // the second negative, made for image 1
  const loss = structureClipLoss({ margin: 2 });
  const without = { ...plain, textMask: plain.text.map((_, k) => (k === 8 ? 0 : 1)) };
  expect(numberOf(loss.compute(toTensors({ ...plain, positiveMask: own })).hinge)).toBeCloseTo(
    numberOf(loss.compute(toTensors(without)).hinge),
    6,
  );
});

test.each([
  ["clip", clipLoss()],
  ["negclip", negclipLoss()],
  ["mosaiclip", mosaiclipLoss()],
  ["siglip", siglipLoss()],
  ["structure-clip", structureClipLoss()],
])("%s: the owners' positiveMask alone change nothing", (_, loss) => {
  const plain = severalPositives();
  const positiveMask = [0, 1, 2, 3].map((image) => [
    ...plain.positiveImage.map((owner) => (owner === image ? 1 : 0)),
    ...plain.negativeImage.map(() => 0),
  ]);
  expect(numberOf(loss.compute(toTensors({ ...plain, positiveMask })).objective)).toBe(
    numberOf(loss.compute(toTensors(plain)).objective),
  );
});

test("refuses a positiveMask of another shape", () => {
  const batch = { ...toTensors(severalPositives()), positiveMask: toTensors(sharedTexts()).text };
  expect(() => mosaiclipLoss().compute(batch)).toThrow(
    "positiveMask is [12,6]; one number for each image and text is expected, [4,12].",
  );
});
