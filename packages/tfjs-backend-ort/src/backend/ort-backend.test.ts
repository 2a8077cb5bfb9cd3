import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { ortReport, registerOrtBackend, resetOrtReport } from "@tesserae/tfjs-backend-ort";
import * as ort from "onnxruntime-node";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

beforeAll(() => registerOrtBackend({ threads: 1 })); // with it the gradients, for the CPU backend too

async function use(options: Parameters<typeof registerOrtBackend>[0] = { threads: 1 }): Promise<void> {
  registerOrtBackend(options);
  await tf.setBackend("ort");
}

/** A seeded number in [0, 1). */
function createRng(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Trains a network of one hidden layer on the current backend and returns the loss of every step. */
async function train(steps: number, optimizer: tf.Optimizer): Promise<number[]> {
  const rng = createRng(7);
  const weights = (...shape: number[]) =>
    tf.tidy(() => {
      const count = shape.reduce((product, length) => product * length, 1);
      return tf.variable(
        tf.tensor(
          Float32Array.from({ length: count }, () => rng() - 0.5),
          shape,
        ),
      );
    });
  const variables = [weights(6, 16), weights(16), weights(16, 3), weights(3)];
  const [first, firstBias, second, secondBias] = variables as [tf.Variable, tf.Variable, tf.Variable, tf.Variable];
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    const examples = Float32Array.from({ length: 8 * 6 }, () => rng() * 2 - 1);
    const labels = Int32Array.from({ length: 8 }, () => Math.floor(rng() * 3));
    const loss = optimizer.minimize(
      () => {
        const hidden = tf.tanh(tf.add(tf.matMul(tf.tensor2d(examples, [8, 6]), first as tf.Tensor2D), firstBias));
        const logits = tf.add(tf.matMul(hidden, second), secondBias);
        const target = tf.oneHot(tf.tensor1d(labels, "int32"), 3, 1, 0, "float32");
        return tf.neg(tf.mean(tf.sum(tf.mul(target, tf.logSoftmax(logits)), 1))) as tf.Scalar;
      },
      true,
      variables,
    ) as tf.Scalar;
    losses.push((await loss.data())[0] as number);
    loss.dispose();
  }
  tf.dispose(variables);
  optimizer.dispose();
  return losses;
}

describe("training", () => {
  it.each(["sgd", "momentum", "adam", "rmsprop"] as const)("follows the CPU backend's losses with %s", async (name) => {
    const optimizers = {
      sgd: () => tf.train.sgd(0.5),
      momentum: () => tf.train.momentum(0.1, 0.9),
      adam: () => tf.train.adam(0.02),
      rmsprop: () => tf.train.rmsprop(0.01),
    };
    await tf.setBackend("cpu");
    const expected = await train(12, optimizers[name]());
    await use();
    const actual = await train(12, optimizers[name]());
    for (const [step, loss] of actual.entries()) expect(loss).toBeCloseTo(expected[step] as number, 4);
    expect(new Set(actual).size).toBe(12);
  });

  it("compiles the step once and holds no more tensors after 50 steps than after 2", async () => {
    await use();
    const variable = tf.variable(tf.tensor2d([1, 2, 3, 4], [2, 2]));
    const optimizer = tf.train.adam(0.01);
    const before: { tensors: number; buffers: number }[] = [];
    for (let step = 0; step < 50; step++) {
      const loss = optimizer.minimize(() => tf.sum(tf.square(tf.matMul(variable, variable))) as tf.Scalar, true);
      await (loss as tf.Scalar).data();
      loss?.dispose();
      before.push({ tensors: tf.memory().numTensors, buffers: ortReport().liveBuffers });
    }
    expect(before.at(-1)).toEqual(before[1]);
    expect(ortReport()).toMatchObject({
      compiles: 1,
      cacheHits: 49,
      runs: 50,
      sessions: 1,
      pendingNodes: 0,
      fallbacks: {},
    });
    tf.dispose(variable);
    optimizer.dispose();
  });

  it("feeds what changes from step to step, so that a schedule compiles nothing", async () => {
    await use();
    const variable = tf.variable(tf.tensor1d([1, 2]));
    for (let step = 1; step <= 5; step++) {
      tf.tidy(() => {
        const rate = tf.scalar(0.1 * step);
        const next = tf.clipByValue(tf.sub(variable, tf.mul(tf.add(variable, step), rate)), -step, step);
        variable.assign(next as tf.Tensor1D);
      });
      await variable.data();
    }
    // 1 and 2, step by step: 0.8 and 1 (the bound), 0.24 and 0.4, -0.732 and -0.62, -2.0392 and -1.972, and then:
    const [first, second] = await variable.data();
    expect(first).toBeCloseTo(-3.5196, 5);
    expect(second).toBeCloseTo(-3.486, 5);
    expect(ortReport().compiles).toBe(1);
    variable.dispose();
  });
});

