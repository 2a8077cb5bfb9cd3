import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { type ContrastiveBatch, LossError } from "@tesserae/losses";
import { registerGradients } from "@tesserae/tfjs-backend-ort/gradients";
import { beforeAll, describe, expect, test } from "vitest";
import { numberOf, type PlainBatch, severalPositives, toTensors, uniform } from "../fixtures/batches.js";
import { contrastiveLosses } from "../fixtures/every-loss.js";

beforeAll(registerGradients);

/** Adds rows that are marked as padding: wild values, one between the positives, two behind the negatives. */
function padded(plain: PlainBatch, positive: number, negative: number): PlainBatch {
  const wild = Array.from({ length: plain.image[0]!.length }, (_, d) => 3 - d);
  const m = plain.positiveImage.length;
  return {
    ...plain,
    text: [...plain.text.slice(0, 2), wild, ...plain.text.slice(2), wild, wild],
    positiveImage: [...plain.positiveImage.slice(0, 2), positive, ...plain.positiveImage.slice(2)],
    negativeImage: [...plain.negativeImage, negative, negative],
    textMask: plain.text
      .flatMap((_, k) => (k === 2 ? [0, 1] : [1]))
      .concat([0, 0])
      .slice(0, m + 1 + plain.negativeImage.length + 2),
  };
}

describe.each(Object.entries(contrastiveLosses))("%s", (_, loss) => {
  const value = (batch: ContrastiveBatch) => loss.compute(batch).objective;

  test("gradients agree with finite differences", () => {
    const batch = toTensors(severalPositives(5));
    const inputs = [batch.image, batch.text, batch.logitScale] as const;
    const run = (image: tf.Tensor, text: tf.Tensor, logitScale: tf.Tensor) =>
      tf.add(
        value({
          ...batch,
          image: image as tf.Tensor2D,
          text: text as tf.Tensor2D,
          logitScale: logitScale as tf.Scalar,
        }),
        tf.mul(logitScale, 0), // gives a gradient to the losses that do not use the scale, too
      ) as tf.Scalar;
    const gradients = tf.grads(run)([...inputs]);
    const rng = uniform(9);
    inputs.forEach((input, which) => {
      const direction = tf.tensor(
        Array.from({ length: input.size }, () => rng() * 2 - 1),
        input.shape,
      );
      const moved = (by: number) =>
        run(
          ...(inputs.map((x, i) => (i === which ? tf.add(x, tf.mul(direction, by)) : x)) as [
            tf.Tensor,
            tf.Tensor,
            tf.Tensor,
          ]),
        );
      const embeddingGradient = (numberOf(moved(0.002)) - numberOf(moved(-0.002))) / 0.004;
      const predicted = numberOf(tf.sum(tf.mul(gradients[which]!, direction)) as tf.Scalar);
      expect(Math.abs(predicted - embeddingGradient)).toBeLessThan(2e-3 * Math.max(1, Math.abs(embeddingGradient)));
    });
  });

  test.each([
    [0, 1],
    [-1, -1],
  ])("padding rows change neither value nor gradient (oneHotOwner %i, %i)", (positive, negative) => {
    const plain = severalPositives(6);
    const ofText = (text: tf.Tensor, batch: ContrastiveBatch) => value({ ...batch, text: text as tf.Tensor2D });
    const clean = toTensors(plain);
    const dirty = toTensors(padded(plain, positive, negative));
    const a = tf.valueAndGrad((text: tf.Tensor) => ofText(text, clean))(clean.text);
    const b = tf.valueAndGrad((text: tf.Tensor) => ofText(text, dirty))(dirty.text);
    expect(numberOf(b.value as tf.Scalar)).toBeCloseTo(numberOf(a.value as tf.Scalar), 5);
    const rows = b.grad.arraySync() as number[][];
    const kept = [...rows.slice(0, 2), ...rows.slice(3, 13)];
    const expected = a.grad.arraySync() as number[][];
    kept.forEach((row, k) => {
      row.forEach((x, d) => {
        expect(x).toBeCloseTo(expected[k]![d]!, 5);
      });
    });
    for (const row of [rows[2]!, ...rows.slice(13)]) expect(row.every((x) => x === 0)).toBe(true);
  });

  test("leaks no tensors", () => {
    const batch = toTensors(severalPositives());
    const before = tf.memory().numTensors;
    const terms = loss.compute(batch);
    expect(tf.memory().numTensors).toBe(before + Object.keys(terms).length);
    tf.dispose(terms);
    expect(tf.memory().numTensors).toBe(before);
  });

  test("refuses shapes that do not belong together", () => {
    const batch = toTensors(severalPositives());
    expect(() => loss.compute({ ...batch, image: tf.zeros([4, 5]) })).toThrow(
      "image is [4,5] and text is [12,6]; their widths must be equal.",
    );
    expect(() => loss.compute({ ...batch, negativeImage: tf.tensor1d([0], "int32") })).toThrow(
      "text has 12 rows; positiveImage and negativeImage name 7 + 1. Texts are positives first, then negatives.",
    );
    expect(() => loss.compute({ ...batch, textMask: tf.ones([3]) })).toThrow("textMask has 3 entries for 12 texts.");
    expect(() => loss.compute({ ...batch, positiveImage: tf.zeros([0], "int32") })).toThrow(LossError);
  });
});
