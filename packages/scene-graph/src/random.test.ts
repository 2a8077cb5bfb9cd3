import { areWeights, pick, pickIndex, pickWeighted, seededRng, shuffled } from "@tesserae/scene-graph/random";
import { expect, it } from "vitest";

const draw = (...keys: (number | string)[]) => Array.from({ length: 3 }, seededRng(...keys));

it("draws the same numbers for the same keys and others for other keys", () => {
  expect(draw(7, "texts", 3)).toEqual(draw(7, "texts", 3));
  expect(draw(7, "texts", 3)).not.toEqual(draw(7, "texts", 4));
  for (const value of draw(1)) expect(value).toSatisfy((number: number) => number >= 0 && number < 1);
});

it("draws from (0, 1) evenly: the mean and the quarters of 10,000 numbers", () => {
  const rng = seededRng("even");
  const values = Array.from({ length: 10_000 }, rng);
  expect(values.reduce((sum, value) => sum + value, 0) / 10_000).toBeCloseTo(0.5, 1);
  for (const quarter of [0, 1, 2, 3]) {
    const count = values.filter((value) => Math.floor(value * 4) === quarter).length;
    expect(count, `quarter ${quarter}: 2,500 are expected, four deviations are 173`).toBeGreaterThan(2327);
    expect(count).toBeLessThan(2673);
  }
});

it("shuffles: every item once, the list that was given stays", () => {
  const given = Array.from({ length: 100 }, (_, index) => index);
  const order = shuffled(seededRng(1), given);
  expect(order).not.toEqual(given);
  expect([...order].sort((a, b) => a - b)).toEqual(given);
  // Each swap takes the index that the number says: with 0, the last item goes to the front each time.
  expect(shuffled(() => 0, ["a", "b", "c", "d"])).toEqual(["b", "c", "d", "a"]);
});

it("picks an item by the number, the last one at most", () => {
  expect([0, 0.34, 0.99, 1].map((number) => pickIndex(() => number, 3))).toEqual([0, 1, 2, 2]);
  expect(pick(() => 0.5, ["a", "b"])).toBe("b");
  expect(() => pick(() => 0, [])).toThrow("pick: the list is empty");
});

it("picks in proportion to weights, never what weighs nothing", () => {
  // Of the sum 4: up to 1 the first, up to 4 the third.
  expect([0, 0.24, 0.26, 0.99, 1].map((number) => pickWeighted(() => number, [1, 0, 3, 0]))).toEqual([0, 0, 2, 2, 2]);
  expect([[1, 0], [0, 0], [-1, 2], [Number.NaN], []].map(areWeights)).toEqual([true, false, false, false, false]);
});
