import { expect, it } from "vitest";
import { createRng, permutation } from "./rng.js";

it("draws the same numbers for the same keys and others for other keys", () => {
  const draw = (...keys: (number | string)[]) => Array.from({ length: 3 }, createRng(...keys));
  expect(draw(7, "texts", 3)).toEqual(draw(7, "texts", 3));
  expect(draw(7, "texts", 3)).not.toEqual(draw(7, "texts", 4));
  for (const value of draw(1)) expect(value).toSatisfy((number: number) => number >= 0 && number < 1);
});

it("permutes: every index once", () => {
  const order = permutation(100, createRng(1));
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, index) => index));
  expect([...order]).not.toEqual([...order].sort((a, b) => a - b));
});
