import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { expect, test } from "vitest";
import { tinyClip } from "../fixtures/tiny-clip.js";
import { causalMask } from "./attention.js";
import { transformer } from "./transformer.js";

const clip = tinyClip();
const common = {
  read: (name: string) => clip.variables.get(`text_model.${name}`)!,
  layers: 2,
  heads: 2,
  activation: "gelu",
  batch: 2,
  length: 4,
} as const;
const input = tf.randomNormal<tf.Rank.R2>([8, 8], 0, 1, "float32", 3);

/** Largest absolute difference. */
function distance(a: tf.Tensor, b: tf.Tensor): number {
  return tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]!;
}

test("with a causal mask a token is not influenced by later ones", () => {
  const changed = tf.add(input, tf.oneHot(tf.tensor1d([3, 3, 3, 3, 3, 3, 3, 3], "int32"), 8)) as tf.Tensor2D;
  const lastOfFirst = tf.concat([
    tf.slice(input, [0, 0], [3, 8]),
    tf.slice(changed, [3, 0], [1, 8]),
    tf.slice(input, [4, 0], [4, 8]),
  ]);
  const run = (x: tf.Tensor2D) => transformer(x, { ...common, mask: causalMask(4) });
  const difference = tf.abs(tf.sub(run(input), run(lastOfFirst as tf.Tensor2D)));
  const rows = tf.max(difference, 1).dataSync();
  expect([rows[0], rows[1], rows[2], rows[4], rows[5], rows[6], rows[7]]).toEqual([0, 0, 0, 0, 0, 0, 0]);
  expect(rows[3]).toBeGreaterThan(0.1);
  expect(distance(transformer(input, common), transformer(lastOfFirst as tf.Tensor2D, common))).toBeGreaterThan(0.001);
});

test("a readout computes the same numbers as reading the whole output", () => {
  const whole = tf.reshape(transformer(input, { ...common, mask: causalMask(4) }), [2, 4, 8]);
  // Row 0 is read at position 2, row 1 at position 3.
  const expected = tf.stack([
    tf.reshape(tf.slice(whole, [0, 2, 0], [1, 1, 8]), [8]),
    tf.reshape(tf.slice(whole, [1, 3, 0], [1, 1, 8]), [8]),
  ]);
  const select = tf.tensor3d([[[0, 0, 1, 0]], [[0, 0, 0, 1]]]);
  const read = transformer(input, {
    ...common,
    mask: causalMask(4),
    readout: {
      select: (x) => tf.reshape(tf.matMul(select, tf.reshape(x, [2, 4, 8])), [2, 8]),
      mask: tf.tensor4d([0, 0, 0, -1e9, 0, 0, 0, 0], [2, 1, 1, 4]),
    },
  });
  expect(distance(read, expected)).toBeLessThan(1e-5);
});
