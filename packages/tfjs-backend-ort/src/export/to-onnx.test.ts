import * as tf from "@tensorflow/tfjs-core";
import { registerOrtBackend, toOnnx } from "@tesserae/tfjs-backend-ort";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

beforeAll(async () => {
  registerOrtBackend({ threads: 1 });
  await tf.setBackend("ort");
});
afterAll(() => tf.removeBackend("ort"));

/** Runs a model on float32 inputs: every output's shape and values. */
async function runModel(bytes: Uint8Array, feeds: Record<string, { values: number[]; shape: number[] }>) {
  const session = await InferenceSession.create(bytes);
  const tensors = Object.entries(feeds).map(([name, { values, shape }]) => [
    name,
    new Tensor("float32", values, shape),
  ]);
  const results = await session.run(Object.fromEntries(tensors));
  await session.release();
  return Object.fromEntries(
    Object.entries(results).map(([name, { dims, data }]) => [
      name,
      { shape: [...dims], values: Array.from(data as Float32Array) },
    ]),
  );
}

describe("toOnnx", () => {
  it("keeps a function of named tensors with the weights it uses", async () => {
    const before = tf.memory().numTensors;
    const weight = tf.tidy(() => tf.variable(tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2])));
    const bias = tf.tidy(() => tf.variable(tf.tensor1d([0.5, -20])));
    const bytes = await toOnnx(({ x }) => ({ y: tf.relu(tf.add(tf.matMul(x as tf.Tensor2D, weight), bias)) }), {
      x: { shape: [2, 3] },
    });
    tf.tidy(() => weight.assign(tf.zeros([3, 2]))); // later changes do not reach the model
    const { y } = await runModel(bytes, { x: { values: [1, 0, 1, 0, 1, 2], shape: [2, 3] } });
    expect(y).toEqual({ shape: [2, 2], values: [6.5, 0, 13.5, 0] });
    expect(Array.from(await weight.data())).toEqual([0, 0, 0, 0, 0, 0]);
    tf.dispose([weight, bias]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it("leaves an axis open, also where its length goes into shapes", async () => {
    const weight = tf.tensor2d([1, 0, 0, 1, 1, 1], [2, 3]);
    const token = tf.tensor1d([7, 8, 9]);
    const bytes = await toOnnx(
      ({ x }) => {
        const [batch, length] = x!.shape as [number, number];
        const rows = tf.reshape(tf.matMul(tf.reshape(x!, [batch * length, 2]), weight), [batch, length, 3]);
        const repeated = tf.mul(tf.reshape(token, [1, 1, 3]), tf.ones([batch, 1, 1])) as tf.Tensor3D;
        const all = tf.concat([repeated, rows as tf.Tensor3D], 1);
        return {
          first: tf.reshape(tf.slice(all, [0, 1, 0], [batch, 1, 3]), [batch, 3]),
          all,
          flat: tf.reshape(all, [-1]),
        };
      },
      { x: { shape: ["batch", 2, 2] } },
    );
    for (const batch of [1, 3]) {
      const values = Array.from({ length: batch * 4 }, (_, index) => index);
      const { first, all, flat } = await runModel(bytes, { x: { values, shape: [batch, 2, 2] } });
      const expected = Array.from({ length: batch }, (_, row) => {
        const [a, b, c, d] = [4 * row, 4 * row + 1, 4 * row + 2, 4 * row + 3] as [number, number, number, number];
        return [7, 8, 9, a + b, b, b, c + d, d, d];
      });
      expect(all).toEqual({ shape: [batch, 3, 3], values: expected.flat() });
      expect(flat).toEqual({ shape: [batch * 9], values: expected.flat() });
      expect(first).toEqual({ shape: [batch, 3], values: expected.flatMap((row) => row.slice(3, 6)) });
    }
    tf.dispose([weight, token]);
  });

  it("uses standard operators only", async () => {
    const weight = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
    const product = await toOnnx(({ x }) => ({ y: tf.matMul(x as tf.Tensor2D, weight, false, true) }), {
      x: { shape: ["rows", 3] },
    });
    expect(new TextDecoder("latin1").decode(product)).not.toContain("com.microsoft");
    const { y } = await runModel(product, { x: { values: [1, 1, 1, 0, 0, 1], shape: [2, 3] } });
    expect(y).toEqual({ shape: [2, 2], values: [6, 15, 3, 6] });
    weight.dispose();
  });

  it("takes 64-bit integers as int32 tensors", async () => {
    const table = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);
    const bytes = await toOnnx(({ ids }) => ({ rows: tf.gather(table, tf.reshape(ids!, [-1])) }), {
      ids: { shape: ["n"], dtype: "int64" },
    });
    const session = await InferenceSession.create(bytes);
    const { rows } = await session.run({ ids: new Tensor("int64", [2n, 0n], [2]) });
    expect(Array.from(rows!.data as Float32Array)).toEqual([5, 6, 1, 2]);
    await session.release();
    table.dispose();
  });

  it("hands back inputs, weights and integers", async () => {
    const weight = tf.tensor1d([1, 2], "int32");
    const bytes = await toOnnx(({ x }) => ({ same: x!, weight, places: tf.argMax(x!, 1) }), { x: { shape: ["n", 2] } });
    const { same, weight: kept, places } = await runModel(bytes, { x: { values: [3, 1, 0, 2], shape: [2, 2] } });
    expect(same).toEqual({ shape: [2, 2], values: [3, 1, 0, 2] });
    expect(kept).toEqual({ shape: [2], values: [1, 2] });
    expect(places).toEqual({ shape: [2], values: [0, 1] });
    weight.dispose();
  });

  it("refuses what a model cannot hold, and the backend goes on", async () => {
    const x = { shape: ["batch", 2] } as const;
    const reads = toOnnx(({ x }) => ({ y: tf.scalar(x!.dataSync()[0]!) }), { x });
    await expect(reads).rejects.toThrow(
      /dataSync needs the values of a tensor inside a function that is only recorded/,
    );
    const unmapped = toOnnx(({ x }) => ({ y: tf.unique(tf.reshape(x!, [-1])).values }), { x });
    await expect(unmapped).rejects.toThrow(/kernel Unique, which has no ONNX mapping/);
    const depends = toOnnx(({ x }) => ({ y: tf.div(tf.sum(x!), tf.scalar(x!.shape[0]!)) }), { x });
    await expect(depends).rejects.toThrow(
      /depends on the length of "batch" in a way that a model cannot, at its operator Div/,
    );
    const twice = toOnnx(({ x, z }) => ({ y: tf.add(x!, z!) }), { x, z: { shape: ["count", 2] } });
    await expect(twice).rejects.toThrow(/only one name, but these have batch, count/);
    const named = toOnnx(({ x }) => ({ x: tf.neg(x!) }), { x });
    await expect(named).rejects.toThrow(/"x" is not one/);
    expect(tf.square(tf.scalar(3)).dataSync()[0]).toBe(9);
  });
});