describe("reading", () => {
  beforeEach(() => use());

  it("computes everything that is held in one run, and nothing that is not", async () => {
    const kept = tf.tidy(() => {
      const x = tf.tensor1d([1, 2, 3]);
      tf.exp(x);
      return [tf.add(x, 1), tf.mul(x, 2)] as const;
    });
    expect(Array.from(await kept[0].data())).toEqual([2, 3, 4]);
    expect(ortReport()).toMatchObject({ runs: 1, nodes: 2, pendingNodes: 0 });
    expect(Array.from(await kept[1].data())).toEqual([2, 4, 6]);
    expect(ortReport().runs).toBe(1);
  });

  it("uses tensors that were disposed before they were computed", async () => {
    const x = tf.tensor1d([1, 4, 9]);
    const root = tf.sqrt(x);
    const sum = tf.add(root, root);
    tf.dispose([x, root]);
    expect(Array.from(await sum.data())).toEqual([2, 4, 6]);
  });

  it("keeps the values a tensor was made with when the caller's array changes", async () => {
    const values = Float32Array.of(1, 2);
    const doubled = tf.mul(tf.tensor1d(values), 2);
    values.fill(100);
    expect(Array.from(await doubled.data())).toEqual([2, 4]);
  });

  it("does not write into an array that was read", async () => {
    const variable = tf.variable(tf.tensor1d([1, 2]));
    const grow = () => tf.tidy(() => variable.assign(tf.add(variable, 1) as tf.Tensor1D));
    grow();
    const second = await variable.data();
    for (let i = 0; i < 4; i++) {
      grow();
      await variable.data();
    }
    expect(Array.from(second)).toEqual([2, 3]);
    expect(Array.from(await variable.data())).toEqual([6, 7]);
  });

  it("computes at once for dataSync", () => {
    const x = tf.add(tf.tensor1d([1, 2]), 1);
    expect(Array.from(x.dataSync())).toEqual([2, 3]);
  });

  it("shares one buffer among reshaped tensors", async () => {
    const x = tf.exp(tf.tensor1d([0, 0, 0, 0]));
    const buffers = ortReport().liveBuffers;
    const views = [tf.reshape(x, [2, 2]), tf.expandDims(x, 0), tf.clone(x)];
    expect(ortReport().liveBuffers).toBe(buffers);
    x.dispose();
    expect(Array.from(await (views[0] as tf.Tensor).data())).toEqual([1, 1, 1, 1]);
    const product = tf.matMul(views[0] as tf.Tensor2D, views[0] as tf.Tensor2D);
    expect(await product.array()).toEqual([
      [2, 2],
      [2, 2],
    ]);
    tf.dispose(views);
    product.dispose();
    expect(ortReport().liveBuffers).toBe(buffers - 1);
  });

  it("takes tensors over from the CPU backend", async () => {
    await tf.setBackend("cpu");
    const x = tf.tensor1d([1, 2, 3]);
    const y = tf.add(x, 1);
    await tf.setBackend("ort");
    expect(Array.from(await tf.mul(y, 2).data())).toEqual([4, 6, 8]);
  });

  it("computes when the graph reaches its bound", async () => {
    await use({ threads: 1, maxPendingNodes: 10 });
    let x: tf.Tensor = tf.scalar(0);
    for (let i = 0; i < 25; i++) x = tf.add(x, 1);
    expect(ortReport()).toMatchObject({ runs: 2, pendingNodes: 5 });
    expect((await x.data())[0]).toBe(25);
  });

  it("keeps as many sessions as it is told", async () => {
    await use({ threads: 1, maxSessions: 2 });
    const run = async (length: number) => (await tf.sum(tf.exp(tf.zeros([length]))).data())[0];
    for (const length of [1, 2, 3, 3, 2, 1]) expect(await run(length)).toBe(length);
    expect(ortReport()).toMatchObject({ sessions: 2, compiles: 4, cacheHits: 2 });
  });

  it("answers time and profile", async () => {
    const { kernelMs } = await tf.time(() => tf.exp(tf.scalar(1)));
    expect(kernelMs).toBeGreaterThanOrEqual(0);
    const profile = await tf.profile(() => tf.exp(tf.scalar(1)));
    expect(profile.kernels.map(({ name }) => name)).toEqual(["Exp"]);
  });
});

