import { expect, it } from "vitest";
import { dealtOut, placeInParts } from "./text-parts.js";

it("deals out in turn, and knows where each item went", () => {
  const items = ["a", "b", "c", "d", "e", "f", "g"];
  expect(dealtOut(items, 3)).toEqual([
    ["a", "d", "g"],
    ["b", "e"],
    ["c", "f"],
  ]);
  expect(items.map((_, index) => placeInParts([3, 2, 2])(index))).toEqual([0, 3, 5, 1, 4, 6, 2]);
  expect(items.map((_, index) => placeInParts([4, 4, 4])(index))).toEqual([0, 4, 8, 1, 5, 9, 2]);
  expect(dealtOut(["a", "b"], 4)).toEqual([["a"], ["b"]]);
  expect(placeInParts([1, 1])(1)).toBe(1);
});
