import { type Detection, type DetectionGroundTruth, evaluateDetections } from "@tesserae/benchmarks/detection";
import { describe, expect, it } from "vitest";

const truth: DetectionGroundTruth = {
  images: [
    { id: 7, width: 100, height: 80, neg_category_ids: [2], not_exhaustive_category_ids: [] },
    { id: 9, width: 100, height: 80, neg_category_ids: [], not_exhaustive_category_ids: [] },
  ],
  categories: [
    { id: 1, name: "cat", frequency: "f" },
    { id: 2, name: "dog", frequency: "r" },
  ],
  annotations: [{ id: 1, image_id: 7, category_id: 1, bbox: [10, 10, 40, 40], area: 1600, iscrowd: 0 }],
};
const right: Detection = { image_id: 7, category_id: 1, bbox: [10, 10, 40, 40], score: 0.9 };

function problemsOf(
  detections: readonly Detection[],
  ground: DetectionGroundTruth = truth,
  protocol: "coco" | "lvis" = "coco",
): Record<string, unknown> {
  const { problems } = evaluateDetections(ground, detections, { protocol });
  return Object.fromEntries(
    problems.map(({ code, where, count, leftOut, examples }) => [`${where}: ${code}`, [count, leftOut, ...examples]]),
  );
}

describe("detections that are wrong", () => {
  it("has nothing to say about good ones, and finds the box", () => {
    const { metrics, problems, counts } = evaluateDetections(truth, [right], { protocol: "coco" });
    expect(problems).toEqual([]);
    expect(metrics.AP).toBeCloseTo(1, 12);
    expect(metrics.APs).toBe(-1); // no small object
    expect(metrics.AR1).toBe(1);
    expect(counts).toEqual({ images: 2, annotations: 1, annotationsUsed: 1, detections: 1, detectionsUsed: 1 });
  });

  it("names each kind, counts it, and says whether it took part", () => {
    const wrong = [
      right,
      { ...right, image_id: 8 },
      { ...right, category_id: 3 },
      { ...right, category_id: 4 },
      { ...right, bbox: [10, 10, Number.NaN, 40] },
      { ...right, bbox: [10, 10, 40] },
      { ...right, bbox: [50, 50, -40, 40] },
      { ...right, bbox: [90, 10, 40, 40] },
      { ...right, score: Number.NaN },
      null as unknown as Detection,
    ];
    expect(problemsOf(wrong)).toEqual({
      "detections: unknown-image": [1, true, "detections[1]: image_id is 8"],
      "detections: unknown-category": [2, true, "detections[2]: category_id is 3", "detections[3]: category_id is 4"],
      "detections: box-not-finite": [
        2,
        true,
        "detections[4]: bbox is [10, 10, NaN, 40], the image is 100 x 80",
        "detections[5]: bbox is [10, 10, 40], the image is 100 x 80",
      ],
      "detections: box-negative": [1, false, "detections[6]: bbox is [50, 50, -40, 40], the image is 100 x 80"],
      "detections: box-outside-image": [1, false, "detections[7]: bbox is [90, 10, 40, 40], the image is 100 x 80"],
      "detections: score-not-finite": [1, true, "detections[8]: score is NaN"],
      "detections: not-a-record": [1, true, "detections[9]: it is null"],
    });
    const { counts, metrics } = evaluateDetections(truth, wrong, { protocol: "coco" });
    expect([counts.detections, counts.detectionsUsed]).toEqual([10, 3]);
    expect(metrics.AP).toBeCloseTo(1, 12);
  });

  it("counts what is beyond an image's limit, the first three shown", () => {
    const many = Array.from({ length: 105 }, (_, index) => ({ ...right, score: 1 - index / 1000 }));
    expect(problemsOf(many)).toEqual({
      "detections: beyond-limit": [5, true, "image 7: score 0.9", "image 7: score 0.899", "image 7: score 0.898"],
    });
  });

  it("says which detections LVIS does not judge, and which have no area", () => {
    const found = [right, { ...right, image_id: 9 }, { ...right, category_id: 2, bbox: [1, 1, 0, 5] }];
    expect(problemsOf(found, truth, "lvis")).toEqual({
      "detections: category-not-judged": [1, true, "image 9: category 1"],
      "detections: zero-area": [1, true, "image 7: 0 x 5"],
    });
  });
});

