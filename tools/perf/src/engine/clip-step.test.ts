import * as tf from "@tensorflow/tfjs-core";
import { selectBackend } from "@tesserae/tfjs-backend-ort";
import { beforeAll, expect, test } from "vitest";
import type { ClipSize } from "./clip-sizes.js";
import { createClipStep } from "./clip-step.js";

beforeAll(() => selectBackend({ backend: "ort", threads: 1 }));

const tower = { layers: 1, width: 16, heads: 2 };
const size: ClipSize = {
  name: "test",
  batch: 4,
  config: {
    embedDim: 8,
    activation: "gelu",
    vision: { imageSize: 8, patchSize: 4, pool: "class", ...tower },
    text: { contextLength: 5, vocabSize: 20, ...tower },
  },
};

test.each([true, false])(
  "a step learns from its batch and holds no more tensors than the one before (traced: %s)",
  async (traced) => {
    const step = createClipStep(size, traced);
    const batch = step.batch(4);
    expect(batch.tokens.chunks[0]).toMatchObject({ count: 4, length: 4 });
    const first = await step.run(batch);
    const held = tf.memory().numTensors;
    let last = first;
    for (let repetition = 0; repetition < 20; repetition++) last = await step.run(batch);
    expect(tf.memory().numTensors).toBe(held);
    expect(first).toBeGreaterThan(1);
    expect(last).toBeLessThan(first);
    step.dispose();
  },
);

test("200 traced steps give the bytes of 200 steps without jit, with texts of changing length", async () => {
  const [traced, plain] = [createClipStep(size, true), createClipStep(size, false)];
  const losses: number[] = [];
  for (let index = 0; index < 200; index++) {
    const batch = traced.batch(3 + (index % 3));
    losses.push(await traced.run(batch));
    expect(losses[index]).toBe(await plain.run(batch));
  }
  expect(new Set(losses).size).toBeGreaterThan(190);
  expect(traced.state()).toEqual(plain.state());
  traced.dispose();
  plain.dispose();
});
