import { mkdir, mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchmarkResult } from "@tesserae/benchmarks";
import { describe, expect, it } from "vitest";
import { dropLimited, readResults, requireResults, resultPath, writeResult } from "./result-files.js";

const result: BenchmarkResult = {
  schema: 2,
  benchmark: "world/relation-swap",
  family: { name: "choice", version: "2" },
  policy: { name: "strict", ties: "positive-must-win", averaging: "micro" },
  headline: "accuracy",
  values: { accuracy: { values: [1, 0] } },
  benchmarkVersion: "1",
  split: "test",
  dataRevision: "r1",
  sampleCount: 2,
  skipped: 0,
  limited: false,
  tieRule: "positive-must-win",
  averaging: "micro",
  seed: 0,
  model: { name: "clip", revision: "x", miner: null },
  metrics: { accuracy: { value: 0.5, n: 2, interval: [0.1, 0.9], chance: 0.5 } },
  ties: 0,
  predictions: [
    { images: ["a"], captions: ["x", "y"], correct: 0, scores: [[1, 0]] },
    { images: ["b"], captions: ["x", "y"], correct: 0, scores: [[0, 1]] },
  ],
  citation: "none",
  licence: "MIT",
};

describe("result files", () => {
  it("are read back as they were written, and nothing is left half-written", async () => {
    const folder = await mkdtemp(join(tmpdir(), "bench-"));
    const path = resultPath(folder, result);
    expect(path).toBe(join(folder, "results", "world-relation-swap.json"));
    await mkdir(join(folder, "results"));
    await writeFile(`${path}.1308151560`, "cut off by a kill");
    await writeResult(path, result);
    expect(await readdir(join(folder, "results"))).toEqual(["world-relation-swap.json"]);
    expect(await readResults(folder)).toEqual({ results: [{ path, result }], problems: [] });
    expect((await readResults(path)).results).toEqual([{ path, result }]);
    expect((await readFile(path, "utf8")).split("\n").filter((line) => line.startsWith('    {"images":'))).toHaveLength(
      2,
    );
  });

  it("keeps limited and whole results apart, and prefers the whole one", async () => {
    const folder = await mkdtemp(join(tmpdir(), "bench-"));
    const limited = { ...result, limited: true, sampleCount: 1 };
    expect(resultPath(folder, limited)).toBe(join(folder, "results", "world-relation-swap.limit-1.json"));
    await writeResult(resultPath(folder, result), result);
    await writeResult(resultPath(folder, limited), limited);
    const stored = (await readResults(folder)).results;
    expect(stored).toHaveLength(2);
    expect(dropLimited(stored).map((one) => one.result)).toEqual([result]);
    expect(dropLimited([{ path: "x", result: limited }])).toHaveLength(1);
  });

  it("says which file is wrong, and where", async () => {
    const folder = await mkdtemp(join(tmpdir(), "bench-"));
    await expect(readResults(join(folder, "none"))).rejects.toThrow(/none: no such file or folder/);
    await expect(readResults(folder)).rejects.toThrow(/no results in it/);
    await mkdir(join(folder, "results"));
    const path = join(folder, "results", "x.json");
    await writeFile(path, "{");
    await expect(requireResults(folder)).rejects.toThrow(`${path}: not JSON`);
    await writeFile(path, JSON.stringify({ ...result, tieRule: "any" }));
    await expect(requireResults(folder)).rejects.toThrow(`${path}: not a result of this version: tieRule: `);
    const { results, problems } = await readResults(folder);
    expect(results).toEqual([]);
    expect(problems).toHaveLength(1);
  });
});
