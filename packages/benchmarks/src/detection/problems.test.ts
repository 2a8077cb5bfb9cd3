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
      "ground truth: unknown-image": [1, true, 'annotations[2]: image_id is "x"'],
      "ground truth: unknown-category": [1, true, "annotations[3]: category_id is 77"],
      "ground truth: box-not-finite": [1, true, "annotations[4]: bbox is [0, 0, Infinity, 1], the image is 100 x 80"],
      "ground truth: box-outside-image": [1, false, "annotations[5]: bbox is [-20, 0, 30, 10], the image is 100 x 80"],
      "ground truth: duplicate-annotation": [1, false, "annotations[5]: id is 1"],
      "ground truth: area-missing": [1, false, "annotations[5]: area is undefined"],
    });
  });

  it("names records without an id, odd flags, negative areas, sizes that are no numbers, and ids of the wrong type", () => {
    const ground = {
      images: [...truth.images, { width: 5, height: 5 }, { id: 11, width: "100", height: Number.NaN }, null],
      categories: [null, { name: "fox" }, ...truth.categories],
      annotations: [
        object,
        { ...object, id: 2, iscrowd: "yes" },
        { ...object, id: 3, ignore: 2 },
        { ...object, id: 4, area: -5 },
        { ...object, id: 5, image_id: "7" },
        { ...object, id: 6, category_id: "1" },
        { ...object, id: 7, bbox: ["1", "2", "3", "4"] },
        { id: 8, image_id: 7, category_id: 1 },
        { id: 9 },
        7,
      ],
    } as unknown as DetectionGroundTruth;
    const box = `bbox is ["1", "2", "3", "4"], the image is 100 x 80`;
    expect(problemsOf([right, { ...right, score: "0.9" } as unknown as Detection], ground)).toEqual({
      "ground truth: id-missing": [2, true, "images[2]: id is undefined", "categories[1]: id is undefined"],
      "ground truth: not-a-record": [
        3,
        true,
        "images[4]: it is null",
        "categories[0]: it is null",
        "annotations[9]: it is 7",
      ],
      "ground truth: size-not-a-number": [1, false, 'image 11: "100" x NaN'],
      "ground truth: flag-not-0-or-1": [2, false, 'annotations[1]: iscrowd is "yes"', "annotations[2]: ignore is 2"],
      "ground truth: area-negative": [1, false, "annotations[3]: area is -5"],
      "ground truth: unknown-image": [
        2,
        true,
        'annotations[4]: image_id is "7"',
        "annotations[8]: image_id is undefined",
      ],
      "ground truth: unknown-category": [
        2,
        true,
        'annotations[5]: category_id is "1"',
        "annotations[8]: category_id is undefined",
      ],
      "ground truth: box-not-finite": [
        3,
        true,
        `annotations[6]: ${box}`,
        "annotations[7]: bbox is undefined, the image is 100 x 80",
        "annotations[8]: bbox is undefined",
      ],
      "detections: score-not-finite": [1, true, 'detections[1]: score is "0.9"'],
    });
  });

  it("takes a crowd with or without a run-length mask, and odd frequencies and lists of LVIS, without a crash", () => {
    const crowd = { ...object, id: 2, bbox: [0, 0, 90, 70], area: 6300, iscrowd: 1 };
    const masked = { ...crowd, segmentation: { counts: [10, 6300], size: [80, 100] } };
    const inside = { ...right, bbox: [55, 50, 20, 20], score: 0.95 };
    const scores = [crowd, masked, { ...crowd, segmentation: [] }].map(
      (annotation) =>
        evaluateDetections({ ...truth, annotations: [object, annotation] }, [right, inside], { protocol: "coco" })
          .metrics.AP,
    );
    expect(scores).toEqual([expect.closeTo(1, 12), expect.closeTo(1, 12), expect.closeTo(1, 12)]);
    const odd = {
      ...truth,
      images: [{ ...truth.images[0], neg_category_ids: "2", not_exhaustive_category_ids: [null, 99] }],
      categories: [{ id: 1, frequency: "rare" }],
    } as unknown as DetectionGroundTruth;
    expect(problemsOf([right], odd, "lvis")).toEqual({
      "ground truth: federated-lists-missing": [1, false, 'image 7: neg_category_ids is "2"'],
      "ground truth: unknown-category": [
        2,
        true,
        "image 7: not_exhaustive_category_ids has null",
        "image 7: not_exhaustive_category_ids has 99",
      ],
      "ground truth: frequency-missing": [1, false, 'category 1: frequency is "rare"'],
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
