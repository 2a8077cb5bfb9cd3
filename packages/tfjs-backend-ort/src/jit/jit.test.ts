import * as tf from "@tensorflow/tfjs-core";
import { jit, registerGradients, registerOrtBackend } from "@tesserae/tfjs-backend-ort";
import { beforeAll, describe, expect, it } from "vitest";
import { createVariable } from "./fixtures/create-variable.js";

beforeAll(async () => {
  registerGradients();
  registerOrtBackend({ threads: 1 });
  await tf.setBackend("ort");
});

/** `count` numbers in [-0.5, 0.5), the same for the same seed. */
function numbers(count: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  });
}

/** A network of one hidden layer with momentum, all of it variables. */
function createNetwork() {
  const shapes = { hidden: [6, 16], hiddenBias: [16], output: [16, 3], outputBias: [3] };
  const weights: Record<string, tf.Variable> = {};
  const moments: Record<string, tf.Variable> = {};
  Object.entries(shapes).forEach(([name, shape], index) => {
    const size = shape.reduce((product, length) => product * length, 1);
    const start = tf.tensor(numbers(size, index + 1), shape);
    weights[name] = tf.variable(start);
    moments[name] = tf.tidy(() => tf.variable(tf.zeros(shape), false));
    start.dispose();
  });
  const step = ({ points, labels }: { points: tf.Tensor2D; labels: tf.Tensor1D }, learningRate: tf.Scalar) => {
    const { value, grads } = tf.variableGrads(() => {
      const hidden = tf.tanh(tf.add(tf.matMul(points, weights.hidden as tf.Tensor2D), weights.hiddenBias as tf.Tensor));
      const logits = tf.add(
        tf.matMul(hidden as tf.Tensor2D, weights.output as tf.Tensor2D),
        weights.outputBias as tf.Tensor,
      );
      const targets = tf.oneHot(labels, 3, 1, 0, "float32");
      return tf.neg(tf.mean(tf.sum(tf.mul(targets, tf.logSoftmax(logits)), 1))) as tf.Scalar;
    }, Object.values(weights));
    for (const [name, weight] of Object.entries(weights)) {
      const moment = moments[name] as tf.Variable;
      moment.assign(tf.add(tf.mul(moment, 0.9), grads[weight.name] as tf.Tensor));
      weight.assign(tf.sub(weight, tf.mul(moment, learningRate)));
    }
    return { loss: value, largest: tf.max(tf.abs(weights.hidden as tf.Tensor)) };
  };
  const state = () => [...Object.values(weights), ...Object.values(moments)].map((variable) => variable.dataSync());
  const dispose = () => tf.dispose([...Object.values(weights), ...Object.values(moments)]);
  return { step, state, dispose };
}

/** Losses and all variables after `steps` steps of batches of 4 to 6 points. */
function train(steps: number, traced: boolean) {
  const { step, state, dispose } = createNetwork();
  const traceable = jit(step);
  const run = traced ? traceable : (...args: Parameters<typeof step>) => tf.tidy(() => step(...args));
  const losses: number[] = [];
  for (let index = 0; index < steps; index++) {
    const size = 4 + (index % 3);
    tf.tidy(() => {
      const points = tf.tensor2d(numbers(size * 6, 100 + index), [size, 6]);
      const labels = tf.tensor1d(
        Int32Array.from({ length: size }, (_, i) => (i * 7 + index) % 3),
        "int32",
      );
      const { loss, largest } = run({ points, labels }, tf.scalar(0.5 / (1 + index)));
      losses.push(loss.dataSync()[0] as number, largest.dataSync()[0] as number);
    });
  }
  const variables = state().map((values) => Array.from(values));
  const { counts } = traceable;
  traceable.dispose();
  dispose();
  return { losses, variables, counts };
}

