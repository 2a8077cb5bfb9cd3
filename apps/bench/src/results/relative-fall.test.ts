import { describe, expect, it } from "vitest";
import { relativeFall } from "./relative-fall.js";

describe("relativeFall", () => {
  it("is the mean over the seeds, with Student's interval", () => {
    const { value, interval } = relativeFall([0.8, 0.5, 1], [0.6, 0.4, 0.7]);
    expect(value).toBeCloseTo(0.25, 12); // 0.25, 0.2, 0.3
    expect(interval![0]).toBeCloseTo(0.25 - (4.303 * 0.05) / Math.sqrt(3), 12);
    expect(interval![1]).toBeCloseTo(0.3742169, 6);
  });

  it("has no interval with one seed, and wants as many values as values", () => {
    expect(relativeFall([0.5], [0.6])).toEqual({ value: expect.closeTo(-0.2, 12), interval: undefined });
    expect(() => relativeFall([0.5], [])).toThrow("1 values and 0; expected as many");
  });
});
