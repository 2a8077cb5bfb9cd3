import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { mosaiclipLoss } from "@tesserae/losses";
import { createClip, createTokenizer, freeze, inTower, readWeights, type TowerKind } from "@tesserae/models";
import { seededRng } from "@tesserae/scene-graph/random";
import { registerGradients } from "@tesserae/tfjs-backend-ort";
import { beforeAll, describe, expect, it } from "vitest";
import { createAdamW } from "../adamw.js";
import type { Batch } from "../objective/collate.js";
import { createTextPacker } from "../objective/text-packer.js";
import { trainingStep } from "./training-step.js";

beforeAll(async () => {
  registerGradients();
  await tf.setBackend("cpu");
});

const size = 8;
const texts = [
  "a red dog",
  "a dog",
  "a cat on a mat",
  "a blue cat",
  "two birds",
  "a mat under a cat",
  "a dog and a cat",
];
const image = (seed: number) => {
  const rng = seededRng(seed, "image");
  return { width: size, height: size, data: Uint8Array.from({ length: size * size * 3 }, () => 256 * rng()) };
};

/** Five images, each with its caption; two with a second positive, four negatives; one text stands beside two images. */
const batch: Batch = {
  images: [1, 2, 3, 4, 5].map(image),
  texts,
  textRow: Int32Array.of(0, 1, 2, 3, 4, 1, 5, 6, 5, 0, 3),
  positiveImage: Int32Array.of(0, 1, 2, 3, 4, 0, 2),
  negativeImage: Int32Array.of(0, 1, 3, 4),
  mask: Float32Array.of(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0),
};

/** One step: its values, gradients by variable, weights before and after, and how many tensors it leaves. */
async function oneStep(accumFreq: number, locked?: TowerKind) {
  const tokenizer = createTokenizer({ corpus: texts, vocabSize: 520, contextLength: 12 });
  const tower = { width: 8, layers: 2, heads: 2 };
  const config = {
    embedDim: 8,
    vision: { ...tower, imageSize: size, patchSize: 4 },
    text: { ...tower, contextLength: 12, vocabSize: tokenizer.vocabSize },
  };
  const clip = createClip(config, { rng: seededRng(1, "weights") });
  if (locked) freeze(clip, inTower(locked));
  const start = await readWeights(clip);
  const adamw = createAdamW(clip.variables, { beta1: 0.9, beta2: 0.98, eps: 1e-6, wd: 0 });
  const gradients: Record<string, Float32Array> = {};
  const optimizer: typeof adamw = {
    ...adamw,
    apply: (given, lr) => {
      for (const [name, variable] of clip.variables) {
        const gradient: tf.Tensor | null | undefined = given[variable.name];
        if (gradient) gradients[name] = Float32Array.from(gradient.dataSync());
      }
      return adamw.apply(given, lr);
    },
  };
  const before = tf.memory().numTensors;
  const pack = createTextPacker([]);
  const parts = { clip, tokenizer, loss: mosaiclipLoss(), optimizer, pack, accumFreq };
  const values = await trainingStep(parts, batch, 1e-3);
  const kept = tf.memory().numTensors - before;
  const end = await readWeights(clip);
  adamw.dispose();
  clip.dispose();
  return { values, gradients, kept, start, end };
}

describe("trainingStep with accumFreq", () => {
  it.each([2, 4])("gives the loss and the gradients of the whole batch in %i parts", async (accumFreq) => {
    const whole = await oneStep(1);
    const parts = await oneStep(accumFreq);
    expect(Object.keys(parts.values).sort()).toEqual(Object.keys(whole.values).sort());
    for (const [name, value] of Object.entries(whole.values)) {
      expect(Math.abs(parts.values[name]! - value), name).toBeLessThan(1e-6 * Math.max(1, Math.abs(value)));
    }
    expect(Object.keys(parts.gradients).sort()).toEqual(Object.keys(whole.gradients).sort());
    for (const [name, gradient] of Object.entries(whole.gradients)) {
      gradient.forEach((value, i) => {
        expect(Math.abs(parts.gradients[name]![i]! - value), name).toBeLessThan(1e-6 * Math.max(1, Math.abs(value)));
      });
    }
    expect(parts.kept).toBe(0);
  });

  it.each(["image", "text"] as const)("leaves a locked %s tower as it is, in parts too", async (locked) => {
    for (const accumFreq of [1, 2]) {
      const { start, end, gradients, kept } = await oneStep(accumFreq, locked);
      for (const [name, { data }] of start) {
        const changed = end.get(name)!.data.some((value, i) => value !== data[i]);
        if (inTower(locked)(name)) expect(changed, name).toBe(false);
        else if (!name.endsWith("k_proj.bias")) expect(changed, name).toBe(true);
        expect(name in gradients, name).toBe(!inTower(locked)(name));
      }
      expect(kept).toBe(0);
    }
  });
});
