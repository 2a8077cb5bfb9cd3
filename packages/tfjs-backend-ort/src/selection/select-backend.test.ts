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
    expect(lines).toEqual([`TensorFlow.js backend: ort (${reason})`]);
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

  it("lists the backends when the name is unknown", async () => {
    await expect(selectBackend({ backend: "gpu" })).rejects.toThrow(
      'There is no backend "gpu". The backends are tensorflow, ort, wasm, cpu.',
    );
  });
});
