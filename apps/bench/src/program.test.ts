import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchmarkResult } from "@tesserae/benchmarks";
import { encodePng } from "@tesserae/data";
import { createClip, createTokenizer, saveClip } from "@tesserae/models";
import { seededRng } from "@tesserae/scene-graph/random";
import { selectBackend } from "@tesserae/tfjs-backend-ort";
import { worldDataset } from "@tesserae/world";
import { beforeAll, describe, expect, it } from "vitest";
import { bench } from "./fixtures/bench.js";

let runs: string;

/** Two untrained models of different seeds, as a trainer leaves them. */
beforeAll(async () => {
  runs = await mkdtemp(join(tmpdir(), "bench-"));
  await selectBackend({ backend: "cpu" });
  const tower = { width: 16, layers: 1, heads: 2 };
  for (const [index, name] of ["clip", "negclip"].entries()) {
    const tokenizer = createTokenizer({
      corpus: ["a small red dog to the left of a large blue cat"],
      vocabSize: 600,
      contextLength: 48,
    });
    const clip = createClip(
      {
        embedDim: 16,
        vision: { imageSize: 16, patchSize: 8, ...tower },
        text: { contextLength: 48, vocabSize: tokenizer.vocabSize, ...tower },
      },
      { rng: seededRng("model", index) },
    );
    await saveClip(clip, tokenizer, join(runs, name, "checkpoint"));
    clip.dispose();
    await writeFile(
      join(runs, name, "run.json"),
      JSON.stringify({ name, method: name, miner: index === 0 ? null : { name: "negclip", version: "1" }, steps: 0 }),
    );
    await writeFile(join(runs, name, "metrics.jsonl"), '{"step":1,"loss":4}\n{"step":2,"loss":3}\n');
  }
});

