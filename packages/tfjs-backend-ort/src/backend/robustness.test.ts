import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { ortReport, registerGradients, registerOrtBackend } from "@tesserae/tfjs-backend-ort";
import { afterAll, beforeEach, describe, expect, it } from "vitest";

beforeEach(async () => {
  registerGradients();
  registerOrtBackend({ threads: 1 });
  await tf.setBackend("ort");
});
afterAll(async () => {
  await tf.setBackend("cpu");
});

const numbers = async (x: tf.Tensor) => Array.from(await x.data());
/** An index that is found to be outside only when the graph is computed. */
const outside = () => tf.neg(tf.tensor1d([-9], "int32")) as tf.Tensor1D;

describe("tensors that share data", () => {
  it("keep their values whichever is disposed first, also when memory is written again", async () => {
    const x = tf.exp(tf.tensor1d([0, 1, 2, 3]));
    const [view, copy] = [tf.reshape(x, [2, 2]), tf.clone(x)];
    const expected = await numbers(view);
    x.dispose();
    copy.dispose();
    for (let i = 0; i < 4; i++) {
      const other = tf.mul(tf.tensor1d([1, 1, 1, 1]), i);
      await other.data();
      other.dispose();
    }
    expect(await numbers(view)).toEqual(expected);
    view.dispose();
  });

  it("are not changed by assigning to a variable that shares with them", async () => {
    const initial = tf.add(tf.tensor1d([1, 2]), 0);
    const variable = tf.variable(initial);
    const before = tf.clone(variable);
    for (let i = 0; i < 3; i++) {
      tf.tidy(() => variable.assign(tf.mul(variable, 10) as tf.Tensor1D));
      await variable.data();
    }
    expect(await numbers(initial)).toEqual([1, 2]);
    expect(await numbers(before)).toEqual([1, 2]);
    expect(await numbers(variable)).toEqual([1000, 2000]);
    tf.dispose([initial, variable, before]);
  });
});

describe("disposing", () => {
  it("of a tensor that is being read leaves the reader its values", async () => {
    const x = tf.add(tf.tensor1d([1, 2]), 1);
    const reading = x.data();
    x.dispose();
    expect(Array.from(await reading)).toEqual([2, 3]);
  });

  it("before reading is an error that says so, and the next step works", async () => {
    const x = tf.add(tf.tensor1d([1, 2]), 1);
    const y = tf.mul(x, 2);
    x.dispose();
    expect(() => x.dataSync()).toThrow("Tensor is disposed");
    await expect((async () => x.data())()).rejects.toThrow("Tensor is disposed");
    expect(await numbers(y)).toEqual([4, 6]);
  });

  it("by tidy spares what is kept or returned", async () => {
    let kept: tf.Tensor | undefined;
    const returned = tf.tidy(() => {
      const x = tf.add(tf.tensor1d([1, 2]), 1);
      kept = tf.keep(tf.mul(x, 2));
      return tf.mul(kept, x);
    });
    expect(await numbers(returned)).toEqual([8, 18]);
    expect(await numbers(kept as tf.Tensor)).toEqual([4, 6]);
    tf.dispose([returned, kept as tf.Tensor]);
  });
});

describe("an exception in the middle of a traced function", () => {
  it("leaves nothing behind", async () => {
    const variable = tf.variable(tf.tensor1d([1, 2]));
    const tensors = tf.memory().numTensors;
    const broken = () =>
      tf.tidy(() => {
        tf.exp(variable);
        throw new Error("in the middle");
      });
    expect(broken).toThrow("in the middle");
    expect(tf.memory().numTensors).toBe(tensors);
    expect(await numbers(tf.mul(variable, 3))).toEqual([3, 6]);
    expect(ortReport().nodes).toBe(1);
    variable.dispose();
  });

  it("leaves variables and the optimizer's moments as they were", async () => {
    const run = async (interrupted: boolean) => {
      const variable = tf.variable(tf.tensor1d([1, -2]));
      const optimizer = tf.train.adam(0.1);
      const minimize = (fail: boolean) => {
        const loss = () => {
          const squares = tf.square(variable);
          if (fail) throw new Error("in the middle");
          return tf.sum(squares) as tf.Scalar;
        };
        return optimizer.minimize(loss, true, [variable]) as tf.Scalar;
      };
      const losses: number[] = [];
      for (let step = 0; step < 4; step++) {
        if (interrupted && step === 2) expect(() => minimize(true)).toThrow("in the middle");
        const loss = minimize(false);
        losses.push(...(await numbers(loss)));
        loss.dispose();
      }
      const values = await numbers(variable);
      tf.dispose(variable);
      optimizer.dispose();
      return { losses, values };
    };
    expect(await run(true)).toEqual(await run(false));
  });
});

