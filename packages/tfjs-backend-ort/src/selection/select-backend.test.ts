import * as tf from "@tensorflow/tfjs-core";
import { selectBackend } from "@tesserae/tfjs-backend-ort";
import { describe, expect, it } from "vitest";

describe("selectBackend", () => {
  it("takes the first that works and says why not the ones before", async () => {
    const lines: string[] = [];
    const { name, reason } = await selectBackend({ threads: 1, log: (line) => lines.push(line) });
    // tfjs-node cannot be installed beside these tests, so the answer is always the second.
    expect(name).toBe("ort");
    expect(tf.getBackend()).toBe("ort");
    expect(reason).toMatch(
      /^ONNX Runtime 1\.\d+\.\d+ \(\w+-\w+, (@tesserae\/onnxruntime-\w+-\w+|onnxruntime-node)\); not /,
    );
    expect(reason.replace(/ 1\.\d+\.\d+ \([^)]*\)/, "")).toBe(
      "ONNX Runtime; not tensorflow: @tensorflow/tfjs-node-gpu is not installed, @tensorflow/tfjs-node is not installed",
    );
    expect(lines).toEqual([`TensorFlow.js backend: ort on cpu (${reason})`]);
  });

  it.each(["ort", "wasm", "cpu"])("takes %s when asked, ready to train", async (backend) => {
    expect(await selectBackend({ backend, threads: 1 })).toMatchObject({ name: backend });
    expect(tf.getBackend()).toBe(backend);
    const gradient = tf.grad((x: tf.Tensor) => tf.square(x))(tf.tensor1d([1, 2]));
    expect(Array.from(await gradient.data())).toEqual([2, 4]);
  });

  it("says why the one that was asked for cannot be used", async () => {
    await expect(selectBackend({ backend: "tensorflow" })).rejects.toThrow(
      'The backend "tensorflow" cannot be used: @tensorflow/tfjs-node-gpu is not installed, @tensorflow/tfjs-node is not installed',
    );
  });

  it.skipIf(process.platform !== "linux")("says in one line why there is no GPU, and takes the CPU", async () => {
    const driver = process.env.VK_ICD_FILENAMES;
    process.env.VK_ICD_FILENAMES = "/no/driver.json";
    const lines: string[] = [];
    const selected = await selectBackend({ device: "webgpu", threads: 1, log: (line) => lines.push(line) });
    if (driver === undefined) delete process.env.VK_ICD_FILENAMES;
    else process.env.VK_ICD_FILENAMES = driver;
    expect(selected).toMatchObject({ name: "ort", device: "cpu" });
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^No GPU to compute on, so the CPU is taken \(webgpu: .*(adapter|Vulkan).*\)\.$/);
    expect(lines[1]).toMatch(/^TensorFlow\.js backend: ort on cpu \(/);
  });

  it("lists the devices when the name is unknown, and knows that a GPU is ort's", async () => {
    await expect(selectBackend({ device: "gpu" })).rejects.toThrow(
      'There is no device "gpu". The devices are cpu, webgpu, cuda, auto.',
    );
    await expect(selectBackend({ device: "webgpu", backend: "wasm" })).rejects.toThrow(
      'The device "webgpu" is of the backend "ort" only, but the backend "wasm" is asked for.',
    );
  });

  it("lists the backends when the name is unknown", async () => {
    await expect(selectBackend({ backend: "gpu" })).rejects.toThrow(
      'There is no backend "gpu". The backends are tensorflow, ort, wasm, cpu.',
    );
  });
});
