import {
  firstIndexPolicy,
  imageName,
  type RetrievalItem,
  retrieval,
  runBenchmark,
  type Scorer,
  strictPolicy,
} from "@tesserae/benchmarks";
import { describe, expect, it } from "vitest";
import { allEqualScorer, metadata } from "../fixtures/scorers.js";

/** Images and captions are named by their angle in degrees. */
const angleScorer: Scorer = {
  name: "angles",
  revision: "1",
  embedImages: async (images) => images.map((image) => atAngle(imageName(image))),
  embedTexts: async (names) => names.map(atAngle),
};

function atAngle(name: string): Float32Array {
  const angle = (Number(name) * Math.PI) / 180;
  return Float32Array.of(Math.cos(angle), Math.sin(angle));
}

const item = (path: string, ...captions: string[]): RetrievalItem => ({ image: { path }, captions });
const run = (items: readonly RetrievalItem[], scorer: Scorer, policy = strictPolicy) =>
  runBenchmark({ ...metadata, headline: "textToImage@1", family: retrieval, policy }, { items }, scorer);

describe("retrieval", () => {
  it("ranks both directions; any caption of the image is a hit", async () => {
    const result = await run([item("0", "1", "35"), item("30", "70", "80"), item("60", "61", "100")], angleScorer);
    // From 30: 35 (5 away), 1 (29), 61 (31) come before 70 (40).
    // 35 is nearest to 30, then 60 (25), then 0 (35); 70 and 80 are nearest to 60, then 30.
    expect(result.predictions).toMatchObject({
      imageToText: { ahead: [0, 3, 0] },
      textToImage: { ahead: [0, 2, 1, 1, 0, 0] },
      captionsPerImage: [2, 2, 2],
    });
    expect(result.metrics["imageToText@1"]).toMatchObject({ value: 2 / 3, n: 3 });
    expect(result.metrics["imageToText@5"]!.value).toBe(1);
    expect(result.metrics["textToImage@1"]).toMatchObject({ value: 0.5, n: 6 });
    expect(result.values["textToImage@1"]!.clusters).toEqual([0, 0, 1, 1, 2, 2]);
    expect(result.ties).toBe(0);
  });

  it("knows the chance of a random order", async () => {
    const items = Array.from({ length: 20 }, (_, index) => item(`${index}`, `${index}`, `${index + 0.5}`));
    const { metrics } = await run(items, angleScorer);
    expect(metrics["imageToText@1"]!.chance).toBeCloseTo(0.05, 12);
    // 1 - C(38, 5) / C(40, 5) = 1 - 501942 / 658008
    expect(metrics["imageToText@5"]!.chance).toBeCloseTo(0.2371794872, 9);
    expect(metrics["textToImage@10"]!.chance).toBe(0.5);
  });

  it("judges an all-equal scorer by the tie rule: strictly nothing is found, by first index the first", async () => {
    const items = Array.from({ length: 12 }, (_, index) => item(`${index}`, `${index}`));
    const strict = await run(items, allEqualScorer);
    expect(Object.values(strict.metrics).map((metric) => metric.value)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(strict.ties).toBe(24);
    const first = await run(items, allEqualScorer, firstIndexPolicy);
    expect(first.metrics["textToImage@1"]!.value).toBeCloseTo(1 / 12, 12);
    expect(first.metrics["imageToText@5"]!.value).toBeCloseTo(5 / 12, 12);
  });

  it("refuses a single image, images without caption and images given twice", async () => {
    await expect(run([item("a", "1")], angleScorer)).rejects.toThrow(/at least two images, got 1/);
    await expect(run([item("a", "1"), item("b")], angleScorer)).rejects.toThrow(/image b has no caption/);
    await expect(run([item("a", "1"), item("a", "2")], angleScorer)).rejects.toThrow(/image a is given twice/);
  });
});
