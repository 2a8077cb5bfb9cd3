import { existsSync, readFileSync } from "node:fs";
import { type Detection, type DetectionGroundTruth, evaluateDetections } from "@tesserae/benchmarks/detection";
import { describe, expect, it } from "vitest";
import { expandDetectionSet, readDetectionSets } from "./fixtures/detection-sets.js";

/** Another file of sets to compare, for a fuzz run; see tools/oracles/detection_metrics.py. */
const more = process.env.TESSERAE_DETECTION_SETS;
const sets = readDetectionSets(more ?? new URL("fixtures/detection-sets.json", import.meta.url));

/** Largest difference between two records of numbers that must have the same names in the same order. */
function apart(actual: object, expected: object): number {
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  const numbers = Object.values(expected) as number[];
  return Math.max(...Object.values(actual).map((value: number, at) => Math.abs(value - numbers[at]!)));
}

describe("sets that go wrong in every way", () => {
  it("equals pycocotools' twelve numbers, and its AP of every category", () => {
    const differing = sets.filter((set) => {
      const { truth, detections } = expandDetectionSet(set);
      const { metrics, categories } = evaluateDetections(truth, detections, { protocol: "coco" });
      const scores = Object.fromEntries(categories.map(({ id, AP }) => [id, AP]));
      const ids = set.categories.map(([id]) => id).sort((a, b) => a - b);
      const expected = Object.fromEntries(ids.map((id, at) => [id, set.expected.cocoCategories[at]!]));
      return !(apart(metrics, set.expected.coco) < 1e-9 && apart(scores, expected) < 1e-9);
    });
    expect(differing.map(({ seed }) => seed)).toEqual([]);
    expect(sets.length).toBeGreaterThanOrEqual(220);
  });

  it("equals lvis-api's thirteen numbers", () => {
    const differing = sets.filter((set) => {
      const { truth, detections } = expandDetectionSet(set);
      return !(apart(evaluateDetections(truth, detections, { protocol: "lvis" }).metrics, set.expected.lvis) < 1e-9);
    });
    expect(differing.map(({ seed }) => seed)).toEqual([]);
  });
});

const file = new URL("../../../../../shared/data/coco/instances_val2017_tiny.json", import.meta.url);
const absent = !existsSync(file);

describe.skipIf(absent)(absent ? "real annotations (skipped: shared/data is not here)" : "real annotations", () => {
  const made = JSON.parse(readFileSync(new URL("fixtures/detection-real.json", import.meta.url), "utf8"));
  const truth: DetectionGroundTruth = absent ? undefined : JSON.parse(readFileSync(file, "utf8"));
  const detections = (): Detection[] =>
    made.changes.map(([at, category_id, ...rest]: number[]) => {
      const { image_id, bbox } = truth.annotations[at!]!;
      return { image_id, category_id, bbox: bbox.map((value, side) => value + rest[side]!), score: rest[4]! };
    });
  const changed = (): DetectionGroundTruth => {
    const byId = [...truth.categories].sort((a, b) => a.id - b.id);
    return {
      images: truth.images.map((image, at) => ({
        ...image,
        neg_category_ids: made.negative[at],
        not_exhaustive_category_ids: made.partial[at],
      })),
      categories: byId.map((category, at) => ({ ...category, frequency: made.frequencies[at] })),
      annotations: truth.annotations.map((annotation, at) =>
        made.crowds.includes(at) ? { ...annotation, iscrowd: 1 } : annotation,
      ),
    };
  };

  it("equals pycocotools on 382 boxes of COCO, as they are and with 25 crowds more", () => {
    const plain = evaluateDetections(truth, detections(), { protocol: "coco" });
    expect(apart(plain.metrics, made.expected.plain)).toBeLessThan(1e-9);
    const crowded = evaluateDetections(changed(), detections(), { protocol: "coco" });
    expect(apart(crowded.metrics, made.expected.crowds)).toBeLessThan(1e-9);
  });

  it("equals lvis-api with frequencies, negative and not exhaustive categories", () => {
    const { metrics } = evaluateDetections(changed(), detections(), { protocol: "lvis" });
    expect(apart(metrics, made.expected.lvis)).toBeLessThan(1e-9);
  });
});
