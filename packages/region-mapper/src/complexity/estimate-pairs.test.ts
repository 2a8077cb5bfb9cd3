import { estimatePairs, pairwiseComplexity } from "@tesserae/region-mapper";
import { parse } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";

describe("estimatePairs", () => {
  it("counts what several captions of an image say, once", () => {
    const captions = ["A small brown dog next to a cat.", "A brown dog and a cat.", "A red ball."].map((caption) =>
      parse(caption),
    );
    // dog, small, brown, cat; ball, red
    expect(estimatePairs(captions, 9)).toBe(6);
    expect(estimatePairs(captions.slice(0, 2), 9)).toBe(4);
  });

  it("counts two objects of one caption twice", () => {
    const dogs = {
      objects: [
        { name: "dog", attributes: [{ name: "red" }] },
        { name: "dog", attributes: [] },
      ],
    };
    expect(estimatePairs([dogs, dogs], 9)).toBe(3);
  });

  it("cannot exceed regions times attributes", () => {
    const dog = { objects: Array.from({ length: 5 }, () => ({ name: "dog", attributes: [] })) };
    expect(estimatePairs([dog], 3)).toBe(3);
    expect(estimatePairs([dog], 0)).toBe(0);
    expect(pairwiseComplexity([estimatePairs([dog], 3), estimatePairs([dog], 9)]).mean).toBe(4);
  });

  it("says what a number of regions is", () => {
    expect(() => estimatePairs([], 1.5)).toThrow("regions is 1.5; expected a whole number, 0 or more");
  });
});
