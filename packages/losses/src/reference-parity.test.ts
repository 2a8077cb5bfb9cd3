import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { clipLoss, type Loss, mosaiclipLoss, negclipLoss, structureClipLoss } from "@tesserae/losses";
import { registerGradients } from "@tesserae/tfjs-backend-ort/gradients";
import { beforeAll, expect, test } from "vitest";
import { numberOf, total } from "./fixtures/batches.js";

/** One case of tools/oracles/clip_losses.py. */
interface Case {
  readonly name: string;
  readonly images: number;
  readonly width: number;
  readonly image: readonly number[];
  readonly text: readonly number[];
  readonly logitScale: number;
  readonly positiveImage: readonly number[];
  readonly negativeImage: readonly number[];
  readonly value: number;
  readonly imageGradient: readonly number[];
  readonly textGradient: readonly number[];
  readonly logitScaleGradient: number;
}

const fixture = new URL("./fixtures/clip-losses.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, "utf8")) as { cases: Case[] };

const losses: Readonly<Record<string, { loss: Loss; step?: number }>> = {
  clip: { loss: clipLoss() },
  negclip: { loss: negclipLoss() },
  mosaiclip: { loss: mosaiclipLoss() },
  "mosaiclip-sum": { loss: mosaiclipLoss({ reduction: "sum" }) },
  "structure-clip-paper": { loss: structureClipLoss() },
  "structure-clip-code": { loss: structureClipLoss({ variant: "code" }) },
  "structure-clip-code-warm-up": { loss: structureClipLoss({ variant: "code" }), step: 0 },
};

beforeAll(registerGradients);

test("the fixture has a case for every loss", () => {
  expect(cases.map(({ name }) => name)).toEqual(Object.keys(losses));
});

test.each(cases)("$name: value and gradients equal PyTorch's within 1e-5", (reference) => {
  const { images, width, positiveImage, negativeImage } = reference;
  const { loss, step } = losses[reference.name]!;
  const run = (image: tf.Tensor, text: tf.Tensor, logitScale: tf.Tensor) =>
    tf.add(
      total(
        loss.compute({
          image: image as tf.Tensor2D,
          text: text as tf.Tensor2D,
          logitScale: logitScale as tf.Scalar,
          positiveImage: tf.tensor1d([...positiveImage], "int32"),
          negativeImage: tf.tensor1d([...negativeImage], "int32"),
          ...(step === undefined ? {} : { step }),
        }),
      ),
      tf.mul(logitScale, 0), // gives a gradient to the losses that do not use the scale, too
    );
  const inputs = [
    tf.tensor2d([...reference.image], [images, width]),
    tf.tensor2d([...reference.text], [reference.text.length / width, width]),
    tf.scalar(reference.logitScale),
  ];
  const { value, grads } = tf.valueAndGrads(run)(inputs);
  expectClose([numberOf(value as tf.Scalar)], [reference.value]);
  expectClose(grads[0]!.dataSync(), reference.imageGradient);
  expectClose(grads[1]!.dataSync(), reference.textGradient);
  expectClose(grads[2]!.dataSync(), [reference.logitScaleGradient]);
});

function expectClose(found: ArrayLike<number>, expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  const difference = Math.max(
    ...expected.map((value, i) => Math.abs(value - found[i]!) / Math.max(1, Math.abs(value))),
  );
  expect(difference).toBeLessThan(1e-5);
}
