import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { jit, registerOrtBackend } from "@tesserae/tfjs-backend-ort";
import { beforeAll, describe, expect, it } from "vitest";
import { createVariable } from "./fixtures/create-variable.js";

beforeAll(async () => {
  registerOrtBackend({ threads: 1 });
  await tf.setBackend("ort");
});

describe("jit among other things", () => {
  it("throws what the function throws, keeps what it had assigned, and works at the next call", () => {
    const variable = createVariable(1);
    let fail = true;
    const run = jit((x: tf.Tensor) => {
      variable.assign(tf.add(variable, x));
      if (fail) throw new RangeError("no");
      return tf.square(variable);
    });
    const x = tf.scalar(2);
    const before = tf.memory().numTensors;
    expect(() => run(x)).toThrow(RangeError);
    expect(tf.memory().numTensors).toBe(before);
    expect(variable.dataSync()[0]).toBe(3);
    fail = false;
    expect([1, 2, 3, 4].map(() => tf.tidy(() => run(x).dataSync()[0]))).toEqual([25, 49, 81, 121]);
    tf.dispose([variable, x]);
    run.dispose();
  });

  it("changes no variable when the session fails", () => {
    const table = createVariable([
      [1, 2],
      [3, 4],
    ]);
    const lookUp = jit((ids: tf.Tensor1D) => {
      const rows = tf.gather(table, ids);
      table.assign(tf.mul(table, 2));
      return rows;
    });
    const good = tf.tensor1d([1, 0], "int32");
    const bad = tf.tensor1d([1, 9], "int32");
    for (let call = 0; call < 3; call++) lookUp(good).dispose();
    expect(() => lookUp(bad)).toThrow(/indices element out of data bounds|Gather/i);
    expect(Array.from(table.dataSync())).toEqual([8, 16, 24, 32]);
    expect(Array.from(tf.tidy(() => lookUp(good).dataSync()))).toEqual([24, 32, 8, 16]);
    tf.dispose([table, good, bad]);
    lookUp.dispose();
  });

  it("is one trace with a jit function that it calls, and calls the function inside a gradient", () => {
    const square = jit((x: tf.Tensor) => tf.square(x));
    const outer = jit((x: tf.Tensor) => tf.add(square(x), 1));
    const x = tf.scalar(3);
    const values = [1, 2, 3].map(() => tf.tidy(() => outer(x).dataSync()[0]));
    expect(values).toEqual([10, 10, 10]);
    expect(square.counts).toEqual({ traced: 0, replayed: 0, fallenBack: 0, reasons: {} });
    expect(
      tf.tidy(
        () =>
          tf
            .grad((x: tf.Tensor) => square(x))(x)
            .dataSync()[0],
      ),
    ).toBe(6);
    expect(square.counts.reasons).toEqual({ "it is called inside a gradient": 1 });
    x.dispose();
    outer.dispose();
  });

  it("uses values that wait to be computed, and lets others use its own", async () => {
    const variable = createVariable(1);
    const step = jit((x: tf.Tensor) => {
      variable.assign(tf.add(variable, x));
    });
    const x = tf.scalar(2);
    for (let call = 0; call < 3; call++) step(x);
    const before = tf.mul(variable, 10);
    const reading = variable.data();
    const waiting = tf.add(x, 1);
    step(waiting);
    const after = tf.mul(variable, 10);
    expect((await reading)[0]).toBe(7);
    expect([before, after].map((tensor) => tensor.dataSync()[0])).toEqual([70, 100]);
    tf.dispose([variable, x, before, after, waiting]);
    step.dispose();
  });

  it("takes over variables and tensors of another backend", async () => {
    await tf.setBackend("cpu");
    const [weight, unused] = [createVariable([1, 2]), createVariable(7)];
    const x = tf.tensor1d([3, 4]);
    await tf.setBackend("ort");
    const step = jit((x: tf.Tensor) => {
      weight.assign(tf.add(weight, x));
    });
    for (let call = 0; call < 4; call++) step(x);
    expect(step.counts).toMatchObject({ traced: 3, replayed: 1 });
    expect(Array.from(weight.dataSync())).toEqual([13, 18]);
    expect(unused.dataSync()[0]).toBe(7);
    tf.dispose([weight, unused, x]);
    step.dispose();
  });

  it("calls the function on another backend, and traces again when the backend is back", async () => {
    const square = jit((x: tf.Tensor) => tf.square(x));
    const value = (number: number) => tf.tidy(() => square(tf.scalar(number)).dataSync()[0]);
    expect([value(2), value(3), value(4)]).toEqual([4, 9, 16]);
    await tf.setBackend("cpu");
    expect(value(5)).toBe(25);
    expect(square.counts).toMatchObject({ fallenBack: 1, reasons: { "the backend is cpu": 1 } });
    registerOrtBackend({ threads: 1 });
    await tf.setBackend("ort");
    expect([value(6), value(7)]).toEqual([36, 49]);
    expect(square.counts.traced).toBe(4);
    square.dispose();
  });
});
