import { regionRetrieval } from "@tesserae/benchmarks/detection";
import { describe, expect, it } from "vitest";

/** A vector at an angle in degrees: the cosine of two falls with the angle between them. */
const at = (degrees: number): Float32Array =>
  Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180));

describe("regionRetrieval", () => {
  it("measures precision among as many answers as are right, and among the first k", () => {
    const { regionToText, textToRegion } = regionRetrieval(
      {
        regions: [at(0), at(50), at(90)],
        texts: [at(10), at(40), at(80), at(100)],
        relevant: [[0, 2], [1], []],
      },
      { cutoffs: [1, 2] },
    );
    // Region 0 ranks texts 0, 1, 2, 3: one of its two right ones is among two. Region 1: text 1 first.
    expect(regionToText.perQuery).toEqual([0.5, 1, undefined]);
    expect(regionToText.rPrecision).toBe(0.75);
    expect(regionToText.precisionAt).toEqual({ 1: 1, 2: 0.5 });
    expect(regionToText.chance).toBe((2 / 4 + 1 / 4) / 2);
    expect([regionToText.queries, regionToText.skipped]).toEqual([2, 1]);
    // Text 0 finds region 0; text 1 region 1; text 2 (at 80) finds region 2 first; nothing is right for text 3.
    expect(textToRegion.perQuery).toEqual([1, 1, 0, undefined]);
    expect(textToRegion.precisionAt[2]).toBe((0.5 + 0.5 + 0) / 3);
  });

  it("gives chance to a scorer that gives everything the same score", () => {
    const same = Array.from({ length: 6 }, () => Float32Array.of(1, 1));
    const relevant = [[0], [0, 1], [2, 3, 4], [5], [1, 2], [0, 1, 2, 3, 4, 5]];
    const { regionToText, textToRegion } = regionRetrieval(
      { regions: same, texts: same, relevant },
      { cutoffs: [1, 4] },
    );
    for (const direction of [regionToText, textToRegion]) {
      expect(direction.rPrecision).toBeCloseTo(direction.chance, 12);
      expect(direction.precisionAt[1]).toBeCloseTo(direction.chance, 12);
      expect(direction.precisionAt[4]).toBeCloseTo(direction.chance, 12);
    }
  });

  it("counts a group of equal scores that the limit cuts by its share", () => {
    // The region's two right texts: one is first, the other is one of three equal ones, of which one more place is left.
    const { regionToText } = regionRetrieval({
      regions: [at(0)],
      texts: [at(0), at(30), at(-30), at(30)],
      relevant: [[0, 2]],
    });
    expect(regionToText.rPrecision).toBeCloseTo((1 + 1 / 3) / 2, 12);
  });

  it("says what does not fit", () => {
    const vectors = [at(0)];
    expect(() => regionRetrieval({ regions: vectors, texts: vectors, relevant: [] })).toThrow(
      "regionRetrieval got 1 regions and the texts of 0",
    );
    expect(() => regionRetrieval({ regions: vectors, texts: vectors, relevant: [[1]] })).toThrow(
      "relevant[0] has text 1, which is none of the 1",
    );
  });
});
