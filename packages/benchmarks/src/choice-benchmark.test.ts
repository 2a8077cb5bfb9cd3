import { type BenchmarkInfo, type ChoiceItem, choiceBenchmark, type Scorer } from "@tesserae/benchmarks";
import { describe, expect, it } from "vitest";

const info: BenchmarkInfo = {
  name: "test/choice",
  version: "1",
  split: "test",
  dataRevision: "r1",
  chance: 0.5,
  tieRule: "positive-must-win",
  averaging: "micro",
  citation: "none",
  licence: "MIT",
};

/** Every image points along x; a caption's angle to it is written in its text. */
function angleScorer(calls: string[][] = []): Scorer {
  return {
    name: "angles",
    revision: "1",
    async embedImages(paths) {
      calls.push([...paths]);
      return paths.map(() => Float32Array.of(2, 0));
    },
    async embedTexts(captions) {
      calls.push([...captions]);
      return captions.map((caption) => {
        const angle = (Number(caption) * Math.PI) / 180;
        return Float32Array.of(3 * Math.cos(angle), 3 * Math.sin(angle));
      });
    },
  };
}

const allEqualScorer: Scorer = {
  name: "all-equal",
  revision: "1",
  embedImages: async (paths) => paths.map(() => Float32Array.of(1, 2)),
  embedTexts: async (captions) => captions.map(() => Float32Array.of(2, 1)),
};

const items: readonly ChoiceItem[] = [
  { image: "a", captions: ["10", "20"], correct: 0, group: "n=2" },
  { image: "a", captions: ["20", "10"], correct: 0, group: "n=2" },
  { image: "b", captions: ["60", "30"], correct: 1, group: "n=2" },
  { image: "b", captions: ["5", "80"], correct: 0, group: "n=10" },
];

describe("choiceBenchmark", () => {
  it("scores by cosine and reports totals, groups, chance and Wilson intervals", async () => {
    const result = await choiceBenchmark(info, items).run(angleScorer());
    expect(result.correct).toEqual([1, 0, 1, 1]);
    expect(Object.keys(result.metrics)).toEqual(["accuracy", "accuracy/n=2", "accuracy/n=10"]);
    expect(result.metrics.accuracy).toMatchObject({ value: 0.75, n: 4, chance: 0.5 });
    expect(result.metrics.accuracy!.interval![0]).toBeCloseTo(0.300642, 6);
    expect(result.metrics.accuracy!.interval![1]).toBeCloseTo(0.954413, 6);
    expect(result.metrics["accuracy/n=2"]!.value).toBeCloseTo(2 / 3, 12);
    expect(result.items![1]).toEqual({ ...items[1], chosen: 1, scores: [0.93969, 0.98481] });
    expect(result).toMatchObject({ sampleCount: 4, skipped: 0, limited: false, ties: 0, seed: 0 });
  });

  it("macro-averages over groups", async () => {
    const result = await choiceBenchmark({ ...info, averaging: "macro" }, items).run(angleScorer());
    expect(result.metrics.accuracy!.value).toBeCloseTo((2 / 3 + 1) / 2, 12);
    const [low, high] = result.metrics.accuracy!.interval!;
    expect(low).toBe(0.5);
    expect(high).toBe(1);
  });

  it("embeds equal images and equal captions once", async () => {
    const calls: string[][] = [];
    await choiceBenchmark(info, items).run(angleScorer(calls));
    expect(calls).toEqual([
      ["a", "b"],
      ["10", "20", "60", "30", "5", "80"],
    ]);
  });

  it("positive-must-win: an all-equal scorer is right nowhere, wherever the right caption stands", async () => {
    const result = await choiceBenchmark(info, items).run(allEqualScorer);
    expect(result.correct).toEqual([0, 0, 0, 0]);
    expect(result.metrics.accuracy!.value).toBe(0);
    expect(result.ties).toBe(4);
  });

  it("first-index-wins: an all-equal scorer is right exactly where the right caption stands first", async () => {
    const result = await choiceBenchmark({ ...info, tieRule: "first-index-wins" }, items).run(allEqualScorer);
    expect(result.correct).toEqual([1, 1, 0, 1]);
    expect(result.ties).toBe(4);
  });

  it("judges a tie of the right caption with one of several wrong ones by the rule", async () => {
    const five = { ...info, chance: 1 / 3 };
    const item: ChoiceItem = { image: "a", captions: ["10", "40", "10"], correct: 0 };
    const strict = await choiceBenchmark(five, [item]).run(angleScorer());
    expect(strict.correct).toEqual([0]);
    expect(strict.ties).toBe(1);
    const first = await choiceBenchmark({ ...five, tieRule: "first-index-wins" }, [item]).run(angleScorer());
    expect(first.correct).toEqual([1]);
  });

  it("draws a limited run by seed and marks it", async () => {
    const benchmark = choiceBenchmark(info, items);
    const drawn = async (seed: number) => {
      const result = await benchmark.run(angleScorer(), { limit: 2, seed });
      expect(result.limited).toBe(true);
      return result.items!.map((item) => items.findIndex((other) => other.captions === item.captions));
    };
    expect(await drawn(1)).toEqual(await drawn(1));
    expect(new Set((await Promise.all([1, 2, 3, 4, 5, 6].map(drawn))).map(String)).size).toBeGreaterThan(1);
    expect((await benchmark.run(angleScorer(), { limit: 4 })).limited).toBe(false);
    await expect(benchmark.run(angleScorer(), { limit: 0 })).rejects.toThrow(/at least 1, got 0/);
  });

  it("refuses items that cannot be scored, and a wrong chance level", () => {
    expect(() => choiceBenchmark(info, [])).toThrow(/at least one item/);
    expect(() => choiceBenchmark(info, [{ image: "a", captions: ["1", "2"], correct: 2 }])).toThrow(
      /item 0 \(image a\): .*got 2 captions and index 2/,
    );
    expect(() => choiceBenchmark({ ...info, chance: 0.2 }, items)).toThrow(
      /declared as 0.2, but its items give 0.5000/,
    );
    expect(() =>
      choiceBenchmark({ ...info, averaging: "macro" }, [{ image: "a", captions: ["1", "2"], correct: 0 }]),
    ).toThrow(/macro average needs a group/);
  });

  it("refuses vectors that are missing, zero or not finite", async () => {
    const broken = (embedTexts: Scorer["embedTexts"]): Scorer => ({ ...allEqualScorer, embedTexts });
    const benchmark = choiceBenchmark(info, items);
    await expect(benchmark.run(broken(async () => []))).rejects.toThrow(/returned 0 vectors for 6 strings/);
    await expect(benchmark.run(broken(async (texts) => texts.map(() => Float32Array.of(0, 0))))).rejects.toThrow(
      /"10" is a zero vector/,
    );
    await expect(
      benchmark.run(broken(async (texts) => texts.map(() => Float32Array.of(Number.NaN, 0)))),
    ).rejects.toThrow(/"10" is not finite/);
  });
});