describe("a session that fails", () => {
  it("reports a session that fails, and goes on with everything else", async () => {
    const table = tf.tensor2d([1, 2, 3, 4], [2, 2]);
    const good = tf.add(table, 1);
    const bad = tf.gather(table, tf.neg(tf.tensor1d([0, -5], "int32")) as tf.Tensor1D);
    const worse = tf.mul(bad, 2);
    await expect(worse.data()).rejects.toThrow(/ONNX Runtime could not compute this tensor.*[Gg]ather/s);
    await expect(bad.data()).rejects.toThrow(/could not compute/);
    expect(() => tf.add(worse, 1)).toThrow(/could not compute/);
    expect(Array.from(await good.data())).toEqual([2, 3, 4, 5]);
    expect(ortReport()).toMatchObject({ compiles: 2, runs: 1 });
    expect(Array.from(await tf.mul(good, 2).data())).toEqual([4, 6, 8, 10]);
  });

  it("leaves variables what they held, so that the next step trains on", async () => {
    const table = tf.variable(tf.tensor2d([1, 2, 3, 4], [2, 2]));
    const other = tf.variable(tf.scalar(1));
    const optimizer = tf.train.sgd(0.5);
    const step = (rows: tf.Tensor1D) =>
      optimizer.minimize(() => tf.mul(tf.sum(tf.gather(table, rows)), other) as tf.Scalar, true) as tf.Scalar;
    const first = step(tf.tensor1d([0], "int32"));
    expect(await numbers(first)).toEqual([3]);
    const rows = outside();
    const { numTensors, numDataBuffers } = tf.memory();
    const failed = step(rows);
    await expect(failed.data()).rejects.toThrow(/could not compute/);
    failed.dispose();
    expect(await numbers(table)).toEqual([0.5, 1.5, 3, 4]);
    expect(await numbers(other)).toEqual([-0.5]);
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
    const next = step(tf.tensor1d([1], "int32"));
    expect(await numbers(next)).toEqual([-3.5]);
    expect(await numbers(table)).toEqual([0.5, 1.5, 3.25, 4.25]);
    tf.dispose([table, other, first, next, rows]);
    optimizer.dispose();
  });

  it("does not hand the old values to the tensor that was assigned", async () => {
    const variable = tf.variable(tf.tensor1d([1, 2]));
    await variable.data();
    const bad = tf.add(variable, tf.gather(tf.tensor1d([1, 2]), outside()));
    variable.assign(bad as tf.Tensor1D);
    await expect(bad.data()).rejects.toThrow(/could not compute/);
    await expect(bad.data()).rejects.toThrow(/could not compute/);
    expect(await numbers(variable)).toEqual([1, 2]);
    tf.dispose([variable, bad]);
  });
});

describe("mistakes", () => {
  it("refuses shapes that do not fit when the kernel is called", () => {
    expect(() => tf.matMul(tf.zeros([2, 3]), tf.zeros([2, 3]))).toThrow(/inner shapes/);
    expect(() => tf.reshape(tf.exp(tf.zeros([4])), [3])).toThrow(/must match the product of shape 3/);
    expect(() => tf.add(tf.zeros([2, 3]), tf.zeros([2, 4]))).toThrow(/broadcast/);
  });

  it("refuses options that are not counts", () => {
    expect(() => registerOrtBackend({ threads: 0 })).toThrow("threads must be a whole number of at least 1, but is 0");
    expect(() => registerOrtBackend({ maxSessions: 1.5 })).toThrow(/maxSessions/);
  });
});

describe("what users of other backends expect", () => {
  it("profile counts bytes and tensors, and time counts the work", async () => {
    const profile = await tf.profile(() => tf.add(tf.tensor1d([1, 2]), 1));
    expect(profile.newTensors).toBeGreaterThan(0);
    expect(await numbers(profile.result as tf.Tensor)).toEqual([2, 3]);
    expect(profile.kernels.map(({ name }) => name)).toEqual(["Add"]);
    const { kernelMs, wallMs } = await tf.time(() => tf.matMul(tf.ones([8, 8]), tf.ones([8, 8])));
    expect(kernelMs).toBeGreaterThanOrEqual(0);
    expect(wallMs).toBeGreaterThanOrEqual(kernelMs as number);
  });

  it("a loop over batches that awaits every loss holds no memory", async () => {
    const weights = tf.variable(tf.tensor2d([0.1, 0.2, 0.3, 0.4], [4, 1]));
    const optimizer = tf.train.momentum(0.01, 0.9);
    const held: number[] = [];
    for (let step = 0; step < 12; step++) {
      const batch = tf.randomUniform([2 + (step % 3), 4], 0, 1, "float32", step + 1);
      const loss = optimizer.minimize(
        () => tf.mean(tf.square(tf.matMul(batch, weights as tf.Tensor2D))) as tf.Scalar,
        true,
      );
      await (loss as tf.Scalar).data();
      tf.dispose([batch, loss as tf.Scalar]);
      held.push(tf.memory().numTensors, ortReport().liveBuffers);
    }
    expect(held.slice(-2)).toEqual(held.slice(0, 2));
    expect(ortReport()).toMatchObject({ compiles: 3, fallbacks: {} });
    weights.dispose();
    optimizer.dispose();
  });
});
