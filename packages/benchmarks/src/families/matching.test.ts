import { matching, runBenchmark, type Scorer, strictPolicy } from "@tesserae/benchmarks";
import { describe, expect, it } from "vitest";
import { allEqualScorer, metadata } from "../fixtures/scorers.js";

/** The score is the caption. */
const written: Scorer = { ...allEqualScorer, score: async (_, captions) => captions.map(Number) };
const item = (caption: string, matches: boolean, group: string) => ({ image: { path: "a" }, caption, matches, group });
const items = [item("0.9", true, "on"), item("0.8", false, "on"), item("0.7", true, "in"), item("0.1", false, "in")];
const run = (scorer: Scorer, threshold?: number) =>
  runBenchmark(
    { ...metadata, family: matching, policy: { ...strictPolicy, ...(threshold !== undefined && { threshold }) } },
    { items },
    scorer,
  );

describe("matching", () => {
  it("says yes above the median, and gives the area under the curve", async () => {
    const { metrics } = await run(written);
    expect(metrics.accuracy).toMatchObject({ value: 0.5, n: 4, chance: 0.5 });
    expect(metrics["accuracy/on"]!.value).toBe(0.5);
    expect(metrics.rocAuc!.value).toBe(0.75);
  });

  it("takes the policy's threshold", async () => {
    expect((await run(written, 0.6)).metrics.accuracy!.value).toBe(0.75);
    expect((await run(written, 0.95)).metrics.accuracy!.value).toBe(0.5);
  });

  it("calls nothing a match when all scores are equal", async () => {
    const { metrics, ties } = await run(allEqualScorer);
    expect(metrics.accuracy!.value, "half of the items do not match").toBe(0.5);
    expect(metrics.rocAuc!.value).toBe(0.5);
    expect(ties).toBe(4);
  });
});
