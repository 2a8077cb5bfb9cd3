import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { type AdamWOptions, adamW, applyUpdates, clipByGlobalNorm, type Parameters } from "@tesserae/optim";
import { describe, expect, it } from "vitest";
import fixture from "./fixtures/adamw.json" with { type: "json" };

const options: AdamWOptions = { beta1: 0.9, beta2: 0.98, epsilon: 1e-6, weightDecay: 0.1 };
const start = (): Parameters => ({ weight: tf.tensor2d(fixture.start.weight), bias: tf.tensor1d(fixture.start.bias) });
const ones = () => ({ weight: tf.ones([2, 3]), bias: tf.ones([3]) });
const values = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

/** Some updates with the same gradients. */
function updated(parameters: Parameters, gradients: Parameters, learningRate: number, given = options, steps = 2) {
  const optimizer = adamW(given);
  let state = optimizer.init(parameters);
  for (let step = 0; step < steps; step++) {
    const update = optimizer.update(gradients, state, parameters, { step, learningRate });
    state = update.state;
    parameters = { ...parameters, ...applyUpdates(parameters, update.updates) };
  }
  return { parameters, state };
}

describe("adamW", () => {
  it.each(["numbers", "tensors"])(
    "equals torch.optim.AdamW after clip_grad_norm_ for five steps, time as %s",
    (kind) => {
      const asGiven = (value: number) => (kind === "numbers" ? value : tf.scalar(value));
      const optimizer = adamW(options);
      let parameters = start();
      let state = optimizer.init(parameters);
      for (const [step, expected] of fixture.steps.entries()) {
        const given = {
          weight: tf.tensor2d(expected.gradients.weight),
          bias: tf.tensor1d(expected.gradients.bias),
        };
        const { gradients, norm } = clipByGlobalNorm(given, 2);
        const time = { step: asGiven(step), learningRate: asGiven(0.01) };
        const update = optimizer.update(gradients, state, parameters, time);
        state = update.state;
        parameters = applyUpdates(parameters, update.updates);
        expect(norm.dataSync()[0]).toBeCloseTo(expected.norm, 5);
        for (const [i, value] of expected.weight.flat().entries()) {
          expect(values(parameters.weight!)[i]).toBeCloseTo(value, 5);
        }
        for (const [i, value] of expected.bias.entries()) expect(values(parameters.bias!)[i]).toBeCloseTo(value, 5);
      }
    },
  );

  it("holds nothing of the parameters' size beside two moments", () => {
    const parameters = { large: tf.zeros([300, 300]), small: tf.zeros([7]), alike: tf.zeros([5]) };
    const before = tf.memory().numTensors;
    const { firstMoment, secondMoment } = adamW({ ...options, rateFactor: () => 0.5 }).init(parameters);
    expect(Object.values(firstMoment).map(({ shape }) => shape)).toEqual([[300, 300], [12]]);
    expect(Object.values(secondMoment).map(({ shape }) => shape)).toEqual([[300, 300], [12]]);
    expect(tf.memory().numTensors - before).toBe(4);
  });

  it("gives each parameter its own share of the learning rate", () => {
    const shares = { ...options, rateFactor: (name: string) => (name === "weight" ? 0.5 : 1) };
    const both = updated(start(), ones(), 0.01, shares).parameters;
    const half = updated(start(), ones(), 0.005).parameters;
    const full = updated(start(), ones(), 0.01).parameters;
    for (const [i, value] of values(half.weight!).entries()) expect(values(both.weight!)[i]).toBeCloseTo(value, 6);
    expect(values(both.bias!)).toEqual(values(full.bias!));
    expect(values(both.weight!)).not.toEqual(values(full.weight!));
  });

  it("decays matrices only, unless told otherwise", () => {
    const zeros = { weight: tf.zeros([2, 3]), bias: tf.zeros([3]) };
    const usual = updated(start(), zeros, 0.5, options, 1).parameters;
    expect(values(usual.weight!)[0]).toBeCloseTo(0.95 * fixture.start.weight[0]![0]!, 6);
    expect(values(usual.bias!)[0]).toBeCloseTo(fixture.start.bias[0]!, 6);
    const none = updated(start(), zeros, 0.5, { ...options, decays: () => false }, 1).parameters;
    expect(values(none.weight!)[0]).toBeCloseTo(fixture.start.weight[0]![0]!, 6);
  });

  it("counts a missing gradient as zero, and refuses the state of other parameters", () => {
    const { parameters } = updated(start(), { bias: tf.ones([3]) }, 0.01, { ...options, weightDecay: 0 });
    expect(values(parameters.weight!)).toEqual(values(start().weight!));
    const optimizer = adamW(options);
    const state = optimizer.init({ other: tf.zeros([300, 300]) });
    expect(() => optimizer.update(ones(), state, start(), { step: 0, learningRate: 1 })).toThrow(
      'adamW.update: the state has no moments for "small, decaying, rate x 1"; it was made for other parameters',
    );
    expect(() => applyUpdates({}, ones())).toThrow('applyUpdates: there is no parameter "weight"');
  });

  it("leaves no tensor behind", () => {
    const parameters = start();
    const gradients = ones();
    const optimizer = adamW(options);
    const state = optimizer.init(parameters);
    const before = tf.memory().numTensors;
    const update = optimizer.update(gradients, state, parameters, { step: 0, learningRate: 0.1 });
    const next = applyUpdates(parameters, update.updates);
    expect(tf.memory().numTensors - before).toBe(2 + 4 + 2);
    tf.dispose([next, update.updates, update.state.firstMoment, update.state.secondMoment]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
