import * as tf from "@tensorflow/tfjs-core";
import { selectBackend } from "@tesserae/tfjs-backend-ort";
import { beforeAll, expect, test } from "vitest";
import { createClipStep } from "./clip-step.js";

beforeAll(() => selectBackend({ backend: "ort", threads: 1 }));

test("a step learns from its batch and holds no more tensors than the one before", async () => {
  const tower = { layers: 1, width: 16, heads: 2 };
  const step = createClipStep({
    name: "test",
    batch: 4,
    config: {
      embedDim: 8,
      activation: "gelu",
      vision: { imageSize: 8, patchSize: 4, pool: "class", ...tower },
      text: { contextLength: 5, vocabSize: 20, ...tower },
    },
  });
  const batch = step.batch(4);
  expect(batch.tokens.chunks[0]).toMatchObject({ count: 4, length: 4 });
  const first = await step.run(batch);
  const held = tf.memory().numTensors;
  let last = first;
  for (let repetition = 0; repetition < 20; repetition++) last = await step.run(batch);
  expect(tf.memory().numTensors).toBe(held);
  expect(first).toBeGreaterThan(1);
  expect(last).toBeLessThan(first);
});
