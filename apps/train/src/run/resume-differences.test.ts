import { appendFile, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { encodePng } from "@tesserae/data";
import { loadRecipe, runRecipe } from "@tesserae/train";
import { beforeAll, describe, expect, it } from "vitest";
import { breaksOffAt, folder, runTiny, silent, weightsOf } from "../fixtures/runs.js";

// What a run was made of is compared before it is gone on with: each difference is named and refused.

const settings = ["saveFrequency=1"];

async function photos(): Promise<string> {
  const at = await folder();
  await mkdir(join(at, "images"));
  const lines: string[] = [];
  for (let index = 0; index < 12; index++) {
    const data = new Uint8Array(16 * 16 * 3).fill(20 * index);
    await writeFile(join(at, "images", `${index}.png`), await encodePng({ width: 16, height: 16, data }));
    lines.push(JSON.stringify({ file: `${index}.png`, captions: [`a dog number ${index}`] }));
  }
  await writeFile(join(at, "annotations.jsonl"), lines.join("\n"));
  return at;
}

const miner = (version: string, more = "") =>
  `export default { name: "mine", version: "${version}", mine: (batch) => batch.map(() => []) };${more}`;

/** Runs NegCLIP on photos with a miner from a file; broken off after the second step unless told otherwise. */
async function runWith(out: string, data: string, file: string, options: object = {}) {
  const flags = ["steps=4", "batchSize=4", "warmup=1", "logEveryNSteps=1", ...settings, `data=${data}`];
  const recipe = await loadRecipe({ recipe: "negclip", scale: "smoke", settings: flags, miner: file });
  return runRecipe(recipe, { out, progress: silent, backend: "ort", threads: 1, ...options });
}

describe("--resume", () => {
  let out: string;
  let data: string;
  let file: string;
  let minerFolder: string;
  /** A miner in a file of its own: a file that was imported once is not read again. */
  const minerFile = async (name: string, content: string) => {
    await writeFile(join(minerFolder, name), content);
    return join(minerFolder, name);
  };
  beforeAll(async () => {
    out = await folder();
    data = await photos();
    minerFolder = await folder();
    file = await minerFile("mine.mjs", miner("1"));
    await expect(runWith(out, data, file, { progress: breaksOffAt(2) })).rejects.toThrow("broken off");
  });
  const resume = (options: object = {}, by = file) => runWith(out, data, by, { resume: true, ...options });

  it("refuses another version of a miner, and a changed file of the same version", async () => {
    const newer = await minerFile("newer.mjs", miner("2"));
    await expect(resume({}, newer)).rejects.toThrow(/flags\.miner\.version was "1" and is "2"/);
    const changed = await minerFile("changed.mjs", miner("1", "// changed"));
    await expect(resume({}, changed)).rejects.toThrow(
      /was made of something else: files\.miner was "\w{64}" and is "\w{64}"/,
    );
  });

  it("refuses another backend", async () => {
    await expect(resume({ backend: "cpu" })).rejects.toThrow('backend was "ort" and is "cpu"');
  });

  it("refuses changed data, so that no held-out image becomes a training one", async () => {
    const annotations = join(data, "annotations.jsonl");
    const before = await readFile(annotations, "utf8");
    await appendFile(annotations, `\n${JSON.stringify({ file: "0.png", captions: ["one more caption"] })}`);
    await expect(resume()).rejects.toThrow(/was made of something else: train\.data\.train was ".+" and is ".+"/);
    await writeFile(annotations, before);
  });

  it("goes on where the run, its data and its miner were only moved", async () => {
    const whole = await folder();
    await runWith(whole, data, file);
    const moved = { out: `${out}-moved`, data: `${data}-moved`, file: file.replace("mine.mjs", "moved.mjs") };
    await rename(out, moved.out);
    await rename(data, moved.data);
    await rename(file, moved.file);
    await runWith(moved.out, moved.data, moved.file, { resume: true });
    expect((await weightsOf(moved.out)).equals(await weightsOf(whole))).toBe(true);
  });

  it("says what differs where it is allowed, and writes it down", async () => {
    const other = await folder();
    await expect(runTiny("clip", other, settings, { progress: breaksOffAt(2) })).rejects.toThrow("broken off");
    const made = join(other, "recipe.json");
    const content = JSON.parse(await readFile(made, "utf8"));
    expect(content).toMatchObject({ recipe: "clip", backend: "ort", device: "cpu", precision: "fp32" });
    await writeFile(made, JSON.stringify({ ...content, precision: "fp16", device: "webgpu" }));
    await expect(runTiny("clip", other, settings, { resume: true })).rejects.toThrow(
      'device was "webgpu" and is "cpu", precision was "fp16" and is "fp32"',
    );
    const record = await runTiny("clip", other, settings, { resume: true, allowChanges: true });
    expect(record.changes).toEqual(['device was "webgpu" and is "cpu"', 'precision was "fp16" and is "fp32"']);
    expect(record.weights).toMatch(/^sha256:[0-9a-f]{16}$/);
  });
});
