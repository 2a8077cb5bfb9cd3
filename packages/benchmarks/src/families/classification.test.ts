import {
  type ClassificationData,
  classification,
  firstIndexPolicy,
  imageName,
  runBenchmark,
  type Scorer,
  strictPolicy,
} from "@tesserae/benchmarks";
import { describe, expect, it } from "vitest";
import { allEqualScorer, metadata } from "../fixtures/scorers.js";

/** Vectors written in the names: "1 0 0". */
const writtenScorer: Scorer = {
  name: "written",
  revision: "1",
  embedImages: async (images) => images.map((image) => Float32Array.from(imageName(image).split(" ").map(Number))),
  embedTexts: async (texts) => texts.map((text) => Float32Array.from(text.split(" ").map(Number))),
};
const run = (data: ClassificationData, scorer: Scorer, policy = firstIndexPolicy) =>
  runBenchmark({ ...metadata, headline: "top1", family: classification, policy }, data, scorer);
const image = (path: string, ...labels: number[]) => ({ image: { path }, labels });

describe("classification", () => {
  it("averages a class's prompts as unit vectors, and reports top 1, top 5 and the mean per class", async () => {
    const classes = [
      { name: "x", prompts: ["1 0 0", "10 10 0"] }, // their mean lies 22.5 degrees from x
      { name: "y", prompts: ["0 1 0"] },
      { name: "z", prompts: ["0 0 1"] },
    ];
    // 50 and 60 degrees from x: 27.5 against 40, and 37.5 against 30 degrees; longer vectors would turn the mean to 45.
    const items = [
      image("0.643 0.766 0", 0),
      image("0.5 0.866 0", 1),
      image("1 0 0", 0),
      image("0 0 1", 2),
      image("0 1 0", 2),
    ];
    const { metrics } = await run({ classes, items }, writtenScorer);
    expect(metrics.top1).toMatchObject({ value: 0.8, n: 5 });
    expect(metrics.top1!.chance).toBeCloseTo(1 / 3, 12);
    expect(metrics.top5!.value).toBe(1);
    expect(metrics.meanPerClass!.value).toBeCloseTo((1 + 1 + 0.5) / 3, 12);
  });

  it("gives the area under the curve of two classes, equal scores counting half", async () => {
    const classes = [
      { name: "no", prompts: ["1 0"] },
      { name: "yes", prompts: ["0 1"] },
    ];
    const items = [image("1 0", 0), image("1 1", 0), image("1 1", 1), image("0 1", 1)];
    const { metrics } = await run({ classes, items }, writtenScorer);
    // Pairs of a yes and a no: (1 1, 1 0) right, (1 1, 1 1) half, (0 1, ...) right twice.
    expect(metrics.rocAuc!.value).toBeCloseTo(3.5 / 4, 12);
  });

  it("gives the 11-point precision of images with several classes", async () => {
    const classes = [
      { name: "a", prompts: ["1 0"] },
      { name: "b", prompts: ["0 1"] },
    ];
    // Ranked by class a: yes, no, yes. Precision 1 up to recall 1/2 (six points), 2/3 above (five). Class b: no error.
    const items = [image("1 0.95", 0), image("1 0.98", 1), image("1 1", 0, 1)];
    const { metrics } = await run({ classes, items }, writtenScorer);
    expect(Object.keys(metrics)).toEqual(["map11"]);
    expect(metrics.map11!.value).toBeCloseTo(((6 * 1 + 5 * (2 / 3)) / 11 + 1) / 2, 6);
  });

  it("judges an all-equal scorer by the tie rule, and refuses labels that are no classes", async () => {
    const classes = ["a", "b", "c"].map((name) => ({ name, prompts: [name] }));
    const items = [image("1", 0), image("2", 1), image("3", 2)];
    expect((await run({ classes, items }, allEqualScorer)).metrics.top1!.value).toBeCloseTo(1 / 3, 12);
    expect((await run({ classes, items }, allEqualScorer, strictPolicy)).metrics.top1!.value).toBe(0);
    await expect(run({ classes, items: [image("1", 3)] }, allEqualScorer)).rejects.toThrow(
      "item 0: labels [3]; expected indices below 3",
    );
  });
});
