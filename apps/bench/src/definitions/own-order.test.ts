import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchmarkResult } from "@tesserae/benchmarks";
import { expect, it } from "vitest";
import { bench } from "../fixtures/bench.js";

it("perturbs captions by ARO's four rules, the same each time, and takes chance from the options that are the same", async () => {
  const data = await mkdtemp(join(tmpdir(), "order-"));
  await mkdir(join(data, "coco"));
  const entries = [
    { image: "val2014/1.jpg", caption: ["A small red kite over an old boat.", "Kites."] },
    { image: "val2014/2.jpg", caption: ["Two dogs near a blue car and a tall tree."] },
  ];
  await writeFile(join(data, "coco", "coco_karpathy_test.json"), JSON.stringify(entries));
  const run = async (out: string) => {
    const path = join(data, out);
    await bench("run", "own-order/coco", "--data", data, "--model", "text:longest", "--out", path, "--backend", "cpu");
    const file = join(path, "text-longest", "results", "own-order-coco.json");
    return JSON.parse(await readFile(file, "utf8")) as BenchmarkResult;
  };
  const result = await run("a");
  expect((await run("b")).predictions).toEqual(result.predictions);
  const records = result.predictions as readonly { readonly captions: readonly string[] }[];
  expect(records.map(({ captions }) => captions.length)).toEqual([5, 5, 5]);
  expect(records[0]!.captions[0]).toBe("a small red kite over an old boat");
  // A caption of one word cannot be perturbed: all five options are the same, and the first one wins.
  expect(new Set(records[1]!.captions).size).toBe(1);
  expect(result.metrics.accuracy!.chance).toBeGreaterThan(1 / 5);
});
