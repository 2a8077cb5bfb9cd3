import { type BenchmarkInfo, retrievalBenchmark, type Scorer } from "@tesserae/benchmarks";
import { describe, expect, it } from "vitest";

const info: BenchmarkInfo = {
  name: "test/retrieval",
  version: "1",
  split: "test",
  dataRevision: "r1",
  chance: 1 / 3,
  tieRule: "positive-must-win",
  averaging: "micro",
  citation: "none",
  licence: "MIT",
};

/** Images and captions are named by their angle in degrees. */
const angleScorer: Scorer = {
  name: "angles",
  revision: "1",
  embedImages: async (names) => names.map(atAngle),
  embedTexts: async (names) => names.map(atAngle),
};

function atAngle(name: string): Float32Array {
  const angle = (Number(name) * Math.PI) / 180;
  return Float32Array.of(Math.cos(angle), Math.sin(angle));
}

const allEqualScorer: Scorer = {
  name: "all-equal",
  revision: "1",
  embedImages: async (names) => names.map(() => Float32Array.of(1, 0)),
  embedTexts: async (names) => names.map(() => Float32Array.of(1, 0)),
};

describe("retrievalBenchmark", () => {
  it("ranks both directions; any caption of the image is a hit", async () => {
    const pairs = [
      { image: "0", captions: ["1", "35"] },
      { image: "30", captions: ["70", "80"] },
      { image: "60", captions: ["61", "100"] },
    ];
    const result = await retrievalBenchmark(info, pairs).run(angleScorer);
    // From 30: 35 (5 away), 1 (29), 61 (31) come before 70 (40).
    expect(result.ranks!.imageToText).toEqual([0, 3, 0]);
    // 35 is nearest to 30, then 60 (25), then 0 (35); 70 and 80 are nearest to 60, then 30.
    expect(result.ranks!.textToImage).toEqual([0, 2, 1, 1, 0, 0]);
    expect(result.metrics["imageToText@1"]).toMatchObject({ value: 2 / 3, n: 3 });
    expect(result.metrics["imageToText@5"]!.value).toBe(1);
    expect(result.metrics["textToImage@1"]).toMatchObject({ value: 0.5, n: 6 });
    expect(result.captionsPerImage).toEqual([2, 2, 2]);
    expect(result.ties).toBe(0);
  });

  it("knows the chance of a random order", async () => {
    const pairs = Array.from({ length: 20 }, (_, index) => ({
      image: `${index}`,
      captions: [`${index}`, `${index + 0.5}`],
    }));
    const { metrics } = await retrievalBenchmark(info, pairs).run(angleScorer);
    expect(metrics["imageToText@1"]!.chance).toBeCloseTo(0.05, 12);
    // 1 - C(38, 5) / C(40, 5) = 1 - 501942 / 658008
    expect(metrics["imageToText@5"]!.chance).toBeCloseTo(0.2371794872, 9);
    expect(metrics["textToImage@10"]!.chance).toBe(0.5);
  });

  it("counts ties as wrong: an all-equal scorer finds nothing that is not alone", async () => {
    const pairs = Array.from({ length: 12 }, (_, index) => ({ image: `${index}`, captions: [`${index}`] }));
    const result = await retrievalBenchmark(info, pairs).run(allEqualScorer);
    expect(Object.values(result.metrics).map((metric) => metric.value)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(result.ties).toBe(24);
  });

  it("refuses another rule, images without caption and images given twice", () => {
    const pair = { image: "a", captions: ["x"] };
    expect(() => retrievalBenchmark({ ...info, tieRule: "first-index-wins" }, [pair, pair])).toThrow(/ties as wrong/);
    expect(() => retrievalBenchmark(info, [pair])).toThrow(/at least two pairs, got 1/);
    expect(() => retrievalBenchmark(info, [pair, { image: "b", captions: [] }])).toThrow(/image b has no caption/);
    expect(() => retrievalBenchmark(info, [pair, pair])).toThrow(/image a is given twice/);
  });
});
