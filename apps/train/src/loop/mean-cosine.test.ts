import { expect, it } from "vitest";
import { meanCosine } from "./mean-cosine.js";

it("is the mean over pairs, whatever the lengths of the vectors", () => {
  expect(
    meanCosine([
      [2, 0],
      [0, 3],
      [-1, 0],
    ]),
  ).toBeCloseTo(-1 / 3, 12);
  expect(
    meanCosine([
      [1, 1],
      [5, 5],
      [0.1, 0.1],
    ]),
  ).toBeCloseTo(1, 12);
  expect(meanCosine([[1, 2]])).toBe(0);
});
