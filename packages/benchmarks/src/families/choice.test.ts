import {
  type ChoiceItem,
  choice,
  firstIndexPolicy,
  type ImageRef,
  imageKey,
  type Policy,
  runBenchmark,
  type Scorer,
  strictPolicy,
} from "@tesserae/benchmarks";
import { describe, expect, it } from "vitest";
import { allEqualScorer, angleScorer, metadata } from "../fixtures/scorers.js";

const item = (path: string, captions: readonly string[], correct: number, group?: string): ChoiceItem => ({
  images: [{ path }],
  captions,
  correct,
  ...(group !== undefined && { group }),
});
const items = [
  item("a", ["10", "20"], 0, "n=2"),
  item("a", ["20", "10"], 0, "n=2"),
  item("b", ["60", "30"], 1, "n=2"),
  item("b", ["5", "80"], 0, "n=10"),
];
const macro: Policy = { name: "macro", ties: "positive-must-win", averaging: "macro" };
const run = (all: readonly ChoiceItem[], scorer: Scorer, policy: Policy = strictPolicy, limit?: number, seed = 0) =>
  runBenchmark({ ...metadata, family: choice, policy }, { items: all }, scorer, {
    ...(limit !== undefined && { limit }),
    seed,
  });

describe("choice", () => {
  it("scores by cosine and reports totals, groups, chance and Wilson intervals", async () => {
    const result = await run(items, angleScorer());
    expect(result.values.accuracy!.values).toEqual([1, 0, 1, 1]);
    expect(Object.keys(result.metrics)).toEqual(["accuracy", "accuracy/n=2", "accuracy/n=10"]);
    expect(result.metrics.accuracy).toMatchObject({ value: 0.75, n: 4, chance: 0.5 });
    expect(result.metrics.accuracy!.interval![0]).toBeCloseTo(0.300642, 6);
    expect(result.metrics.accuracy!.interval![1]).toBeCloseTo(0.954413, 6);
    expect(result.metrics["accuracy/n=2"]!.value).toBeCloseTo(2 / 3, 12);
    const [, second] = result.predictions as [unknown, { scores: number[][] }];
    expect(second).toMatchObject({ images: ["a"], captions: ["20", "10"], correct: 0 });
    expect(second.scores[0]![0]).toBeCloseTo(0.93969262, 6);
    expect(second.scores[0]![1]).toBeCloseTo(0.98480775, 6);
    expect(result).toMatchObject({
      sampleCount: 4,
      skipped: 0,
      limited: false,
      ties: 0,
      seed: 0,
      tieRule: "positive-must-win",
    });
  });

  it("averages over groups, which a policy may leave out by name or by size", async () => {
    const whole = await run(items, angleScorer(), macro);
    expect(whole.metrics.accuracy!.value).toBeCloseTo((2 / 3 + 1) / 2, 12);
    expect(whole.metrics.accuracy!.interval).toEqual([0.5, 1]);
    const named = await run(items, angleScorer(), { ...macro, withoutGroups: ["n=10"] });
    expect(named.metrics.accuracy).toMatchObject({ value: 2 / 3, n: 3 });
    expect(named.metrics["accuracy/n=10"]!.value, "its own metric stays").toBe(1);
    const large = await run(items, angleScorer(), { ...macro, minimumGroupSize: 2 });
    expect(large.metrics.accuracy).toMatchObject({ value: 2 / 3, n: 3 });
  });

  it("embeds equal images and equal captions once", async () => {
    const calls: string[][] = [];
    await run(items, angleScorer(calls));
    expect(calls).toEqual([
      ["a", "b"],
      ["10", "20", "60", "30", "5", "80"],
    ]);
  });

  it("judges an all-equal scorer by the tie rule", async () => {
    const strict = await run(items, allEqualScorer);
    expect(strict.values.accuracy!.values).toEqual([0, 0, 0, 0]);
    expect(strict.ties).toBe(4);
    const first = await run(items, allEqualScorer, firstIndexPolicy);
    expect(first.values.accuracy!.values, "where the right caption stands first").toEqual([1, 1, 0, 1]);
    const lenient = await run(items, allEqualScorer, { ...strictPolicy, ties: "tie-is-right" });
    expect(lenient.metrics.accuracy!.value).toBe(1);
  });

  it("computes chance from the items: a wrong caption equal to the right one always ties", async () => {
    const chance = async (captions: readonly string[], correct: number, policy: Policy) =>
      (await run([item("a", captions, correct)], angleScorer(), policy)).metrics.accuracy!.chance;
    expect(await chance(["10", "20", "30", "40", "50"], 0, strictPolicy)).toBeCloseTo(1 / 5, 12);
    expect(await chance(["10", "20", "10"], 0, strictPolicy)).toBe(0);
    // Two different texts, and among equal ones the first wins.
    expect(await chance(["10", "20", "10"], 0, firstIndexPolicy)).toBe(0.5);
    expect(await chance(["10", "20", "10"], 2, firstIndexPolicy)).toBe(0);
    expect(await chance(["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"], 3, strictPolicy)).toBeCloseTo(0.1, 2);
  });

  it("draws a limited run by seed and marks it", async () => {
    const drawn = async (seed: number) => {
      const result = await run(items, angleScorer(), strictPolicy, 2, seed);
      expect(result).toMatchObject({ limited: true, sampleCount: 2 });
      return (result.predictions as readonly ChoiceItem[]).map(({ captions }) => captions.join());
    };
    expect(await drawn(1)).toEqual(await drawn(1));
    expect(new Set((await Promise.all([1, 2, 3, 4, 5, 6].map(drawn))).map(String)).size).toBeGreaterThan(1);
    expect((await run(items, angleScorer(), strictPolicy, 4)).limited).toBe(false);
    await expect(run(items, angleScorer(), strictPolicy, 0)).rejects.toThrow(/at least 1, got 0/);
  });

  it("refuses items that cannot be scored", async () => {
    await expect(run([], angleScorer())).rejects.toThrow("test/items: holds no item; expected at least one");
    await expect(run([item("a", ["1", "2"], 2)], angleScorer())).rejects.toThrow(
      /item 0: .*got 1 images, 2 captions and index 2/,
    );
  });

  it("refuses vectors that are missing, zero or not finite, and scores that are not finite", async () => {
    const broken = (embedTexts: Scorer["embedTexts"]): Scorer => ({ ...allEqualScorer, embedTexts });
    await expect(
      run(
        items,
        broken(async () => []),
      ),
    ).rejects.toThrow(/returned 0 vectors for 6 strings/);
    await expect(
      run(
        items,
        broken(async (texts) => texts.map(() => Float32Array.of(0, 0))),
      ),
    ).rejects.toThrow(/"10" is a zero vector/);
    await expect(
      run(
        items,
        broken(async (texts) => texts.map(() => Float32Array.of(Number.NaN, 0))),
      ),
    ).rejects.toThrow(/"10" is not finite/);
    const scorer: Scorer = { ...allEqualScorer, score: async () => [Number.NaN, 1] };
    await expect(run(items, scorer)).rejects.toThrow(/score of "a" gave .*; expected 2 finite numbers/);
  });

  it("leaves out and counts items whose image is not usable", async () => {
    const benchmark = { ...metadata, family: choice, policy: strictPolicy };
    const isUsable = (image: ImageRef) => imageKey(image) !== "b";
    const result = await runBenchmark(benchmark, { items }, angleScorer(), { isUsable });
    expect(result).toMatchObject({ sampleCount: 2, skipped: 2, limited: false });
    await expect(runBenchmark(benchmark, { items }, angleScorer(), { isUsable: () => false })).rejects.toThrow(
      "none of its 4 items has its images",
    );
  });
});
