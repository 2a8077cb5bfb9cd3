import { createHash } from "node:crypto";
import * as tf from "@tensorflow/tfjs-core";
import { registerOrtBackend } from "@tesserae/tfjs-backend-ort";
import { beforeAll, expect, it } from "vitest";

beforeAll(async () => {
  registerOrtBackend({ threads: 2 });
  await tf.setBackend("ort");
});

/** Elements that go by blocks, and those of half of them, which do not. */
const [large, half] = [1 << 18, 1 << 17];

const numbers = (seed: number, size = large) => {
  let state = seed;
  return Float32Array.from({ length: size }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
};

const run = (name: string, inputs: object, attributes = {}) =>
  tf.engine().runKernel(name, inputs as tf.NamedTensorMap, attributes) as unknown as tf.Tensor[];

/** The sum of the bytes of numbers, in SHA-256. */
const bytesOf = (values: Float32Array) => createHash("sha256").update(values).digest("hex");

/** The bytes of the results of a kernel on whole tensors, and on each half of them, joined. */
function wholeAndHalves(
  run: (part: (tensor: tf.Tensor) => tf.Tensor) => tf.Tensor[],
): [Float32Array[], Float32Array[]] {
  const read = (results: tf.Tensor[]) => results.map((result) => result.dataSync() as Float32Array);
  const whole = read(run((tensor) => tensor));
  const halves = [0, half].map((start) => read(run((tensor) => tf.slice(tensor as tf.Tensor1D, start, half))));
  const joined = whole.map((_, index) => {
    const all = new Float32Array(large);
    halves.forEach((results, part) => {
      all.set(results[index] as Float32Array, part * half);
    });
    return all;
  });
  return [whole, joined];
}

it("gives GELU and its gradient the bytes that they have without blocks", () => {
  tf.tidy(() => {
    const [x, dy] = [tf.mul(tf.tensor1d(numbers(1)), 4), tf.tensor1d(numbers(2))];
    const [whole, halves] = wholeAndHalves((part) => {
      const [value] = run("FusedGelu", { x: part(x) }) as [tf.Tensor];
      return [value, ...run("FusedGeluGrad", { dy: part(dy), x: part(x) })];
    });
    expect(whole.map(bytesOf)).toEqual(halves.map(bytesOf));
    const [number, erf] = [x, tf.erf(tf.div(x, Math.SQRT2))].map((tensor) => tensor.dataSync()[5] as number) as [
      number,
      number,
    ];
    expect(whole[0]?.[5]).toBeCloseTo((number * (erf + 1)) / 2, 6);
  });
});

it("makes one update of AdamW as its formula does", () => {
  tf.tidy(() => {
    const [gradient, first, parameter] = [1, 2, 3].map((seed) => tf.tensor1d(numbers(seed))) as [
      tf.Tensor1D,
      tf.Tensor1D,
      tf.Tensor1D,
    ];
    const second = tf.square(tf.tensor1d(numbers(4)));
    const [rate, root, decay] = [-0.01, 1.5, 0.001].map((value) => tf.scalar(value)) as [
      tf.Scalar,
      tf.Scalar,
      tf.Scalar,
    ];
    const options = { beta1: 0.9, beta2: 0.98, epsilon: 1e-6 };
    const [whole, halves] = wholeAndHalves((part) =>
      run(
        "FusedAdamW",
        {
          gradient: part(gradient),
          first: part(first),
          second: part(second),
          parameter: part(parameter),
          rate,
          root,
          decay,
        },
        options,
      ),
    );
    expect(whole.map(bytesOf)).toEqual(halves.map(bytesOf));
    const at = 200_001;
    const [g, m, v, w] = [gradient, first, second, parameter].map((tensor) => tensor.dataSync()[at] as number) as [
      number,
      number,
      number,
      number,
    ];
    const [mean, square] = [0.9 * m + 0.1 * g, 0.98 * v + 0.02 * g * g];
    const update = (-0.01 * mean) / (1.5 * Math.sqrt(square) + 1e-6) - 0.001 * w;
    [update, mean, square].forEach((expected, index) => {
      expect(whole[index]?.[at]).toBeCloseTo(expected, 6);
    });
  });
});
