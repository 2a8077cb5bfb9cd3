import { existsSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { ortReport, selectBackend } from "@tesserae/tfjs-backend-ort";
import { beforeAll, expect, test } from "vitest";
import type { ClipSize } from "./clip-sizes.js";
import { createClipStep } from "./clip-step.js";

const swiftShader = "/usr/lib/chromium/vk_swiftshader_icd.json"; // a Vulkan driver in software, of Debian's chromium
if (!process.env.VK_ICD_FILENAMES && !existsSync("/dev/dri") && existsSync(swiftShader)) {
  process.env.VK_ICD_FILENAMES = swiftShader;
}

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
    // The first call is traced; calls 2, 4, 8 and 16 are checked.
    expect(step.counts()).toEqual(traced ? { traced: 5, replayed: 16, fallenBack: 0, reasons: {} } : undefined);
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

test("a step on WebGPU gives the loss and the gradients of one on the CPU (skipped where there is no adapter)", async (context) => {
  const lines: string[] = [];
  const { device } = await selectBackend({ device: "webgpu", threads: 1, log: (line) => lines.push(line) });
  if (device !== "webgpu") return context.skip(lines[0]);
  const onGpu = createClipStep(size);
  const batch = onGpu.batch(4);
  const gpuLoss = await onGpu.run(batch);
  const { firstMoments } = onGpu.state();
  onGpu.dispose();
  expect(ortReport().keptOnCpu).toEqual({});
  await selectBackend({ backend: "ort", threads: 1 });
  const onCpu = createClipStep(size);
  expect(Math.abs(gpuLoss - (await onCpu.run(batch)))).toBeLessThan(1e-4);
  // The first moments after one step are a tenth of the gradients.
  for (const [index, expected] of onCpu.state().firstMoments.entries()) {
    const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const difference = expected.reduce(
      (most, value, at) => Math.max(most, Math.abs(value - firstMoments[index]![at]!)),
      0,
    );
    expect(difference).toBeLessThanOrEqual(1e-3 * largest);
  }
  onCpu.dispose();
});
