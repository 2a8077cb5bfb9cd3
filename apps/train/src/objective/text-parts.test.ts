import { expect, it } from "vitest";
import { dealtOut, placeInParts } from "./text-parts.js";

it("deals out in turn, and knows where each item went", () => {
  const items = ["a", "b", "c", "d", "e", "f", "g"];
  expect(dealtOut(items, 3)).toEqual([
    ["a", "d", "g"],
    ["b", "e"],
    ["c", "f"],
  ]);
  expect(items.map((_, index) => placeInParts(7, 3)(index))).toEqual([0, 3, 5, 1, 4, 6, 2]);
  expect(dealtOut(["a", "b"], 4)).toEqual([["a"], ["b"]]);
  expect(placeInParts(2, 4)(1)).toBe(1);
});
