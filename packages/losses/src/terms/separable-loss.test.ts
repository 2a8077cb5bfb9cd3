import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { type ContrastiveBatch, gradCache, hingeLoss, type Loss, type LossTerms, weighted } from "@tesserae/losses";
import { registerGradients } from "@tesserae/tfjs-backend-ort/gradients";
import { beforeAll, describe, expect, it } from "vitest";
import { numberOf, sharedTexts, toTensors } from "../fixtures/batches.js";
import { contrastiveLosses } from "../fixtures/every-loss.js";

beforeAll(registerGradients);

/** Every loss that can be cut: CE-CLIP compares texts with texts, FSC-CLIP is chained with a local part. */
const losses: Readonly<Record<string, Loss>> = {
  ...Object.fromEntries(Object.entries(contrastiveLosses).filter(([name]) => !/^(ce|fsc)-clip/.test(name))),
  hinge: hingeLoss(),
  "weighted mosaiclip": weighted(contrastiveLosses.mosaiclip!, 3),
};

/** Twelve texts, two of them padding, and texts without knowledge beside them. */
function batchOf(mask: "float32" | "bool"): ContrastiveBatch {
  const plain = toTensors(sharedTexts(5));
  return {
    ...plain,
    plainText: tf.reverse(plain.text, 1),
    step: 50,
    textMask: tf.tensor1d([1, 1, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1]),
    positiveMask: tf.cast(plain.positiveMask!, mask),
  };
}

/** The objective's gradient by images, texts, plain texts and scale, as numbers. */
function gradientOf(batch: ContrastiveBatch, compute: (batch: ContrastiveBatch) => LossTerms): Float32Array[] {
  const { image, text, plainText, logitScale } = batch;
  const uses = (x: tf.Tensor) => tf.mul(tf.sum(x), 0) as tf.Scalar; // not every loss uses all
  const { grads } = tf.valueAndGrads((...given: tf.Tensor[]) => {
    const [images, texts, plain, scale] = given as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Scalar];
    const { objective } = compute({ ...batch, image: images, text: texts, plainText: plain, logitScale: scale });
    return tf.addN([objective, ...given.map(uses)]) as tf.Scalar;
  })([image, text, plainText!, logitScale]);
  return grads.map((gradient) => gradient.dataSync<"float32">());
}

const sumOf = (arrays: readonly Float32Array[][]) =>
  arrays[0]!.map((first, which) => first.map((_, at) => arrays.reduce((sum, one) => sum + one[which]![at]!, 0)));

describe("inBlocks", () => {
  it.each(Object.keys(losses))(
    "%s: the terms and gradients of its blocks add up to those of the whole",
    async (name) => {
      const loss = losses[name]!;
      for (const [comparisons, mask] of [
        [1, "float32"],
        [24, "bool"], // two images with all texts
        [1000, "float32"],
      ] as const) {
        const batch = batchOf(mask);
        const blocks = await loss.inBlocks!(batch, comparisons);
        if (comparisons === 1) expect(blocks.length).toBeGreaterThan(4);
        const whole = loss.compute(batch);
        const parts = blocks.map((block) => block(batch));
        for (const [term, value] of Object.entries(whole)) {
          const sum = parts.reduce((total, terms) => total + numberOf(terms[term]), 0);
          expect(Math.abs(sum - numberOf(value)), `${term} at ${comparisons}`).toBeLessThan(1e-5);
        }
        const expected = gradientOf(batch, loss.compute);
        const found = sumOf(blocks.map((block) => gradientOf(batch, block)));
        for (const [which, values] of expected.entries()) {
          const most = values.reduce((max, value, at) => Math.max(max, Math.abs(value - found[which]![at]!)), 0);
          expect(most, `gradient ${which} at ${comparisons}`).toBeLessThan(1e-5);
        }
      }
    },
  );

  it("gradCache takes the blocks for the loss, and frees what it makes of them", async () => {
    const loss = contrastiveLosses.mosaiclip!;
    const batch = batchOf("bool");
    const weights = tf.variable(tf.randomNormal([6, 6], 0, 1, "float32", 1));
    const embed = (rows: tf.Tensor2D) => tf.matMul(rows, weights as unknown as tf.Tensor2D);
    const parts = [() => embed(batch.image), () => embed(batch.text)];
    const of = (compute: (batch: ContrastiveBatch) => LossTerms) => (embeddings: readonly tf.Tensor[]) =>
      compute({ ...batch, image: embeddings[0] as tf.Tensor2D, text: embeddings[1] as tf.Tensor2D });
    const blocks = await loss.inBlocks!(batch, 24);
    const whole = await gradCache({ parts, variables: [weights], loss: of(loss.compute) });
    const before = tf.memory().numTensors;
    const cut = await gradCache({ parts, variables: [weights], loss: blocks.map(of) });
    expect(tf.memory().numTensors - before).toBe(Object.keys(cut.terms).length + 1);
    expect(numberOf(cut.terms.objective)).toBeCloseTo(numberOf(whole.terms.objective), 5);
    const [expected, found] = [whole, cut].map(({ gradients }) => gradients[weights.name]!.dataSync());
    for (const [at, value] of expected!.entries()) expect(found![at]).toBeCloseTo(value, 4);
  });
});
