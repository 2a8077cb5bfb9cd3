import * as tf from "@tensorflow/tfjs-core";
import { selectBackend } from "@tesserae/tfjs-backend-ort";
import { expect, test } from "vitest";
import { evaluation } from "./eval.js";

test("measures each kind of work on the chosen size, and leaves no tensors", async () => {
  await selectBackend({ backend: "ort", threads: 1 });
  const held = tf.memory().numTensors;
  const output = { terminal: false, columns: 120, print: () => {} };
  const { rows, notes } = await evaluation.measure({ rounds: 1, threads: 1, backend: "ort", size: "tiny" }, output);
  expect(tf.memory().numTensors).toBe(held);
  expect(rows.map(([model, work]) => [model, work])).toEqual([
    ["tiny 4x128", "embed images"],
    ["tiny 4x128", "embed texts"],
    ["tiny 4x128", "score items"],
  ]);
  const counts = rows.map(([, , count]) => Number(count));
  expect([counts[0], counts[2]]).toEqual([128, 128]);
  expect(counts[1], "each item has two captions, which others may share").toBeGreaterThan(128);
  for (const [, , , , rate] of rows) expect(Number(rate)).toBeGreaterThan(0);
  expect(notes.at(-1)).toContain("backend ort");
});
