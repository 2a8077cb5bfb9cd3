import { refine } from "@tesserae/negatives";
import { seededRng } from "@tesserae/negatives/testing";
import { describe, expect, it } from "vitest";

describe("refine", () => {
  it("keeps as many of each cell as of the opposite one", () => {
    const a = [0.9, 0.91, -0.9, 0.5, 0, 0, 0, -0.2];
    const b = [0.3, 0.3, -0.3, 0.5, 0.4, -0.4, 0, 0.2];
    const kept = refine([a, b], { rng: seededRng(1), cells: 10 });
    expect(kept).toHaveLength(5);
    expect(kept.filter((i) => i < 2)).toHaveLength(1);
    expect(kept.filter((i) => i >= 2)).toEqual([2, 4, 5, 6]);
  });

  it("brings every model to chance", () => {
    const rng = seededRng(2);
    const gaps = [0.3, 0.2, -0.1].map((bias) => Float64Array.from({ length: 5000 }, () => rng() - 0.5 + bias));
    const kept = refine(gaps, { rng, cells: 4 });
    expect(kept.length).toBeGreaterThan(500);
    for (const values of gaps) {
      expect(kept.filter((i) => values[i]! > 0).length).toBe(kept.length / 2);
    }
  });

  it("refuses gaps that do not belong together, and a senseless grid", () => {
    expect(() => refine([[1, -1], [1]], { rng: () => 0 })).toThrow("model 1 has 1 gaps, the first 2; give one a pair");
    expect(() => refine([[1, -1]], { rng: () => 0, cells: 0 })).toThrow(
      "cells is 0; give a whole number of at least 1",
    );
  });
});
