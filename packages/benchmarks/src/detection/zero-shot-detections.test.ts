import {
  cocoBaseClasses,
  cocoNovelClasses,
  evaluateDetections,
  type ProposedRegions,
  zeroShotDetections,
  zeroShotSplitScores,
} from "@tesserae/benchmarks/detection";
import { nonMaximumSuppression } from "@tesserae/region-mapper";
import { describe, expect, it } from "vitest";

const suppress = nonMaximumSuppression as (boxes: readonly unknown[], scores: readonly number[]) => number[];
const classes = [
  { id: 1, prompts: [Float32Array.of(2, 0, 0), Float32Array.of(1, 0, 0)] },
  { id: 2, prompts: [Float32Array.of(0, 3, 0)] },
];
const image: ProposedRegions = {
  image_id: 9,
  boxes: [
    [0, 0, 10, 10],
    [1, 1, 10, 10],
    [40, 40, 10, 10],
  ],
  embeddings: [Float32Array.of(4, 3, 0), Float32Array.of(1, 0, 0), Float32Array.of(0, 0, 7)],
};

describe("zeroShotDetections", () => {
  it("is a softmax of the cosines with a background of logit 0, suppressed by class", () => {
    const found = zeroShotDetections([image], classes, { suppress, temperature: 1 });
    const [e, half] = [Math.E, Math.exp(0.8)];
    // Class 1: the second box hides the first (overlap 81 / 119). Class 2: the first hides the second.
    expect(found.map(({ category_id, bbox }) => [category_id, bbox[0]])).toEqual([
      [1, 1],
      [2, 0],
      [1, 40],
      [2, 40],
    ]);
    expect(found.map(({ score }) => score)).toEqual(
      [e / (e + 2), Math.exp(0.6) / (half + Math.exp(0.6) + 1), 1 / 3, 1 / 3].map((score) => expect.closeTo(score, 6)),
    );
    // At the reference's temperature, the box that looks like nothing is left to chance, the others are sure.
    const sharp = zeroShotDetections([image], classes, { suppress });
    expect(sharp[0]!.score).toBeCloseTo(1, 6);
    expect(sharp.filter(({ bbox }) => bbox[0] === 40).map(({ score }) => score)).toEqual([1 / 3, 1 / 3]);
  });

  it("takes the geometric mean with the proposer's score, and no more than asked for", () => {
    const found = zeroShotDetections([{ ...image, objectness: [0.25, 0.25, 0.04] }], classes, {
      suppress,
      temperature: 1,
      most: 3,
    });
    expect(found).toHaveLength(3);
    expect(found[0]!.score).toBeCloseTo(Math.sqrt((Math.E / (Math.E + 2)) * 0.25), 6);
  });

  it("says what does not fit", () => {
    const detect = (images: ProposedRegions[], of = classes): unknown => zeroShotDetections(images, of, { suppress });
    expect(() => detect([{ ...image, embeddings: [] }])).toThrow("image 9: 3 boxes and 0 embeddings");
    expect(() => detect([{ ...image, objectness: [1] }])).toThrow("image 9: 3 boxes and 1 objectness");
    expect(() => detect([image], [{ id: 4, prompts: [] }])).toThrow("class 4 has no prompts");
  });
});

describe("zeroShotSplitScores", () => {
  it("knows 48 base and 17 novel classes", () => {
    expect([cocoBaseClasses.length, cocoNovelClasses.length]).toEqual([48, 17]);
    expect(new Set([...cocoBaseClasses, ...cocoNovelClasses]).size).toBe(65);
  });

  it("averages AP50 over the classes of a part that have objects", () => {
    const categories = ["person", "cat", "dog", "hair drier"].map((name, index) => ({ id: index + 1, name }));
    const truth = {
      images: [{ id: 1 }],
      categories,
      annotations: [1, 2, 4].map((category_id, index) => ({
        id: index + 1,
        image_id: 1,
        category_id,
        bbox: [50 * index, 0, 40, 40],
        area: 1600,
      })),
    };
    const found = [{ image_id: 1, category_id: 2, bbox: [50, 0, 40, 40], score: 1 }];
    const { base, novel, all } = zeroShotSplitScores(evaluateDetections(truth, found, { protocol: "coco" }).categories);
    expect(base).toBe(0);
    expect(novel).toBeCloseTo(1, 12);
    expect(all).toBeCloseTo(0.5, 12);
  });
});
