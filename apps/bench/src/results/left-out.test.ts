import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { bench } from "../fixtures/bench.js";

// Results that say nothing of the run they lie in, or not all: tables, checks and reports leave them out, say so, and do not end over them.

const result = (benchmark: string, revision: string, more: object = {}) => ({
  schema: 2,
  benchmark,
  family: { name: "choice", version: "2" },
  policy: { name: "strict", ties: "positive-must-win", averaging: "micro" },
  headline: "accuracy",
  values: { accuracy: { values: [1, 0] } },
  benchmarkVersion: "3",
  split: "test",
  dataRevision: "r1",
  sampleCount: 2,
  skipped: 0,
  limited: false,
  tieRule: "positive-must-win",
  averaging: "micro",
  seed: 0,
  model: { name: "clip", revision, miner: null },
  metrics: { accuracy: { value: 0.5, n: 2, interval: [0.1, 0.9], chance: 0.5 } },
  ties: 0,
  predictions: [
    { images: ["world:simple/0/test/0"], captions: ["x", "y"], correct: 0, scores: [[1, 0]] },
    { images: ["world:simple/0/test/1"], captions: ["x", "y"], correct: 0, scores: [[0, 1]] },
  ],
  citation: "none",
  licence: "MIT",
  ...more,
});

const stale = "world-noun-swap.json: is of other weights (sha256:old) than its run has now (sha256:new)";
const limited =
  /world[/-]attribute-swap.*it was run with a limit \(2 items\)|limit-2\.json: was run with a limit \(2 items\)/;

/** A run with a usable result, one of other weights, a limited one and one that was cut off. */
async function runWith(files: Readonly<Record<string, object | string>>): Promise<string> {
  const runs = await mkdtemp(join(tmpdir(), "bench-left-out-"));
  const run = join(runs, "clip");
  await mkdir(join(run, "results"), { recursive: true });
  await writeFile(join(run, "recipe.json"), "{}");
  const record = { name: "clip", method: "clip", miner: null, steps: 2, weights: "sha256:new" };
  await writeFile(join(run, "run.json"), JSON.stringify(record));
  await writeFile(join(run, "metrics.jsonl"), '{"step":1,"loss":4}\n{"step":2,"loss":3}\n{"step":3,"lo');
  for (const [name, content] of Object.entries(files)) {
    const text = typeof content === "string" ? content : JSON.stringify(content);
    await writeFile(join(run, "results", name), text);
  }
  return runs;
}

const unusable = {
  "world-noun-swap.json": result("world/noun-swap", "sha256:old"),
  "world-attribute-swap.limit-2.json": result("world/attribute-swap", "sha256:new", { limited: true }),
  "world-order.json": '{"schema":2,"bench',
};

it("table, check and report use what is whole and of these weights, and name the rest", async () => {
  const runs = await runWith({ ...unusable, "world-relation-swap.json": result("world/relation-swap", "sha256:new") });
  const printed = {
    table: await bench("table", "demo", "--results", runs),
    check: await bench("check", "demo", "--results", runs),
    report: await readFile((await bench("report", runs)).replace("report: ", ""), "utf8"),
  };
  process.exitCode = 0; // the check has what was not run
  for (const [command, text] of Object.entries(printed)) {
    const flat = text.replaceAll(/\s+/g, " "); // tables wrap their notes
    expect(flat, command).toContain(stale);
    expect(flat, command).toMatch(limited);
    expect(flat, command).toContain("world-order.json: not JSON");
  }
  expect(printed.table).toContain("50.0");
  expect(printed.report).toContain("metrics.jsonl:3: is no JSON record with a step");
  expect(JSON.parse(await bench("check", "demo", "--results", runs, "--json")).notes).toHaveLength(3);
  process.exitCode = 0;
});

it("where nothing can be used they say why, and print the table without numbers", async () => {
  const runs = await runWith(unusable);
  const table = (await bench("table", "demo", "--results", runs)).replaceAll(/\s+/g, " ");
  expect(table).toContain(stale);
  expect(table).not.toMatch(/\b50\.0\b/);
  expect(await bench("check", "demo", "--results", runs)).toContain(stale);
  process.exitCode = 0;
  expect(await readFile((await bench("report", runs)).replace("report: ", ""), "utf8")).toContain("Left out");
});

it("a run that is begun anew and not finished has no results and is not scored", async () => {
  const runs = await runWith({ "world-relation-swap.json": result("world/relation-swap", "sha256:new") });
  const run = join(runs, "clip");
  await rm(join(run, "run.json"));
  await mkdir(join(run, "checkpoint"));
  await writeFile(join(run, "checkpoint", "config.json"), "{}");
  await expect(bench("run", "world/relation-swap", "--model", run)).rejects.toThrow(
    `--model ${run}: this run is not finished; go on with it first (train run … --resume)`,
  );
  expect((await bench("table", "demo", "--results", runs)).replaceAll(/\s+/g, " ")).toContain(
    "is of an earlier run in this folder, whose present one is not finished",
  );
  await writeFile(join(run, "run.json"), '{"name":"cl');
  expect((await bench("report", runs)).startsWith("report: ")).toBe(true);
});
