import { existsSync } from "node:fs";
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { jit, ortReport, registerOrtBackend, resetOrtReport, selectBackend } from "@tesserae/tfjs-backend-ort";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { trainingSteps } from "../backend/fixtures/training-steps.js";
import { createVariable } from "../jit/fixtures/create-variable.js";
import { tensorsOf } from "../kernels/fixtures/case.js";
import { cases } from "../kernels/fixtures/index.js";
import { expectSame, gradientsOf, outcomes } from "../kernels/fixtures/outcome.js";
import { probeDevice } from "../selection/probe-device.js";

// On whatever adapter there is; else on SwiftShader, which Debian's chromium brings (libvulkan1 loads it).
const swiftShader = "/usr/lib/chromium/vk_swiftshader_icd.json";
if (!process.env.VK_ICD_FILENAMES && !existsSync("/dev/dri") && existsSync(swiftShader)) {
  process.env.VK_ICD_FILENAMES = swiftShader;
}
vi.setConfig({ testTimeout: 300_000 }); // software compiles each shader
const probe = await probeDevice("webgpu");
const title = probe.works ? `WebGPU (${probe.adapter})` : `WebGPU (skipped: ${probe.reason})`;

describe.skipIf(!probe.works)(title, () => {
  beforeAll(async () => {
    registerOrtBackend({ executionProviders: ["webgpu"] });
    await tf.setBackend("ort");
  });
  afterAll(() => tf.removeBackend("ort"));

  /** WGSL asks for less of sines than float32 has; all else is far closer. */
  const tolerance = (_: number, all: readonly number[]) =>
    3e-4 * Math.max(1, ...all.map((value) => (Number.isFinite(value) ? Math.abs(value) : 0)));

  it.each(cases)("$name", async (item) => {
    const run = () => item.run(...tensorsOf(item.inputs));
    expectSame(await outcomes("ort", run), await outcomes("cpu", run), tolerance);
    if (item.gradients === "none" || item.gradients === "finite differences") return;
    const gradients = () => gradientsOf(item);
    expectSame(await outcomes("ort", gradients), await outcomes("cpu", gradients), tolerance);
  });

  it("leaves to the CPU what the provider lacks, and nothing else", () => {
    expect(Object.keys(ortReport().keptOnCpu)).toEqual(["ConvTranspose", "MaxPool"]);
  });

  it("keeps variables on the GPU over 100 traced steps, reads back the loss alone, and holds no more after them", async () => {
    await tf.setBackend("ort");
    const weight = createVariable([
      [0.5, -0.25],
      [1, 0.75],
    ]);
    const moment = createVariable([
      [0, 0],
      [0, 0],
    ]);
    const step = jit((x: Float32Array, rate: tf.Scalar) => {
      const { value, grads } = tf.variableGrads(
        () => tf.mean(tf.square(tf.sub(tf.matMul(tf.tensor2d(x, [3, 2]), weight as tf.Tensor2D), 1))) as tf.Scalar,
        [weight],
      );
      moment.assign(tf.add(tf.mul(moment, 0.9), grads[weight.name] as tf.Tensor));
      weight.assign(tf.sub(weight, tf.mul(moment, rate)));
      return value;
    });
    const losses: number[] = [];
    const memory: unknown[] = [];
    for (let index = 0; index < 104; index++) {
      if (index === 4) resetOrtReport();
      const x = Float32Array.from({ length: 6 }, (_, at) => Math.fround(((at * 7 + index * 3) % 11) / 11));
      const loss = tf.tidy(() => step(x, tf.scalar(0.05)));
      losses.push((await loss.data())[0] as number);
      loss.dispose();
      if (index === 4 || index === 103) memory.push({ ...tf.memory(), buffers: ortReport().liveBuffers });
    }
    const { downloads, runs } = ortReport();
    expect({ downloads, runs }).toEqual({ downloads: 100, runs: 100 });
    expect(memory[1]).toEqual(memory[0]);
    expect(losses[103]).toBeLessThan(losses[0] as number);
    tf.dispose([weight, moment]);
    step.dispose();
  });

  it("trains as the CPU does", async () => {
    await tf.setBackend("ort");
    const onGpu = await trainingSteps();
    registerOrtBackend({ threads: 1 });
    await tf.setBackend("ort");
    const onCpu = await trainingSteps();
    for (const [step, loss] of onCpu.entries()) expect(Math.abs((onGpu[step] as number) - loss)).toBeLessThan(1e-4);
  });

  it("is taken by selectBackend when asked for, with the adapter's name", async () => {
    const lines: string[] = [];
    const selected = await selectBackend({ device: "webgpu", log: (line) => lines.push(line) });
    expect(selected).toMatchObject({ name: "ort", device: "webgpu", adapter: probe.adapter });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`TensorFlow.js backend: ort on webgpu, ${probe.adapter} (ONNX Runtime 1.`);
  });
});
