import { pairwiseComplexity } from "@tesserae/region-mapper";
import { describe, expect, it } from "vitest";

describe("pairwiseComplexity", () => {
  it("averages the counts of DocMNIST-like samples", () => {
    // Three regions with digit, colour, shape and size; one region with digit and colour only.
    const samples = [
      {
        regions: [
          ["three", "red", "circle", "small"],
          ["nine", "blue", "rectangle", "large"],
          ["one", "green", "circle", "medium"],
        ],
      },
      { regions: [["zero", "purple"]] },
    ];
    expect(pairwiseComplexity(samples)).toEqual({ mean: 7, perSample: [12, 2] });
  });

  it("counts an object's name and attributes in a scene graph", () => {
    const graph = { objects: [{ attributes: ["small", "red"] }, { attributes: [] }] };
    expect(pairwiseComplexity([graph, 5, { regions: [] }])).toEqual({ mean: 3, perSample: [4, 5, 0] });
  });

  it("says which count is wrong", () => {
    expect(() => pairwiseComplexity([3, 2.5])).toThrow("samples[1] is 2.5");
    expect(() => pairwiseComplexity([-1])).toThrow("samples[0] is -1");
    expect(() => pairwiseComplexity([])).toThrow("no samples");
  });
});
