import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { chain, clipLoss, hingeLoss, type Loss, mosaiclipLoss, structureClipLoss, weighted } from "@tesserae/losses";
import { expect, test } from "vitest";
import { numberOf, severalPositives, toTensors } from "../fixtures/batches.js";

const constant = (name: string, objective: number, others: Record<string, number> = {}): Loss<null> => ({
  name,
  version: "7",
  options: {},
  compute: () => ({
    objective: tf.scalar(objective),
    ...Object.fromEntries(Object.entries(others).map(([term, value]) => [term, tf.scalar(value)])),
  }),
});

const values = (terms: Readonly<Record<string, tf.Scalar>>) =>
  Object.entries(terms).map(([name, term]) => [name, numberOf(term)]);

test("weighted multiplies the objective and writes the factor down", () => {
  const loss = weighted(constant("a", 2, { report: 5 }), 10);
  expect(values(loss.compute(null))).toEqual([
    ["objective", 20],
    ["report", 5],
  ]);
  expect(loss.options).toEqual({ factor: 10 });
});

test("chain adds the objectives, reports each, and renames terms that occur again", () => {
  const loss = chain(constant("a", 1, { x: 3 }), constant("b", 2, { x: 4 }), constant("b", 5));
  expect([loss.name, loss.version]).toEqual(["a+b+b", "7+7+7"]);
  expect(values(loss.compute(null))).toEqual([
    ["objective", 8],
    ["a", 1],
    ["x", 3],
    ["b", 2],
    ["b/x", 4],
    ["b/b", 5],
  ]);
});

test("a hinge chained to CLIP's loss is Structure-CLIP's paper variant", () => {
  const batch = toTensors(severalPositives());
  const chained = chain(clipLoss(), weighted(hingeLoss({ margin: 0.3 }), 2)).compute(batch);
  const whole = structureClipLoss({ margin: 0.3, weight: 2 }).compute(batch);
  expect(numberOf(chained.objective)).toBeCloseTo(numberOf(whole.objective), 6);
});

test("combined losses leak no tensors", () => {
  const loss = weighted(chain(clipLoss(), mosaiclipLoss(), structureClipLoss()), 0.5);
  const batch = toTensors(severalPositives());
  const before = tf.memory().numTensors;
  tf.dispose(loss.compute(batch));
  expect(tf.memory().numTensors).toBe(before);
});
