import * as tf from "@tensorflow/tfjs-core";
import { registerOrtBackend } from "@tesserae/tfjs-backend-ort";
import { afterAll, beforeAll, expect, it } from "vitest";

beforeAll(async () => {
  registerOrtBackend({ threads: 2 });
  await tf.setBackend("ort");
});
afterAll(() => tf.removeBackend("ort"));

it("adds in the same order every time, whatever the number of threads", () => {
  const count = 6000;
  const width = 96;
  const ids = tf.tensor1d(Int32Array.from({ length: count }, (_, row) => (row % 2 === 0 ? 3 : row % 50)));
  const numbers = Float32Array.from({ length: count * width }, (_, index) => Math.sin(index));
  const rows = tf.tensor2d(numbers, [count, width]);
  const sums = () => tf.tidy(() => tf.unsortedSegmentSum(rows, tf.cast(ids, "int32"), 50).dataSync().slice());
  const first = sums();
  let expected = 0;
  for (let row = 0; row < count; row += 2) expected += numbers[row * width + 7] as number;
  for (let row = 3; row < count; row += 50) expected += numbers[row * width + 7] as number;
  expect(first[3 * width + 7]).toBeCloseTo(expected, 3);
  for (let repetition = 0; repetition < 20; repetition++) expect(sums()).toEqual(first);
  tf.dispose([ids, rows]);
});
