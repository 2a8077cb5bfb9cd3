import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { chain, clipLoss, type Loss, mosaiclipLoss, structureClipLoss, weighted } from "@tesserae/losses";
import { expect, test } from "vitest";
import { numberOf, severalPositives, toTensors } from "../fixtures/batches.js";

const constant = (name: string, terms: Record<string, number>): Loss<null> => ({
  name,
  compute: () => Object.fromEntries(Object.entries(terms).map(([term, value]) => [term, tf.scalar(value)])),
});

test("weighted multiplies the terms that are minimised, or the named ones", () => {
  const loss = constant("a", { firstLoss: 2, secondLoss: 3, report: 5 });
  const all = weighted(loss, 10).compute(null);
  expect([all.firstLoss, all.secondLoss, all.report].map(numberOf)).toEqual([20, 30, 5]);
  const one = weighted(loss, { secondLoss: 4 }).compute(null);
  expect([one.firstLoss, one.secondLoss, one.report].map(numberOf)).toEqual([2, 12, 5]);
});

test("weighted names the terms that exist when one does not", () => {
  expect(() => weighted(constant("a", { firstLoss: 1 }), { lastLoss: 2 }).compute(null)).toThrow(
    'weighted: a has no term "lastLoss"; it has firstLoss.',
  );
});

test("chain keeps all terms, renaming those that occur again", () => {
  const loss = chain(constant("a", { xLoss: 1 }), constant("b", { xLoss: 2, y: 3 }), constant("b", { xLoss: 4 }));
  expect(loss.name).toBe("a+b+b");
  const terms = Object.entries(loss.compute(null)).map(([name, term]) => [name, numberOf(term)]);
  expect(terms).toEqual([
    ["xLoss", 1],
    ["b/xLoss", 2],
    ["y", 3],
    ["b-2/xLoss", 4],
  ]);
});

test("combined losses leak no tensors", () => {
  const loss = weighted(chain(clipLoss(), mosaiclipLoss(), structureClipLoss()), 0.5);
  const batch = toTensors(severalPositives());
  const before = tf.memory().numTensors;
  tf.dispose(loss.compute(batch));
  expect(tf.memory().numTensors).toBe(before);
});
