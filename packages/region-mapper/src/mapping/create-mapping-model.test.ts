import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { createMappingModel, type MappingModel, type MappingModelConfig } from "@tesserae/region-mapper";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

let tensorsBefore: number;
beforeEach(async () => {
  await tf.setBackend("cpu");
  tensorsBefore = tf.memory().numTensors;
});
afterEach(() => expect(tf.memory().numTensors).toBe(tensorsBefore));

/** A model of d = 2 and K = 2 whose first layers are the identity; head 1's second layer swaps the two axes. */
function knownModel(config: Partial<MappingModelConfig> = {}): MappingModel {
  const model = createMappingModel({ dimension: 2, attributes: 2, ...config }, { rng: () => 0.5 });
  const shared = config.heads === "shared";
  const identity = [1, 0, 0, 1];
  const swap = [0, 1, 1, 0];
  assign(model, "first.weight", shared ? identity : [1, 0, 1, 0, 0, 1, 0, 1]);
  assign(model, "second.weight", shared ? identity : [...identity, ...swap]);
  return model;
}

function assign(model: MappingModel, name: string, values: readonly number[]): void {
  const variable = model.variables.get(name)!;
  tf.tidy(() => variable.assign(tf.tensor([...values], variable.shape)));
}

function scores(model: MappingModel, regions: number[][], attributes: number[][]): number[] {
  return tf.tidy(() => Array.from(model.scores(tf.tensor2d(regions), tf.tensor2d(attributes)).dataSync()));
}

const regions = [
  [3, 4],
  [-1, 2],
];

describe("createMappingModel", () => {
  it("scores each attribute with its own head", () => {
    const model = knownModel();
    // Head 0: (3,4) and relu(-1,2) = (0,2); head 1 swaps: (4,3) and (2,0). Attribute lengths do not matter.
    const [a, b, c, d] = scores(model, regions, [
      [1, 0],
      [5, 0],
    ]);
    expect(a).toBeCloseTo(0.6, 6);
    expect(b).toBeCloseTo(0.8, 6);
    expect(c).toBeCloseTo(0, 6);
    expect(d).toBeCloseTo(1, 6);
    model.dispose();
  });

  it("scores all attributes with one shared head", () => {
    const model = knownModel({ heads: "shared" });
    const [a, b, c, d] = scores(model, regions, [
      [1, 0],
      [0, 1],
    ]);
    expect([a, b]).toEqual([expect.closeTo(0.6, 6), expect.closeTo(0.8, 6)]);
    expect([c, d]).toEqual([expect.closeTo(0, 6), expect.closeTo(1, 6)]);
    model.dispose();
  });

  it("mixes the head with its input as an adapter", () => {
    const model = knownModel({ heads: "shared", adapter: true });
    // 0.2 * (0,2) + 0.8 * (-1,2) = (-0.8,2), of length 2.154066
    const [, , c, d] = scores(model, regions, [
      [1, 0],
      [0, 1],
    ]);
    expect(c).toBeCloseTo(-0.371391, 5);
    expect(d).toBeCloseTo(0.928477, 5);
    model.dispose();
  });

  it("starts within ±1/sqrt(d), decided by the rng alone", () => {
    const create = (): MappingModel => {
      let state = 1;
      const rng = (): number => {
        state = (state * 48271) % 2147483647;
        return state / 2147483647;
      };
      return createMappingModel({ dimension: 4, attributes: 3 }, { rng });
    };
    const [one, two] = [create(), create()];
    const shapes = [...one.variables].map(([name, variable]) => [name, variable.shape]);
    expect(shapes).toEqual([
      ["first.weight", [4, 12]],
      ["first.bias", [12]],
      ["second.weight", [3, 4, 4]],
      ["second.bias", [3, 1, 4]],
    ]);
    for (const [name, variable] of one.variables) {
      const values = variable.dataSync();
      expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(0.5);
      expect(values).toEqual(two.variables.get(name)!.dataSync());
    }
    one.dispose();
    two.dispose();
  });

  it("names the tensor whose shape is wrong", () => {
    const model = knownModel();
    const wide = tf.zeros([1, 3]) as tf.Tensor2D;
    const right = tf.zeros([2, 2]) as tf.Tensor2D;
    expect(() => model.scores(wide, right)).toThrow("regions has shape [1, 3]; expected [any, 2]");
    expect(() => model.scores(right, wide)).toThrow("attributes has shape [1, 3]; expected [2, 2]");
    expect(() => createMappingModel({ dimension: 0, attributes: 2 }, { rng: () => 0 })).toThrow("dimension is 0");
    expect(() => knownModel({ heads: "one" as "shared" })).toThrow(
      'heads is "one"; expected "per-attribute" or "shared"',
    );
    tf.dispose([wide, right]);
    model.dispose();
  });
});
