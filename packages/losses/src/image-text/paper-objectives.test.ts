import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { mosaiclipLoss, structureClipLoss } from "@tesserae/losses";
import { describe, expect, it } from "vitest";
import { numberOf } from "../fixtures/batches.js";
import cases from "../fixtures/paper-objectives.json" with { type: "json" };

// A batch of three images worked out by hand, and three drawn ones: tools/oracles/paper_objectives.py.
describe.each(cases.map((given, index) => ({ given, index })))("batch $index", ({ given }) => {
  const common = { image: tf.tensor2d(given.image), logitScale: tf.scalar(given.logitScale) };
  const texts = {
    ...common,
    text: tf.tensor2d(given.text),
    positiveImage: tf.tensor1d(given.positiveImage, "int32"),
    negativeImage: tf.fill([given.text.length - given.positiveImage.length], -1, "int32") as tf.Tensor1D,
    positiveMask: tf.tensor2d(given.trueOf),
  };

  it("MosaiCLIP: sums as printed, means, and with true negatives left out", () => {
    const sums = mosaiclipLoss({ reduction: "sum" }).compute(texts);
    expect(numberOf(sums.objective)).toBeCloseTo(given.mosaiclip.sum, 4);
    expect(numberOf(sums.imageToText)).toBeCloseTo(given.mosaiclip.imageToTextSum, 4);
    expect(numberOf(sums.textToImage)).toBeCloseTo(given.mosaiclip.textToImageSum, 4);
    expect(numberOf(mosaiclipLoss().compute(texts).objective)).toBeCloseTo(given.mosaiclip.mean, 5);
    const masked = mosaiclipLoss({ reduction: "sum", trueNegatives: "mask" }).compute(texts);
    expect(numberOf(masked.objective)).toBeCloseTo(given.mosaiclipWithoutTrueNegatives.sum, 4);
  });

  it("Structure-CLIP: matched on the fused texts, hinge on the plain ones, paper and code", () => {
    const captions = given.text.slice(0, 3);
    const plain = tf.tensor2d([...captions, ...given.semanticNegative]);
    const knowledge = tf.tensor2d([...given.knowledge, ...given.knowledge]);
    const batch = {
      ...common,
      text: tf.add(plain, tf.mul(knowledge, given.knowledgeWeight)) as tf.Tensor2D,
      plainText: plain,
      positiveImage: tf.tensor1d([0, 1, 2], "int32"),
      negativeImage: tf.tensor1d([0, 1, 2], "int32"),
    };
    const { paper, code, codeWarmUp } = given.structureClip;
    const inPaper = structureClipLoss().compute(batch);
    expect(numberOf(inPaper.objective)).toBeCloseTo(paper.objective, 5);
    expect(numberOf(inPaper.contrastive)).toBeCloseTo(paper.contrastive, 5);
    expect(numberOf(inPaper.hinge)).toBeCloseTo(paper.hinge, 5);
    const loss = structureClipLoss({ variant: "code" });
    for (const [step, expected] of [
      [99, codeWarmUp],
      [100, code],
    ] as const) {
      for (const given of [step, tf.scalar(step)]) {
        const terms = loss.compute({ ...batch, step: given });
        expect(numberOf(terms.matching)).toBeCloseTo(expected.matching, 5);
        expect(numberOf(terms.hinge)).toBeCloseTo(expected.hinge, 5);
        expect(numberOf(terms.objective)).toBeCloseTo(expected.objective, 5);
      }
    }
  });
});