describe("ground truth that is wrong", () => {
  const object = truth.annotations[0]!;

  it("names each kind, counts it, and says whether it took part", () => {
    const ground = {
      ...truth,
      images: [...truth.images, { id: 7, width: 5, height: 5 }],
      categories: [...truth.categories, { id: 2, name: "wolf" }],
      annotations: [
        object,
        { ...object, id: 0 },
        { ...object, id: 2, image_id: "x" },
        { ...object, id: 3, category_id: 77 },
        { ...object, id: 4, bbox: [0, 0, Number.POSITIVE_INFINITY, 1] },
        { id: 1, image_id: 9, category_id: 1, bbox: [-20, 0, 30, 10] },
      ],
    };
    expect(problemsOf([right], ground)).toEqual({
      "ground truth: duplicate-image": [1, true, "images[2]: id is 7"],
      "ground truth: duplicate-category": [1, true, "categories[2]: id is 2"],
      "ground truth: annotation-id-zero": [1, false, "annotations[1]: id is 0"],
      "ground truth: unknown-image": [1, true, "annotations[2]: image_id is x"],
      "ground truth: unknown-category": [1, true, "annotations[3]: category_id is 77"],
      "ground truth: box-not-finite": [1, true, "annotations[4]: bbox is [0, 0, Infinity, 1], the image is 100 x 80"],
      "ground truth: box-outside-image": [1, false, "annotations[5]: bbox is [-20, 0, 30, 10], the image is 100 x 80"],
      "ground truth: duplicate-annotation": [1, false, "annotations[5]: id is 1"],
      "ground truth: area-missing": [1, false, "annotations[5]: area is undefined"],
    });
  });

  it("says where LVIS's fields are missing", () => {
    const ground = {
      images: [{ id: 7 }, { id: 9, neg_category_ids: [5], not_exhaustive_category_ids: [] }],
      categories: [{ id: 1 }],
      annotations: [object, { ...object, id: 2, area: 0 }],
    };
    expect(problemsOf([right], ground, "lvis")).toEqual({
      "ground truth: zero-area": [1, true, "image 7: area is 0"],
      "ground truth: federated-lists-missing": [
        2,
        false,
        "image 7: neg_category_ids is undefined",
        "image 7: not_exhaustive_category_ids is undefined",
      ],
      "ground truth: unknown-category": [1, true, "image 9: neg_category_ids has 5"],
      "ground truth: frequency-missing": [1, false, "category 1: frequency is undefined"],
    });
  });

  it("scores no detections as 0, and no objects as -1", () => {
    expect(evaluateDetections(truth, [], { protocol: "coco" }).metrics).toMatchObject({ AP: 0, AR100: 0, APs: -1 });
    const nothing = { ...truth, annotations: [] };
    expect(evaluateDetections(nothing, [right], { protocol: "coco" }).metrics).toMatchObject({ AP: -1, AR100: -1 });
  });

  it("refuses what is no COCO file, saying what one is", () => {
    const evaluate = (ground: unknown, found: unknown, protocol: unknown): void => {
      evaluateDetections(ground as DetectionGroundTruth, found as Detection[], { protocol: protocol as "coco" });
    };
    expect(() => evaluate([], [], "coco")).toThrow('the ground truth has no list "images"');
    expect(() => evaluate({ images: [], annotations: [] }, [], "coco")).toThrow('has no list "categories"');
    expect(() => evaluate(truth, truth, "coco")).toThrow("detections are no list; expected COCO's results");
    expect(() => evaluate(truth, [], "voc")).toThrow('protocol is "voc"; expected "coco" or "lvis"');
  });
});
