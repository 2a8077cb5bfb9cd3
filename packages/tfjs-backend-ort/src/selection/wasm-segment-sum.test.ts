import * as tf from "@tensorflow/tfjs-core";
import { selectBackend } from "@tesserae/tfjs-backend-ort";
import { expect, it } from "vitest";

it("gives the gradient of gather on the wasm backend", async () => {
  await selectBackend({ backend: "wasm" });
  const table = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);
  const rows = tf.tensor1d([2, 0, 2], "int32");
  const gradient = tf.grad((x: tf.Tensor) =>
    tf.sum(tf.mul(tf.gather(x, rows), tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]))),
  );
  expect(await gradient(table).array()).toEqual([
    [3, 4],
    [0, 0],
    [6, 8],
  ]);
});
