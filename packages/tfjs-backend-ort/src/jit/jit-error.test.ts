import * as tf from "@tensorflow/tfjs-core";
import { JitError, jit, registerGradients, registerOrtBackend } from "@tesserae/tfjs-backend-ort";
import { beforeAll, describe, expect, it } from "vitest";
import { createVariable } from "./fixtures/create-variable.js";

beforeAll(async () => {
  registerGradients();
  registerOrtBackend({ threads: 1 });
  await tf.setBackend("ort");
});

describe("a function that cannot be traced", () => {
  it.each<[string, (x: tf.Tensor) => unknown, RegExp]>([
    ["reads its argument", (x) => tf.scalar((x.dataSync()[0] as number) * 2), /dataSync needs the values/],
    ["reads what it has computed", (x) => tf.scalar(tf.square(x).dataSync()[0] as number), /dataSync needs the values/],
    ["branches on data", (x) => ((tf.sum(x).arraySync() as number) > 0 ? x : tf.neg(x)), /needs the values/],
    ["uses a kernel of the CPU backend", (x) => tf.unique(tf.square(x) as tf.Tensor1D).values, /The kernel Unique/],
    ["gives back a number", () => 5, /the result is the number 5.*tf\.scalar/],
    ["is async", async (x) => x, /the result is a Promise.*cannot be async/],
    [
      "catches the error",
      (x) => {
        try {
          return tf.scalar(x.dataSync()[0] as number);
        } catch {
          return tf.scalar(0);
        }
      },
      /dataSync needs the values/,
    ],
  ])("is refused when it %s, and changes nothing", (_, fn, message) => {
    const before = tf.memory();
    const variable = createVariable(1);
    const x = tf.tensor1d([3]);
    const run = jit((x: tf.Tensor) => {
      variable.assign(tf.add(variable, 1));
      return fn(x);
    });
    expect(() => run(x)).toThrow(JitError);
    expect(() => run(x)).toThrow(message);
    expect(variable.dataSync()[0]).toBe(1);
    tf.dispose([variable, x]);
    expect(tf.memory()).toEqual(before);
  });

  it("is refused when it reads a variable", () => {
    const variable = createVariable(4);
    const run = jit(() => tf.scalar(variable.dataSync()[0] as number));
    expect(() => run()).toThrow("dataSync needs the values of a tensor");
    variable.dispose();
  });

  it("is called as it is where the caller wants that", () => {
    const variable = createVariable(0);
    const run = jit(
      (x: tf.Tensor) => {
        variable.assign(tf.add(variable, x));
        return tf.scalar((x.dataSync()[0] as number) * 2);
      },
      { untraceable: "call" },
    );
    const x = tf.scalar(4);
    expect([1, 2, 3].map(() => tf.tidy(() => run(x).dataSync()[0]))).toEqual([8, 8, 8]);
    expect(variable.dataSync()[0]).toBe(12);
    const [reason] = Object.keys(run.counts.reasons);
    expect(run.counts).toEqual({ traced: 0, replayed: 0, fallenBack: 3, reasons: { [reason as string]: 3 } });
    expect(reason).toContain("dataSync needs the values");
    tf.dispose([variable, x]);
  });

  it("is refused when a number that it makes changes, and says which", () => {
    let step = 0;
    const decay = jit((x: tf.Tensor) => tf.mul(x, 1 / ++step));
    const x = tf.tensor1d([1, 2]);
    expect(Array.from(tf.tidy(() => decay(x).dataSync()))).toEqual([1, 2]);
    expect(() => decay(x)).toThrow(
      /a number that it makes and that goes into Mul was 1 in one call and 0\.5 in another.*argument/,
    );
    x.dispose();
  });

  it("is refused when it makes random numbers without a seed, and not with one", () => {
    const x = tf.tensor1d([1, 2]);
    const random = jit((x: tf.Tensor) => tf.add(x, tf.randomUniform([2])));
    random(x).dispose();
    expect(() => random(x)).toThrow(/number 0 of a tensor \[2\] that it makes/);
    const seeded = jit((x: tf.Tensor) => tf.add(x, tf.randomUniform([2], 0, 1, "float32", 7)));
    const sums = [1, 2, 3].map(() => tf.tidy(() => Array.from(seeded(x).dataSync())));
    expect(sums[2]).toEqual(sums[0]);
    expect(seeded.counts.replayed).toBe(1);
    x.dispose();
    seeded.dispose();
  });

  it("is refused when it keeps a tensor in each call", () => {
    const kept: tf.Tensor[] = [];
    const run = jit((x: tf.Tensor) => {
      kept.push(tf.keep(tf.square(x)));
    });
    const x = tf.scalar(3);
    for (let call = 1; call < 4; call++) run(x);
    expect(() => run(x)).toThrow("it keeps a tensor that it neither gives back nor assigns to a variable in each call");
    expect(kept.map((tensor) => tensor.dataSync()[0])).toEqual([9, 9, 9, 9]);
    tf.dispose([x, ...kept]);
  });

  it("is refused when a tensor from outside is replaced by another with other numbers", () => {
    let scale = tf.scalar(2);
    const scaled = jit((x: tf.Tensor) => tf.mul(x, scale));
    const x = tf.scalar(3);
    expect(tf.tidy(() => scaled(x).dataSync()[0])).toBe(6);
    scale.dispose();
    scale = tf.scalar(4);
    expect(() => scaled(x)).toThrow("a number from outside and that goes into Mul was 2 in one call and 4 in another");
    tf.dispose([x, scale]);
  });

  it("names an argument that is no tensor", () => {
    const run = jit((options: { lr: unknown }) => options.lr as tf.Tensor);
    expect(() => run({ lr: 0.1 })).toThrow(/arguments\[0\]\.lr is the number 0\.1.*tf\.scalar/);
    expect(() => run({ lr: new Map() })).toThrow(/arguments\[0\]\.lr is a Map/);
  });
});
