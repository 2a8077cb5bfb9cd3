import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bench } from "../fixtures/bench.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "judge-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const equal = `export default {
  name: "all-equal", revision: "1",
  embedImages: async (images) => images.map(() => Float32Array.of(1, 0)),
  embedTexts: async (captions) => captions.map(() => Float32Array.of(1, 0)),
};`;
/** The first relation three times, the second once; the last is left out of the mean. */
const relations = ["on", "on", "on", "under", "near"];
const region = (relation: string, index: number) => ({
  ...{ image_path: `${index}.jpg`, bbox_x: 0, bbox_y: 0, bbox_w: 9, bbox_h: 9, relation_name: relation },
  ...(relation === "on"
    ? { true_caption: "a dog on a box", false_caption: "a box that is on a dog" }
    : { true_caption: "a box that is under a dog", false_caption: "a dog under a box" }),
});

it("says how the same predictions count by other policies, each with its name", async () => {
  await writeFile(join(folder, "equal.mjs"), equal);
  await mkdir(join(folder, "aro", "images"), { recursive: true });
  await writeFile(join(folder, "aro", "visual_genome_relation.json"), JSON.stringify(relations.map(region)));
  await writeFile(join(folder, "aro", "symmetric_relations.json"), '["near"]');
  const models = ["--model", join(folder, "equal.mjs"), "--model", "text:shortest"];
  const out = join(folder, "out");
  await bench("run", "aro/vg-relation", "--data", folder, ...models, "--out", out, "--backend", "cpu");
  const lines = (await bench("judge", out)).split("\n").map((line) => line.split(/ {2,}/).slice(1, 9));
  const shown = (model: string) => lines.filter(([name]) => name === model).map(([, ...rest]) => rest.join(" | "));
  const reference = "macro, rare and symmetric relations left out";
  expect(shown("all-equal")).toEqual([
    `${reference} | first-index-wins | macro | accuracy | 0.0 | 50.0 | 4`,
    "macro, all relations | first-index-wins | macro | accuracy | 0.0 | 50.0 | 5",
    "micro | first-index-wins | micro | accuracy | 0.0 | 50.0 | 5",
    `${reference}, positive-must-win | positive-must-win | macro | accuracy | 0.0 | 50.0 | 4`,
    `${reference}, tie-is-right | tie-is-right | macro | accuracy | 100.0 | 50.0 | 4`,
  ]);
  // Right where the true caption is the shorter one: 3 of "on", none of "under" and "near".
  expect(shown("text-shortest")).toEqual([
    `${reference} | first-index-wins | macro | accuracy | 50.0 | 50.0 | 4`,
    "macro, all relations | first-index-wins | macro | accuracy | 33.3 | 50.0 | 5",
    "micro | first-index-wins | micro | accuracy | 60.0 | 50.0 | 5",
  ]);
});