describe("jit", () => {
  it("gives the same bytes as the function itself for 200 steps of changing shapes and learning rate", () => {
    const before = tf.memory();
    const expected = train(200, false);
    const { counts, ...actual } = train(200, true);
    expect(actual.losses).toEqual(expected.losses);
    expect(actual.variables).toEqual(expected.variables);
    expect(new Set(actual.losses).size).toBeGreaterThan(390);
    // A trace for each of 3 shapes, and checks at calls 4, 8, 16, 32, 64 and 128.
    expect(counts).toEqual({ traced: 9, replayed: 191, fallenBack: 0, reasons: {} });
    expect(tf.memory()).toEqual(before);
  });

  it("takes tensors nested in arrays and records, and gives them back so", () => {
    const pair = jit((list: readonly tf.Tensor[], { factor, kind }: { factor: tf.Tensor; kind: string }) => ({
      kind,
      products: list.map((tensor) => tf.mul(tensor, factor)),
      nothing: null,
    }));
    for (let call = 1; call <= 4; call++) {
      tf.tidy(() => {
        const { kind, products, nothing } = pair([tf.scalar(call), tf.tensor1d([1, 2])], {
          factor: tf.scalar(3),
          kind: "k",
        });
        expect([kind, nothing]).toEqual(["k", null]);
        expect(products.map((product) => Array.from(product.dataSync()))).toEqual([[3 * call], [3, 6]]);
      });
    }
    expect(pair.counts).toMatchObject({ traced: 3, replayed: 1 });
    pair.dispose();
  });

  it("takes typed arrays that tensors are made of, and finds what JavaScript computes of them", () => {
    const batch = (offset: number) => ({
      ids: Int32Array.from([offset, 1]),
      x: new Float32Array([offset, 2]),
      width: 2,
    });
    const table = createVariable([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    const direct = jit(({ ids, x, width }: ReturnType<typeof batch>) =>
      tf.add(tf.gather(table, tf.tensor1d(ids, "int32")), tf.tensor2d(x, [1, width])),
    );
    const rows = [0, 1, 2, 0, 1].map((offset) => tf.tidy(() => Array.from(direct(batch(offset)).dataSync())));
    expect(rows).toEqual([
      [1, 4, 3, 6],
      [4, 6, 4, 6],
      [7, 8, 5, 6],
      [1, 4, 3, 6],
      [4, 6, 4, 6],
    ]);
    expect(direct.counts).toMatchObject({ traced: 3, replayed: 2 });
    const derived = jit(({ ids }: ReturnType<typeof batch>) =>
      tf.add(
        table,
        tf.tensor1d(
          ids.map((id) => id + 1),
          "int32",
        ),
      ),
    );
    tf.dispose(derived(batch(0)));
    expect(() => derived(batch(1))).toThrow(
      "number 0 of a tensor [2] that it makes and that goes into Cast was 1 in one call and 2",
    );
    table.dispose();
    direct.dispose();
  });

  it("traces anew for other shapes, types and text, and treats a variable as itself", () => {
    const variable = createVariable([1, 2]);
    const add = jit((to: tf.Variable, x: tf.Tensor, sign: "+" | "-") => {
      to.assign(sign === "+" ? tf.add(to, x) : tf.sub(to, x));
    });
    const five = tf.scalar(5);
    for (const sign of ["+", "+", "-", "+", "-", "-"] as const) add(variable, five, sign);
    expect(Array.from(variable.dataSync())).toEqual([1, 2]);
    const ones = tf.ones([2]);
    add(variable, ones, "+");
    expect(Array.from(variable.dataSync())).toEqual([2, 3]);
    tf.dispose([variable, five, ones]);
    add.dispose();
  });

  it("reads what variables hold now, however it came there", () => {
    const variable = createVariable([1, 2]);
    const twice = jit(() => tf.mul(variable, 2));
    const values = () => tf.tidy(() => Array.from(twice().dataSync()));
    expect([values(), values(), values()]).toEqual([
      [2, 4],
      [2, 4],
      [2, 4],
    ]);
    tf.tidy(() => variable.assign(tf.tensor1d([5, 6])));
    expect(values()).toEqual([10, 12]);
    tf.tidy(() => variable.assign(tf.reshape(tf.add(tf.tensor2d([[7, 8]]), 1), [2])));
    expect(values()).toEqual([16, 18]);
    variable.dispose();
    expect(values).toThrow("has been disposed");
    twice.dispose();
  });

  it("does not change tensors that share a variable's buffer, nor numbers that were read before", () => {
    const start = tf.tensor1d([1, 2]);
    const first = tf.variable(start);
    const second = tf.variable(start);
    const step = jit(() => {
      first.assign(tf.add(first, 1));
      second.assign(tf.add(second, 10));
    });
    step();
    step();
    const kept = tf.clone(first);
    const read = first.dataSync();
    step();
    step();
    expect(Array.from(start.dataSync())).toEqual([1, 2]);
    expect(Array.from(kept.dataSync())).toEqual([3, 4]);
    expect(Array.from(read)).toEqual([3, 4]);
    expect(Array.from(first.dataSync())).toEqual([5, 6]);
    expect(Array.from(second.dataSync())).toEqual([41, 42]);
    tf.dispose([start, first, second, kept]);
    step.dispose();
  });

  it("gives variables that are assigned each other's values, arguments or numbers what they would get", () => {
    const [a, b, c] = [1, 2, 3].map((value) => createVariable(value)) as [tf.Variable, tf.Variable, tf.Variable];
    const step = jit((x: tf.Tensor) => {
      const old = tf.clone(a);
      a.assign(b);
      b.assign(old);
      c.assign(x);
      return { a, x, zero: tf.zeros([2]), both: [old, old] };
    });
    const seen: number[][] = [];
    for (let call = 1; call <= 4; call++) {
      tf.tidy(() => {
        const { a: first, x, zero, both } = step(tf.scalar(call));
        seen.push([first, x, zero, ...both, a, b, c].flatMap((tensor) => Array.from(tensor.dataSync())));
      });
    }
    expect(seen).toEqual([
      [2, 1, 0, 0, 1, 1, 2, 1, 1],
      [1, 2, 0, 0, 2, 2, 1, 2, 2],
      [2, 3, 0, 0, 1, 1, 2, 1, 3],
      [1, 4, 0, 0, 2, 2, 1, 2, 4],
    ]);
    tf.dispose([a, b, c]);
    step.dispose();
  });

  it("traces again after a call that made variables, as tfjs-core's optimizers do", () => {
    const run = (traced: boolean) => {
      const weight = createVariable([1, -2, 3]);
      const optimizer = tf.train.adam(0.1);
      const minimize = (x: tf.Tensor) =>
        optimizer.minimize(() => tf.sum(tf.square(tf.mul(weight, x))) as tf.Scalar, true, [weight]) as tf.Scalar;
      const traceable = jit(minimize);
      const step = traced ? traceable : minimize;
      const x = tf.tensor1d([1, 2, 0.5]);
      for (let call = 0; call < 12; call++) step(x).dispose();
      const values = Array.from(weight.dataSync());
      // The first call makes the variables; 2 gives the trace, 3 confirms it, 4 and 8 check it.
      if (traced) expect(traceable.counts).toMatchObject({ traced: 5, replayed: 7, fallenBack: 0 });
      traceable.dispose();
      tf.dispose([weight, x]);
      optimizer.dispose();
      return values;
    };
    const before = tf.memory().numTensors;
    expect(run(true)).toEqual(run(false));
    expect(tf.memory().numTensors).toBe(before);
  });

  it("keeps the tensors from outside that it needs until it is disposed", () => {
    const before = tf.memory();
    const mask = tf.tensor1d([0, 1]);
    const masked = jit((x: tf.Tensor) => tf.mul(x, mask));
    const x = tf.tensor1d([3, 4]);
    for (let call = 0; call < 4; call++) masked(x).dispose();
    mask.dispose();
    const product = masked(x);
    expect(Array.from(product.dataSync())).toEqual([0, 4]);
    tf.dispose([x, product]);
    masked.dispose();
    expect(tf.memory()).toEqual(before);
  });

  it("holds no more tensors after 60 calls than after 3", () => {
    const weight = createVariable([
      [1, 0],
      [0, 1],
      [1, 1],
      [0, 0],
    ]);
    const step = jit((x: tf.Tensor2D) => {
      weight.assign(
        tf.sub(weight, tf.mul(tf.grad((w: tf.Tensor) => tf.sum(tf.matMul(x, w as tf.Tensor2D)))(weight), 0.01)),
      );
      return tf.sum(weight);
    });
    const memory: unknown[] = [];
    for (let call = 1; call <= 60; call++) {
      tf.tidy(() => step(tf.tensor2d(numbers(8, call), [2, 4])).dataSync());
      if (call === 3 || call === 60) memory.push(tf.memory());
    }
    expect(memory[1]).toEqual(memory[0]);
    weight.dispose();
    step.dispose();
  });
});
