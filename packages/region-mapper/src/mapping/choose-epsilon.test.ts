import { chooseEpsilon } from "@tesserae/region-mapper";
import { describe, expect, it } from "vitest";

// Attribute 0 is truly in regions 0 and 1, 0.1 apart; region 2 follows at 0.3 below the best.
const image = { scores: [[0.8], [0.7], [0.5]], attributes: [0], truth: [[0], [0], []] };

describe("chooseEpsilon", () => {
  it("takes the width with the best F1, and shows the others", () => {
    const { epsilon, curve } = chooseEpsilon([image], { candidates: [0.4, 0.05, 0.2, 0.15] });
    expect(epsilon).toBe(0.15); // as good as 0.2, and smaller
    expect(curve.map((point) => [point.epsilon, point.precision, point.recall])).toEqual([
      [0.05, 1, 0.5],
      [0.15, 1, 1],
      [0.2, 1, 1],
      [0.4, 2 / 3, 1],
    ]);
    expect(curve[3]!.f1).toBeCloseTo(0.8, 12);
  });

  it("says what is missing", () => {
    expect(() => chooseEpsilon([])).toThrow("chooseEpsilon got no validation images");
    expect(() => chooseEpsilon([image], { candidates: [] })).toThrow("chooseEpsilon got no candidates");
  });
});
