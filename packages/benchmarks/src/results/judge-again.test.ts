import {
  type BenchmarkResult,
  choice,
  firstIndexPolicy,
  judgeAgain,
  type Policy,
  pair,
  readResult,
  runBenchmark,
  strictPolicy,
} from "@tesserae/benchmarks";
import { describe, expect, it } from "vitest";
import { allEqualScorer, metadata } from "../fixtures/scorers.js";

const items = [
  { images: [{ path: "1" }], captions: ["wrong", "right"], correct: 1, group: "on" },
  { images: [{ path: "2" }], captions: ["right", "wrong"], correct: 0, group: "on" },
  { images: [{ path: "3" }], captions: ["right", "wrong"], correct: 0, group: "near" },
];
const run = (policy: Policy) => runBenchmark({ ...metadata, family: choice, policy }, { items }, allEqualScorer);

describe("judgeAgain", () => {
  it("makes of stored predictions what a run by that policy makes, without the model", async () => {
    const strict = await run(strictPolicy);
    const stored = JSON.parse(JSON.stringify(strict)) as BenchmarkResult;
    expect(judgeAgain(stored, choice, firstIndexPolicy)).toEqual({
      ...(await run(firstIndexPolicy)),
      unlikeReference: 'it is judged by the policy "first-index" instead of "strict"',
    });
    expect(strict.metrics.accuracy!.value).toBe(0);
    expect(judgeAgain(stored, choice, firstIndexPolicy)).toMatchObject({
      policy: { name: "first-index" },
      metrics: { accuracy: { value: 2 / 3 } },
    });
  });

  it("tells macro without a group from micro", async () => {
    const result = await run(firstIndexPolicy);
    const macro: Policy = { name: "macro", ties: "first-index-wins", averaging: "macro" };
    expect(judgeAgain(result, choice, macro).metrics.accuracy!.value).toBeCloseTo((0.5 + 1) / 2, 12);
    const without = judgeAgain(result, choice, { ...macro, name: "without", withoutGroups: ["near"] });
    expect(without.metrics.accuracy!.value).toBe(0.5);
  });

  it("refuses another family", async () => {
    const result = await run(strictPolicy);
    expect(() => judgeAgain(result, pair, strictPolicy)).toThrow("its predictions are of choice 2, not of pair 1");
  });
});

describe("readResult", () => {
  it("takes what was written, and names what is wrong", async () => {
    const result = await run(strictPolicy);
    expect(readResult(JSON.parse(JSON.stringify(result)), "x.json")).toEqual(result);
    expect(() => readResult({ ...result, sampleCount: "3" }, "x.json")).toThrow(
      /^x\.json: not a result of this version: sampleCount: /,
    );
    expect(() => readResult([], "x.json")).toThrow(/^x\.json: not a result/);
  });

  it("brings the first version's results into today's form", () => {
    const first = {
      ...{
        benchmark: "world/swap",
        benchmarkVersion: "1",
        split: "test",
        dataRevision: "r1",
        sampleCount: 2,
        skipped: 0,
      },
      ...{
        limited: false,
        tieRule: "positive-must-win",
        averaging: "micro",
        seed: 0,
        ties: 0,
        citation: "none",
        licence: "MIT",
      },
      model: { name: "clip", revision: "x", miner: null },
      metrics: { accuracy: { value: 0.5, n: 2, chance: 0.5 } },
      correct: [1, 0],
      items: [
        { image: "a", captions: ["x", "y"], correct: 0, group: "on", chosen: 0, scores: [1, 0] },
        { image: "b", captions: ["x", "y"], correct: 0, group: "on", chosen: 1, scores: [0, 1] },
      ],
    };
    expect(readResult(first, "old.json")).toMatchObject({
      schema: 2,
      family: { name: "choice", version: "1" },
      headline: "accuracy",
      values: { accuracy: { values: [1, 0], groups: ["on", "on"] } },
    });
  });
});
