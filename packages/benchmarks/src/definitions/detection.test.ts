import { detectionBenchmarks, imageKey, runBenchmark, type Scorer, type Source } from "@tesserae/benchmarks";
import { describe, expect, it } from "vitest";
import { allEqualScorer } from "../fixtures/scorers.js";

/** Two base classes, a novel one ("cat") and one outside the zero-shot split ("stop sign"). */
const truth = {
  images: [
    { id: 1, width: 100, height: 100, file_name: "1.jpg" },
    { id: 2, width: 100, height: 100, file_name: "2.jpg" },
  ],
  categories: [
    { id: 1, name: "person", frequency: "f" },
    { id: 2, name: "car", frequency: "f" },
    { id: 3, name: "cat", frequency: "r" },
    { id: 4, name: "stop sign", frequency: "c" },
  ],
  annotations: [
    { id: 1, image_id: 1, category_id: 1, bbox: [0, 0, 20, 20], area: 400, iscrowd: 0 },
    { id: 2, image_id: 1, category_id: 3, bbox: [50, 50, 20, 20], area: 400, iscrowd: 0 },
    { id: 3, image_id: 2, category_id: 2, bbox: [10, 10, 30, 30], area: 900, iscrowd: 0 },
    { id: 4, image_id: 2, category_id: 4, bbox: [60, 60, 20, 20], area: 400, iscrowd: 0 },
  ],
};
const source = (files: Readonly<Record<string, unknown>>): Source => ({
  text: async (path) => (typeof files[path] === "string" ? files[path] : JSON.stringify(files[path])),
  files: async () => Object.keys(files),
  image: (path) => ({ path }),
});
const one = expect.closeTo(1, 12) as number;
/** Keeps every box: the boxes here do not overlap. */
const keepAll = (boxes: readonly unknown[]) => boxes.map((_, place) => place);
const [coco, lvis] = detectionBenchmarks(keepAll);
const files = { "annotations/instances_val2017.json": truth };

const detector = (found: readonly object[]): Scorer => ({
  ...allEqualScorer,
  name: "detector",
  detect: async () => found as Awaited<ReturnType<NonNullable<Scorer["detect"]>>>,
});
const asDetections = truth.annotations.map(({ image_id, category_id, bbox }) => ({
  ...{ image_id, category_id, bbox },
  score: 0.9,
}));

/** A box points along its class's axis, as does the class's text. */
const names = ["person", "car", "cat", "stop sign"];
const axis = (at: number) => Float32Array.from({ length: 4 }, (_, index) => (index === at ? 1 : 0));
const regions: Scorer = {
  ...allEqualScorer,
  name: "regions",
  embedTexts: async (texts) => texts.map((text) => axis(names.findIndex((name) => text === `a photo of a ${name}.`))),
  embedRegions: async (refs) =>
    refs.map((ref) => {
      const found = truth.annotations.find(({ bbox }) => imageKey(ref).endsWith(`[${bbox.join(",")}]`))!;
      return axis(found.category_id - 1);
    }),
};
const run = async (definition: typeof coco, scorer: Scorer, own: Readonly<Record<string, unknown>> = files) =>
  runBenchmark(definition!, await definition!.read(source(own)), scorer);

describe("detection/coco and detection/lvis", () => {
  it("score a file of detections over the classes of the zero-shot split, and tell what takes no part", async () => {
    const result = await run(coco, detector(asDetections));
    expect(result.metrics).toMatchObject({ AP50: { value: one, n: 3 }, "AP50 base": { value: one } });
    expect(result.metrics["AP50 novel"]!.value).toBeCloseTo(1, 12);
    expect(result.unlikeReference).toBeUndefined();
    const half = await run(coco, detector(asDetections.filter(({ category_id }) => category_id !== 3)));
    expect(half.metrics["AP50 novel"]!.value).toBe(0);
    expect(half.metrics.AP50!.value).toBeCloseTo(2 / 3, 12);
    const odd = [...asDetections, { image_id: 9, category_id: 1, bbox: [0, 0, 1, 1], score: 0.1 }];
    const { predictions } = await run(coco, detector(odd));
    expect(coco!.family.remarks!(predictions)).toEqual([
      "1 detections of other images or classes are not counted",
      "detections: 1 left out: image_id is none of the ground truth's images",
    ]);
  });

  it("label boxes by the nearest class text, and keep true boxes and crops out of tables", async () => {
    const proposals = truth.annotations.map(({ image_id, bbox }) => ({ image_id, bbox, score: 0.8 }));
    const whole = await run(coco, regions, { ...files, "proposals.json": proposals });
    expect(whole.metrics.AP50!.value).toBeCloseTo(1, 12);
    expect(whole.unlikeReference).toBeUndefined();
    const trueBoxes = await run(coco, regions);
    expect(trueBoxes.metrics.AP50!.value).toBeCloseTo(1, 12);
    expect(trueBoxes.unlikeReference).toBe("true boxes were its proposals, for lack of proposals.json");
    const { embedRegions: _, ...cropping } = regions;
    const crops: Scorer = { ...cropping, embedImages: (refs) => regions.embedRegions!(refs) };
    const cut = await run(coco, crops, { ...files, "proposals.json": proposals });
    expect(cut.metrics.AP50!.value).toBeCloseTo(1, 12);
    expect(cut.unlikeReference).toMatch(/^its boxes were cut out of the images/);
  });

  it("LVIS judges a category only where it is there or known to be absent", async () => {
    const images = truth.images.map((image) => ({
      ...image,
      coco_url: `http://x/val2017/${image.file_name}`,
      neg_category_ids: [],
      not_exhaustive_category_ids: [],
    }));
    const annotated = { "annotations/lvis_v1_val.json": { ...truth, images } };
    const found = [...asDetections, { image_id: 2, category_id: 1, bbox: [0, 0, 9, 9], score: 1 }];
    const { metrics } = await run(lvis, detector(found), annotated);
    expect(metrics).toMatchObject({
      AP: { value: one, n: 4 },
      APr: { value: one },
      APc: { value: one },
      APf: { value: one },
    });
  });

  it("name a broken file", async () => {
    await expect(run(coco, regions, { "annotations/instances_val2017.json": {} })).rejects.toThrow(
      'annotations/instances_val2017.json: has no list "images"',
    );
  });
});
