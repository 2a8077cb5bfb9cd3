import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunRecord } from "@tesserae/train";
import { beforeAll, describe, expect, it } from "vitest";
import { printed, runCommand } from "./fixtures/command-line.js";

const tiny = ["--scale", "smoke", "--set", "steps=2", "--set", "world.train=16", "--set", "batchSize=4"];
const engine = ["--backend", "ort", "--threads", "1", "--progress", "none"];

describe("the command line", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tesserae-program-"));
  });

  it("runs a recipe with settings and a miner of the user's, and prints what came of it", async () => {
    const miner = join(folder, "my-miner.mjs");
    await writeFile(miner, 'export default { name: "mine", version: "7", mine: (batch) => batch.map(() => []) };');
    const out = join(folder, "run");
    const text = await printed("run", "negclip", ...tiny, "--set", "seed=3", "--miner", miner, "--out", out, ...engine);
    const record = JSON.parse(await readFile(join(out, "run.json"), "utf8")) as RunRecord;
    expect(record).toMatchObject({ steps: 2, seed: 3, miner: { name: "mine", version: "7" } });
    expect(text).toContain("negclip: recipe negclip, scale smoke, miner mine 7");
    expect(text).toContain('miner "mine": 0 negatives');
    expect(text).toContain(`written to ${out}`);
  });

  it("writes the metrics as CSV besides, and doctor says what it finds in the run", async () => {
    const out = join(folder, "csv");
    await printed("run", "clip", ...tiny, "--set", "logEveryNSteps=1", "--report-to", "csv", "--out", out, ...engine);
    const [header, ...rows] = (await readFile(join(out, "metrics.csv"), "utf8")).trim().split("\n");
    const columns = header!.split(",");
    expect(columns.slice(0, 2)).toEqual(["part", "step"]);
    expect(columns).toEqual(
      expect.arrayContaining(["loss", "learningRate", "dataWaitShare", "validation.textToImage@1"]),
    );
    expect(rows.map((row) => row.split(",").slice(0, 2).join(" "))).toEqual([
      "train 0",
      "train 1",
      "train 2",
      "train 2",
    ]);
    const losses = rows.map((row) => row.split(",")[columns.indexOf("loss")]).filter(Boolean);
    expect(losses.every((loss) => Number(loss) > 0)).toBe(true);
    expect(losses).toHaveLength(2);
    await expect(printed("run", "clip", ...tiny, "--report-to", "tensorboard", ...engine)).rejects.toThrow(
      "no library that is kept up writes TensorBoard's event files from Node; take csv",
    );

    expect(await printed("doctor", out)).toContain(`${out}: finished, 2 records of the loss\n`);
    const stuck = Array.from({ length: 6 }, (_, index) => `{"step":${index + 3},"part":"train","loss":1.386}\n`);
    await appendFile(join(out, "metrics.jsonl"), `${stuck.join("")}{"step":9,"part":"tr`);
    await rm(join(out, "run.json"));
    expect(await printed("doctor", out)).toMatch(
      /: not finished, 8 records of the loss\nloss: the loss stays at 1\.386, that of guessing among 4 images/,
    );
    expect(process.exitCode).toBe(1);
    process.exitCode = 0;
    await expect(runCommand("doctor", join(folder, "nothing"))).rejects.toThrow(
      'holds no run; expected a folder that "train run" wrote, with recipe.json in it',
    );
  });

  it("runs several seeds, each in a folder of its own", async () => {
    const out = join(folder, "seeds");
    await printed("run", "clip", ...tiny, "--seeds", "2", "--out", out, ...engine);
    const seeds = await Promise.all(
      ["seed-0", "seed-1"].map(async (name) => JSON.parse(await readFile(join(out, name, "run.json"), "utf8")).seed),
    );
    expect(seeds).toEqual([0, 1]);
  });

  it("says what a paper's scale would do and what is missing for it", async () => {
    const text = await printed("run", "mosaiclip", "--scale", "coco", "--dry-run", "--progress", "none");
    expect(text).toContain("recipe mosaiclip, scale coco: train -> wise-ft");
    expect(text).toContain("5 epochs of 256 images, lr 0.00001, cosine after 50 steps of warm-up");
    expect(text).toContain("at most 4 positive and 6 negative; 50 % of the steps with 1 / 1 sub-graphs");
    expect(text).toMatch(/memory: about [\d.]+ GiB/);
    expect(text).toContain("vocabulary visual-genome-vocabulary: no such folder");
    expect(text).toContain("data coco: no such file or folder");
    expect(text).toContain("pretrained openai/clip-vit-base-patch32: not here");
  });

  it("says so of a scale that trains from scratch, where the model's weights are counted", async () => {
    const text = await printed("run", "mosaiclip", "--scale", "cc12m", "--dry-run", "--progress", "none");
    expect(text).toContain("32 epochs of 4096 images, lr 0.001, cosine after 5000 steps of warm-up");
    expect(text).toContain("at most 4 positive and 7 negative");
    expect(text).toMatch(/memory: about \d+\.\d GiB/);
  });

  it("tells mistakes before it begins", async () => {
    await expect(runCommand("run", "clip", "--set", "lr=0.1", "--set", "bachSize=3")).rejects.toThrow(
      'unknown flag "bachSize"; did you mean "batchSize"?',
    );
    await expect(runCommand("run", "clip", "--threads", "0")).rejects.toThrow("expected a whole number of at least 1");
    await expect(runCommand("run", "clip", "--progress", "loud")).rejects.toThrow(
      /Allowed choices are auto, bar, lines,/,
    );
    await expect(runCommand("prepare", "a.txt", "--out", folder)).rejects.toThrow(
      "option '--miner <name|module|file>' not",
    );
    await expect(runCommand("export", folder)).rejects.toThrow("option '--format <name>' not specified");
  });
});