describe("kernels without a mapping", () => {
  beforeEach(() => use());

  it("run on the CPU backend after what they need, and are counted by name", async () => {
    const x = tf.add(tf.tensor1d([1, 2, 3]), 1);
    const y = tf.mul(tf.searchSorted(x, tf.tensor1d([2.5, 3])), 2);
    expect(Array.from(await y.data())).toEqual([2, 2]);
    expect(ortReport().fallbacks).toEqual({ SearchSorted: 1 });
    resetOrtReport();
    expect(ortReport()).toMatchObject({ fallbacks: {}, runs: 0 });
  });

  it("handle strings", async () => {
    const words = tf.tensor1d(["a", "b"]);
    expect(await tf.concat([words, tf.tensor1d(["c"])]).data()).toEqual(["a", "b", "c"]);
  });
});

describe("an asynchronous runtime", () => {
  beforeEach(() => use({ ort }));

  it("trains as the synchronous one does", async () => {
    const losses = await train(6, tf.train.adam(0.02));
    expect(ortReport()).toMatchObject({ runtime: "onnxruntime (given)", compiles: 1, cacheHits: 5 });
    await use();
    expect(losses).toEqual(await train(6, tf.train.adam(0.02)));
  });

  it("keeps kernels apart that are called while a session runs", async () => {
    const x = tf.exp(tf.tensor1d([0, 0]));
    const reading = x.data();
    const later = tf.add(x, 1);
    const latest = later.data();
    x.dispose();
    expect(Array.from(await reading)).toEqual([1, 1]);
    expect(Array.from(await latest)).toEqual([2, 2]);
  });

  it("loses only what depends on a session that failed", async () => {
    const bad = tf.gather(tf.tensor1d([1, 2]), tf.neg(tf.tensor1d([-7], "int32")) as tf.Tensor1D);
    const reading = bad.data();
    const worse = tf.add(bad, 1);
    const good = tf.add(tf.tensor1d([1, 2]), 1);
    await expect(reading).rejects.toThrow(/could not compute/);
    await expect(worse.data()).rejects.toThrow(/could not compute/);
    expect(Array.from(await good.data())).toEqual([2, 3]);
  });

  it("says what to do where it cannot wait", async () => {
    const x = tf.add(tf.tensor1d([1, 2]), 1);
    expect(() => x.dataSync()).toThrow(/dataSync needs the values.*Await tensor\.data\(\) first/);
    expect(() => tf.diag(x)).toThrow(/kernel Diag.*Await tensor\.data\(\) first/);
    await x.data();
    expect(Array.from(x.dataSync())).toEqual([2, 3]);
    expect(Array.from(await tf.diag(x).data())).toEqual([2, 0, 0, 3]);
  });
});

describe("importing", () => {
  it("registers nothing", async () => {
    if (tf.findBackendFactory("ort")) tf.removeBackend("ort");
    vi.resetModules();
    await import("@tesserae/tfjs-backend-ort");
    expect(tf.findBackendFactory("ort")).toBeFalsy();
  });
});

afterAll(async () => {
  await tf.setBackend("cpu");
});
