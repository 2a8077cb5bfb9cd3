import { registerGradients } from "@tesserae/tfjs-backend-ort";
import { createAdamW } from "@tesserae/train";
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import fixture from "./fixtures/adamw.json" with { type: "json" };

beforeAll(async () => {
  registerGradients();
  await tf.setBackend("cpu");
});

const options = { beta1: 0.9, beta2: 0.98, eps: 1e-6, wd: 0.1, gradClipNorm: 2 };

function variables() {
  return new Map<string, tf.Variable>([
    ["weight", tf.variable(tf.tensor2d(fixture.start.weight), true, "weight")],
    ["bias", tf.variable(tf.tensor1d(fixture.start.bias), true, "bias")],
  ]);
}

describe("createAdamW", () => {
  it("equals torch.optim.AdamW after clip_grad_norm_ for five steps", () => {
    const model = variables();
    const optimizer = createAdamW(model, options);
    for (const step of fixture.steps) {
      const gradients = { weight: tf.tensor2d(step.gradients.weight), bias: tf.tensor1d(step.gradients.bias) };
      const norm = optimizer.apply(gradients, 0.01);
      expect(norm.dataSync()[0]).toBeCloseTo(step.norm, 5);
      const weight = model.get("weight")!.dataSync();
      for (const [index, expected] of step.weight.flat().entries()) expect(weight[index]).toBeCloseTo(expected, 5);
      const bias = model.get("bias")!.dataSync();
      for (const [index, expected] of step.bias.entries()) expect(bias[index]).toBeCloseTo(expected, 5);
      tf.dispose([norm, gradients.weight, gradients.bias]);
    }
    optimizer.dispose();
    tf.dispose([...model.values()]);
  });

  it("leaves frozen variables alone, decay too", () => {
    const model = variables();
    const frozen = model.get("weight")!;
    frozen.trainable = false;
    const optimizer = createAdamW(model, options);
    tf.dispose(optimizer.apply({ bias: tf.ones([3]) }, 0.01));
    expect(Array.from(frozen.dataSync())).toEqual(Array.from(tf.tensor2d(fixture.start.weight).dataSync()));
    expect(model.get("bias")!.dataSync()[0]).not.toBe(Math.fround(fixture.start.bias[0]!));
    expect(optimizer.state.moment.size).toBe(3);
    optimizer.dispose();
    tf.dispose([...model.values()]);
  });

  it("gives each variable its own learning rate", () => {
    const gradients = { weight: tf.ones([2, 3]), bias: tf.ones([3]) };
    const stepped = (lr: number, lrFactor?: (name: string) => number) => {
      const model = variables();
      const optimizer = createAdamW(model, { ...options, lrFactor });
      for (let step = 0; step < 2; step++) tf.dispose(optimizer.apply(gradients, lr));
      const values = [...model.values()].map((variable) => Array.from(variable.dataSync()));
      optimizer.dispose();
      tf.dispose([...model.values()]);
      return values;
    };
    const [weight, bias] = stepped(0.01, (name) => (name === "weight" ? 0.5 : 1));
    stepped(0.005)[0]!.forEach((value, i) => {
      expect(weight![i]).toBeCloseTo(value, 6);
    });
    expect(bias).toEqual(stepped(0.01)[1]);
    expect(weight).not.toEqual(stepped(0.01)[0]);
    tf.dispose([gradients.weight, gradients.bias]);
  });

  it("keeps no tensor beyond its state", () => {
    const model = variables();
    const optimizer = createAdamW(model, options);
    const gradients = { weight: tf.ones([2, 3]), bias: tf.ones([3]) };
    tf.dispose(optimizer.apply(gradients, 0.01));
    const before = tf.memory().numTensors;
    for (let step = 0; step < 10; step++) tf.dispose(optimizer.apply(gradients, 0.01));
    expect(tf.memory().numTensors).toBe(before);
    optimizer.dispose();
    tf.dispose([...model.values(), gradients.weight, gradients.bias]);
  });
});
