import { assignAttributes } from "@tesserae/region-mapper";
import { describe, expect, it } from "vitest";

// Three regions, four attributes.
const scores = [
  [0.9, 0.1, 0.5, -0.2],
  [0.75, 0.6, 0.5, -0.9],
  [0.2, 0.3, 0.1, -0.35],
];

describe("assignAttributes", () => {
  it("takes every region within 0.2 of the best one", () => {
    // column 0: above 0.7; column 1: above 0.4; column 2: above 0.3; column 3: above -0.4
    expect(assignAttributes(scores)).toEqual([[0, 2, 3], [0, 1, 2], [3]]);
  });

  it("takes the best regions only when epsilon is small, all tied ones included", () => {
    expect(assignAttributes(scores, { epsilon: 1e-6 })).toEqual([[0, 2, 3], [1, 2], []]);
  });

  it("ends the band exactly epsilon below the best: what lies on its edge or just under it is out", () => {
    // 1 - 0.25 = 0.75 without rounding: just above, on the edge, just below.
    expect(assignAttributes([[1], [0.76], [0.75], [0.74]], { epsilon: 0.25 })).toEqual([[0], [0], [], []]);
  });

  it("leaves attributes alone that the caption does not contain", () => {
    expect(assignAttributes(scores, { attributes: [1] })).toEqual([[], [1], []]);
  });

  it("takes typed arrays", () => {
    expect(assignAttributes([Float32Array.of(0.5), Float32Array.of(0)])).toEqual([[0], []]);
  });

  it("refuses what would silently assign nothing", () => {
    expect(() => assignAttributes(scores, { epsilon: 0 })).toThrow("epsilon is 0");
    expect(() => assignAttributes([])).toThrow("without regions");
    expect(() => assignAttributes([[1], [1, 2]])).toThrow("scores[1] has 2 columns");
    expect(() => assignAttributes(scores, { attributes: [4] })).toThrow("attribute 4 is not one of the 4");
    expect(() => assignAttributes([[0.5], [Number.NaN]])).toThrow("scores[1][0] is NaN");
  });
});
