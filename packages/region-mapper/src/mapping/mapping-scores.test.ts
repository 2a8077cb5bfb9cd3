import { mappingScores } from "@tesserae/region-mapper";
import { describe, expect, it } from "vitest";

describe("mappingScores", () => {
  it("counts over all regions", () => {
    const assigned = [["red", "circle"], ["blue"], []];
    const truth = [["red"], ["blue", "small", "nine"], ["one"]];
    // 2 of 3 assignments are right, and 2 of 5 true pairs are found.
    const { precision, recall, f1 } = mappingScores(assigned, truth);
    expect(precision).toBeCloseTo(0.6667, 4);
    expect(recall).toBe(0.4);
    expect(f1).toBe(0.5);
  });

  it("is 1 for the truth and 0 where nothing is right, assigned or true", () => {
    expect(mappingScores([[1], [2, 3]], [[1], [3, 2]])).toEqual({ precision: 1, recall: 1, f1: 1 });
    expect(mappingScores([[1]], [[2]])).toEqual({ precision: 0, recall: 0, f1: 0 });
    expect(mappingScores([[]], [[]])).toEqual({ precision: 0, recall: 0, f1: 0 });
  });

  it("counts a repeated attribute once", () => {
    expect(mappingScores([[7, 7]], [[7]])).toEqual({ precision: 1, recall: 1, f1: 1 });
  });

  it("refuses lists of different regions", () => {
    expect(() => mappingScores([[1]], [])).toThrow("1 assigned regions and 0 true ones");
  });
});
