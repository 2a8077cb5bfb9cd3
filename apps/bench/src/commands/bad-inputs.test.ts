import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchmarkResult } from "@tesserae/benchmarks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bench } from "../fixtures/bench.js";

let folder: string;
const at = (...parts: readonly string[]) => join(folder, ...parts);
const entry = (n: number) => ({ filename: `${n}.jpg`, caption: `a dog ${n}`, negative_caption: `a cat ${n}` });
const line = (value: object) => JSON.stringify(value);
const good = [
  ...[0, 1].map((n) => line({ image: `${n}.jpg`, embedding: [1, 0.1 * n] })),
  ...[0, 1].flatMap((n) => [
    line({ text: `a dog ${n}`, embedding: [1, 0] }),
    line({ text: `a cat ${n}`, embedding: [0, 1] }),
  ]),
];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bad-inputs-"));
  await mkdir(at("data"));
  await writeFile(at("data", "swap_obj.json"), JSON.stringify({ 0: entry(0), 7: entry(1) }));
  await writeFile(at("good.jsonl"), good.join("\n"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs SugarCrepe's swap_obj over a file of embeddings with these lines. */
async function runOn(lines: readonly string[], ...more: readonly string[]): Promise<string> {
  await writeFile(at("mine.jsonl"), lines.join("\n"));
  return bench(...swapObj(at("mine.jsonl")), ...more);
}
const swapObj = (model: string, data = at("data")) => [
  ...["run", "sugarcrepe/swap_obj", "--data", data, "--model", model],
  ...["--out", at("out"), "--backend", "cpu"],
];

describe("bad input", () => {
  it.each<[string, () => Promise<readonly string[]>, RegExp]>([
    ["a vector named twice", async () => [...good, good[0]!], /mine\.jsonl:7: "0\.jpg" is named twice/],
    [
      "a vector with NaN",
      async () => [...good.slice(1), '{"image": "0.jpg", "embedding": [NaN, 1]}'],
      /mine\.jsonl:6: expected \{"image" or "text"/,
    ],
    [
      "a vector of another length, as another model's",
      async () => [...good.slice(1), line({ image: "0.jpg", embedding: [1, 2, 3] })],
      /1 of 6 vectors cannot be used; the first, of "0\.jpg", has 3 numbers, not 2/,
    ],
    ["a missing caption", async () => good.slice(0, -1), /holds no vector of 1 of 4 captions; the first: "a cat 1"/],
    ["a missing image", async () => good.slice(1), /holds no vector of 1 of 2 images; the first: ".*0\.jpg"/],
    [
      "a vector of zeros",
      async () => [...good.slice(1), line({ image: "0.jpg", embedding: [0, 0] })],
      /embedImages of ".*0\.jpg" is a zero vector/,
    ],
  ])("embeddings with %s", async (_, lines, message) => {
    await expect(runOn(await lines())).rejects.toThrow(message);
  });

  it.each<[string, string, string, RegExp]>([
    [
      "an entry twice",
      "swap_obj.json",
      `{"0": ${line(entry(0))}, "7": ${line(entry(1))}, "0": ${line(entry(1))}}`,
      /swap_obj\.json: 1 entries are given twice; the first: "0"\./,
    ],
    [
      "another column",
      "swap_obj.json",
      line({ 0: { filename: "0.jpg", caption: "a dog", false_caption: "a cat" } }),
      /swap_obj\.json: entry 0\.negative_caption: /,
    ],
    ["a cut end", "swap_obj.json", '{"0": {"filename": "0.jpg", "capt', /swap_obj\.json: not JSON/],
    ["no entry", "swap_obj.json", "{}", /swap_obj: holds no item; expected at least one/],
  ])("a benchmark's file with %s", async (name, file, content, message) => {
    const data = at(name.replaceAll(" ", "-"));
    await mkdir(data);
    await writeFile(join(data, file), content);
    await expect(bench(...swapObj(at("good.jsonl"), data))).rejects.toThrow(message);
  });

  it("a key that is not contiguous is none; another number of items enters no table, and says so", async () => {
    const printed = await runOn(good);
    expect(printed).toContain("enters no table: its files hold 2 items, the official ones 245");
    const path = at("out", "mine", "results", "sugarcrepe-swap_obj.json");
    const result = JSON.parse(await readFile(path, "utf8")) as BenchmarkResult;
    expect(result).toMatchObject({ sampleCount: 2, metrics: { accuracy: { value: 1 } } });
    expect(await bench("table", "mosaiclip/1", "--results", at("out"))).not.toContain("mine");
  });

  it("detections where vectors are asked for, and a results folder of another version", async () => {
    await writeFile(at("boxes.json"), "[]");
    await expect(bench(...swapObj(at("boxes.json")))).rejects.toThrow(
      /boxes\.json: is a file of detections; only detection\/coco and detection\/lvis can score it/,
    );
    await mkdir(at("old", "model", "results"), { recursive: true });
    await writeFile(at("old", "model", "results", "a.json"), line({ schema: 9, benchmark: "sugarcrepe/swap_obj" }));
    await writeFile(at("old", "model", "results", "b.json"), '{"schema": 2, "bench');
    const table = await bench("table", "demo", "--results", at("old"));
    expect(table).toMatch(/Left out: .*a\.json/);
    expect(table).toMatch(/Left out: .*b\.json/);
  });
});