describe("bench", () => {
  it("lists benchmarks with chance, tie rule and where their data is", async () => {
    const text = await bench("list");
    expect(text).toMatch(/^world\/relation-swap +4 +2000 +choice +accuracy +positive-must-win +macro +here$/m);
    expect(text).toMatch(/^world\/retrieval +4\.1 +250 +retrieval +textToImage@1 +positive-must-win +micro +here$/m);
    expect(text).toMatch(
      /^sugarcrepe\/swap_obj +1 +245 +choice +accuracy +positive-must-win +micro +not here: .*swap_obj\.json is not there$/m,
    );
    expect(text).toMatch(/^mosaiclip\/1 +MosaiCLIP table 1/m);
    const one = await bench("list", "winoground");
    expect(one).toMatch(/^winoground needs data\/examples\.jsonl and data\/images\.zip/m);
    expect(one).not.toContain("sugarcrepe");
    const { benchmarks } = JSON.parse(await bench("list", "cola", "--json")) as { benchmarks: object[] };
    expect(benchmarks).toHaveLength(1);
    expect(benchmarks[0]).toMatchObject({
      name: "cola",
      family: { name: "pair" },
      headline: "image",
      sampleCount: 210,
    });
    await expect(bench("list", "sugarcrpe")).rejects.toThrow(
      /^unknown benchmark or table "sugarcrpe" \(did you mean "sugarcrepe"/,
    );
    expect(await bench("list", "sugarcrepe", "--here")).not.toContain("sugarcrepe/");
  });

  it("scores models, writes a result for each, refuses limited ones in tables, and compares them", async () => {
    const models = ["--model", join(runs, "clip"), "--model", join(runs, "negclip", "checkpoint")];
    const printed = await bench(
      "run",
      "world/relation-swap",
      "world/noun-swap",
      ...models,
      "--limit",
      "20",
      "--backend",
      "cpu",
    );
    expect(printed).toMatch(/^TensorFlow\.js backend: cpu on cpu \(as asked for/m);
    expect(printed).toContain("[1/4] clip world/relation-swap: accuracy");
    expect(printed).toMatch(/^benchmark +metric +clip +negclip$/m);
    const path = join(runs, "negclip", "results", "world-relation-swap.limit-20.json");
    const result = JSON.parse(await readFile(path, "utf8")) as BenchmarkResult;
    expect(result).toMatchObject({
      benchmark: "world/relation-swap",
      sampleCount: 20,
      limited: true,
      tieRule: "positive-must-win",
      averaging: "macro",
      seed: 0,
      model: { name: "negclip", method: "negclip", activation: "quick_gelu", miner: { name: "negclip", version: "1" } },
      versions: { node: process.versions.node, backend: "cpu" },
    });
    expect(result.values.accuracy!.values).toHaveLength(20);
    expect(result.predictions).toHaveLength(20);
    expect(result.seconds).toBeTypeOf("number");
    expect(result.machine).toContain(process.arch);
    expect(await bench("table", "demo", "--results", runs)).toContain(
      "world/relation-swap of clip is left out: it was run with a limit (20 items).",
    );
    const judged = await bench("judge", join(runs, "clip"));
    expect(judged).toMatch(/^world\/relation-swap +clip +mean of groups +positive-must-win +macro +accuracy /m);
    expect(judged).toMatch(/^world\/relation-swap +clip +strict +positive-must-win +micro +accuracy /m);
    const diff = await bench("diff", join(runs, "clip"), join(runs, "negclip"));
    expect(diff).toMatch(/^world\/relation-swap +accuracy +[\d.]+ +[\d.]+ +[+-]?[\d.]+ +\[-?[\d.]+, -?[\d.]+\]/m);
    expect(JSON.parse(await bench("diff", join(runs, "clip"), join(runs, "negclip"), "--json"))).toMatchObject({
      differences: [{ benchmark: "world/noun-swap", metric: "accuracy" }, { benchmark: "world/relation-swap" }],
    });
    await expect(bench("diff", runs, join(runs, "clip"))).rejects.toThrow(
      /holds results of clip, negclip; give the folder of one run/,
    );
  });

  it("prints published numbers and what is missing, and fails a check of what was not run", async () => {
    expect(await bench("table", "mosaiclip/1")).toMatch(/^MosaiCLIP \(published\) +82\.6\*/m);
    expect(await bench("table", "mosaiclip/1", "--format", "csv")).toContain(
      "mosaiclip/1,MosaiCLIP,true,COCO Attr,0.78,,,,,,,,true",
    );
    const code = process.exitCode;
    expect(await bench("check", "mosaiclip/1")).toContain("76 of 76 checks failed");
    expect(process.exitCode).toBe(1);
    process.exitCode = code;
  });

  it("counts images that cannot be read, and leaves their items out of the result", async () => {
    const data = await mkdtemp(join(tmpdir(), "bench-"));
    const images = join(data, "images");
    await mkdir(images);
    const picture = await worldDataset({ seed: 0, split: "test", count: 1 }).loadImage("world:simple/0/test/0");
    await writeFile(join(images, "good.png"), await encodePng(picture));
    await writeFile(join(images, "cut.png"), (await encodePng(picture)).subarray(0, 60));
    const entry = (filename: string) => ({ filename, caption: "a dog", negative_caption: "a cat" });
    await writeFile(
      join(data, "swap_obj.json"),
      JSON.stringify({ 0: entry("good.png"), 1: entry("cut.png"), 2: entry("none.png") }),
    );
    const clip = ["--model", join(runs, "clip"), "--out", join(data, "out"), "--backend", "cpu"];
    const swap = ["run", "sugarcrepe/swap_obj", "--data", data, ...clip];
    await expect(bench(...swap, "--images", images)).rejects.toThrow(
      /^sugarcrepe\/swap_obj: 2 of 3 images cannot be read; the first: .*(cut|none)\.png.*--missing leave-out/,
    );
    const printed = await bench(...swap, "--images", images, "--missing", "leave-out");
    expect(printed).toMatch(
      /clip sugarcrepe\/swap_obj: items left out, because 2 of 3 images cannot be read; the first: .*(cut|none)\.png/,
    );
    const result = JSON.parse(
      await readFile(join(data, "out", "clip", "results", "sugarcrepe-swap_obj.json"), "utf8"),
    ) as BenchmarkResult;
    expect(result).toMatchObject({ sampleCount: 1, skipped: 2, predictions: [{ images: ["good.png"] }] });
    expect(result.dataRevision).toMatch(/^sha256 [0-9a-f]{12}$/);
    await expect(bench("run", "sugarcrepe", "--data", data, "--images", images, ...clip)).rejects.toThrow(
      /sugarcrepe\/add_att: .*add_att\.json is not there; it needs add_att\.json of github\.com/,
    );
    await expect(bench(...swap, "--images", runs)).rejects.toThrow(/none of its 3 images can be read/);
  });

  it("writes a report and prints its path", async () => {
    const folder = await mkdtemp(join(tmpdir(), "bench-"));
    await mkdir(join(folder, "clip"));
    await writeFile(join(folder, "clip", "metrics.jsonl"), '{"step":1,"loss":4}\n{"step":2,"loss":3}\n');
    const path = join(folder, "report.html");
    expect(await bench("report", folder)).toBe(`report: ${path}`);
    expect(await readFile(path, "utf8")).toContain("<h2>Training</h2>");
  });

  it("says what the miniature of a table would train: each seed's rows from that seed's base", async () => {
    const lines = (
      await bench("table", "mosaiclip/7", "--world", "--seeds", "2", "--results", "runs/x", "--dry-run")
    ).split("\n");
    expect(lines).toHaveLength(10);
    expect(lines[0]).toBe(`train run clip --scale world --set seed=0 --out ${join("runs", "x", "base-seed-0")}`);
    expect(lines[7]).toBe(
      `train run mosaiclip --scale world --set relations=false --set seed=1 --set pretrained=${join("runs", "x", "base-seed-1")} --out ${join("runs", "x", "mosaiclip-no-rel-seed-1")}`,
    );
    await expect(bench("table", "mosaiclip/12", "--world")).rejects.toThrow(
      "mosaiclip/12: has no counterpart on the synthetic world; these have: demo, demo/equal-seconds, demo/full, mosaiclip/1, mosaiclip/7, mosaiclip/10, ",
    );
  });

  it("answers mistakes with one line that says what there is", async () => {
    const folder = join(runs, "clip");
    await expect(bench("run", "world/relation-swop", "--model", folder)).rejects.toThrow(
      /^unknown benchmark "world\/relation-swop" \(did you mean "world\/relation-swap"\?\); there are: world, world-full, world-long, aro, /,
    );
    await expect(bench("table", "dmo")).rejects.toThrow(
      /^unknown table "dmo" \(did you mean "demo"\?\); there are: demo, demo\/equal-seconds, demo\/full, mosaiclip\/1/,
    );
    await expect(bench("run", "world", "--model", join(runs, "klip"))).rejects.toThrow(
      /klip: no such folder or file; expected a run, /,
    );
    await expect(bench("run", "world", "--model", runs)).rejects.toThrow(
      /holds no model; expected config\.json or open_clip_config\.json/,
    );
    await expect(bench("run", "world", "--model", folder, "--model", join(folder, "checkpoint"))).rejects.toThrow(
      /are both called "clip"/,
    );
    await expect(bench("run", "world")).rejects.toThrow(/required option '--model <model>' not specified/);
    await expect(bench("report", join(runs, "none"))).rejects.toThrow(/none: no such folder/);
    await expect(bench("run", "world", "--model", folder, "--limit", "0")).rejects.toThrow(
      /expected a whole number of at least 1/,
    );
  });
});
