import {
  type Box,
  clipBox,
  givenProposals,
  gridProposals,
  intersectionOverUnion,
  nonMaximumSuppression,
  wholeImageBox,
} from "@tesserae/region-mapper";
import { describe, expect, it } from "vitest";

describe("boxes", () => {
  it("overlap by shared area over common area", () => {
    expect(intersectionOverUnion([0, 0, 2, 2], [1, 1, 2, 2])).toBeCloseTo(1 / 7, 12);
    expect(intersectionOverUnion([0, 0, 2, 2], [0, 0, 2, 2])).toBe(1);
    expect(intersectionOverUnion([0, 0, 2, 2], [2, 0, 2, 2])).toBe(0);
    expect(intersectionOverUnion([0, 0, 0, 0], [0, 0, 0, 0])).toBe(0);
  });

  it("are cut to their image", () => {
    const image = { width: 10, height: 8 };
    expect(clipBox([-2, 3, 5, 9], image)).toEqual([0, 3, 3, 5]);
    expect(clipBox([20, 3, 5, 2], image)).toEqual([10, 3, 0, 2]);
  });
});

describe("nonMaximumSuppression", () => {
  // 0 and 1 overlap by 0.81 of 1.19; 2 stands alone
  const boxes: Box[] = [
    [0, 0, 10, 10],
    [1, 1, 10, 10],
    [30, 30, 5, 5],
  ];

  it("keeps the surest of a heap, surest first", () => {
    expect(nonMaximumSuppression(boxes, [0.8, 0.9, 0.95])).toEqual([2, 1]);
    expect(nonMaximumSuppression(boxes, [0.8, 0.9, 0.95], { threshold: 0.7 })).toEqual([2, 1, 0]);
    expect(nonMaximumSuppression(boxes, [0.8, 0.8, 0.8])).toEqual([0, 2]);
  });

  it("leaves boxes of other classes alone", () => {
    expect(nonMaximumSuppression(boxes, [0.8, 0.9, 0.95], { classes: [1, 2, 1] })).toEqual([2, 1, 0]);
  });

  it("keeps boxes whose overlap is the threshold itself, as torchvision", () => {
    const halves: Box[] = [
      [0, 0, 2, 1],
      [0, 0, 1, 1],
    ];
    expect(nonMaximumSuppression(halves, [1, 0.5], { threshold: 0.5 })).toEqual([0, 1]);
  });

  it("says what does not fit", () => {
    expect(() => nonMaximumSuppression(boxes, [1])).toThrow("3 boxes and 1 scores");
    expect(() => nonMaximumSuppression(boxes, [1, Number.NaN, 1])).toThrow("scores[1] is NaN");
    expect(() => nonMaximumSuppression([[0, 0, -1, 1]], [1])).toThrow("boxes[0] is [0, 0, -1, 1]");
  });
});

describe("proposals", () => {
  const image = { name: "a.png", width: 84, height: 84 };

  it("are the cells of a grid, row by row", () => {
    const grid = gridProposals();
    expect(grid.propose(image)).toHaveLength(9);
    expect(grid.propose(image)[5]).toEqual([56, 28, 28, 28]);
    expect({ name: grid.name, options: grid.options }).toEqual({ name: "grid", options: { rows: 3, columns: 3 } });
    expect(() => gridProposals({ rows: 0 })).toThrow("rows is 0");
  });

  it("are given by image, cut to it, without those outside", () => {
    const given = givenProposals(
      new Map([
        [
          "a.png",
          [
            [80, 80, 10, 10],
            [90, 90, 5, 5],
          ] as Box[],
        ],
      ]),
      { name: "rpn" },
    );
    expect(given.propose(image)).toEqual([[80, 80, 4, 4]]);
    expect(() => given.propose({ ...image, name: "b.png" })).toThrow('rpn has no boxes for image "b.png"');
  });

  it("end with the whole image, a pixel short as in ViLLA", () => {
    expect(wholeImageBox(image)).toEqual([0, 0, 83, 83]);
  });
});
