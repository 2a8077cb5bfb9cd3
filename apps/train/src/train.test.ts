import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createProgress, type Progress, parseConfig, train } from "@tesserae/train";
import { describe, expect, it } from "vitest";

const config = parseConfig(
  {
    name: "tiny",
    method: "mosaiclip",
    world: { seed: 1, train: 48, validation: 8 },
    steps: 6,
    batchSize: 8,
    warmup: 2,
    logEveryNSteps: 1,
    saveFrequency: 3,
    inspect: 1,
    model: {
      embedDim: 16,
      vision: { imageSize: 16, patchSize: 8, width: 16, layers: 1, heads: 2 },
      text: { width: 16, layers: 1, heads: 2 },
    },
  },
  "test",
);

const folder = () => mkdtemp(join(tmpdir(), "tesserae-train-"));
const quiet: Progress = createProgress("none");
const silent: Progress = { ...quiet, note: () => {} };

/** Breaks the run off in the middle, as a kill would. */
const breaksOffAt = (last: number): Progress => ({
  ...silent,
  step: ({ step }) => {
    if (step === last) throw new Error("broken off");
  },
});

const weights = (out: string) => readFile(join(out, "checkpoint", "model.safetensors"));
const metrics = async (out: string) =>
  (await readFile(join(out, "metrics.jsonl"), "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe("train", () => {
  it("gives the same bytes twice, and resumed after a break", async () => {
    const [whole, again, broken] = [await folder(), await folder(), await folder()];
    const record = await train(config, { out: whole, progress: silent, backend: "ort", threads: 1 });
    await train(config, { out: again, progress: silent, backend: "ort", threads: 1 });
    const failed = train(config, { out: broken, progress: breaksOffAt(5), backend: "ort", threads: 1 });
    await expect(failed).rejects.toThrow("broken off");
    await train(config, { out: broken, progress: silent, backend: "ort", threads: 1, resume: true });

    expect((await weights(again)).equals(await weights(whole))).toBe(true);
    expect((await weights(broken)).equals(await weights(whole))).toBe(true);
    const losses = async (out: string) => (await metrics(out)).map(({ step, loss }) => [step, loss]);
    expect(await losses(broken)).toEqual(await losses(whole));
    expect((await metrics(whole)).map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 6]);

    expect(record.samplesSeen).toBe(48);
    expect(record.miner).toEqual({ name: "mosaiclip", version: "2" });
    expect(record.backend.name).toBe("ort");
    expect(Object.keys(record.validation)).toContain("textToImage@1");
    expect(record.coverage.map(({ miner }) => miner)).toEqual(["mosaiclip", "negclip", "structure-clip"]);
  });

  it("tells what to do when there is nothing to resume", async () => {
    const run = train(config, { out: await folder(), progress: silent, backend: "ort", resume: true });
    await expect(run).rejects.toThrow("--resume:");
  });

  it("refuses captions without images", async () => {
    const file = join(await folder(), "captions.txt");
    await writeFile(file, "a dog\n\na cat\n");
    const run = train({ ...config, data: file }, { out: await folder(), progress: silent, backend: "ort" });
    await expect(run).rejects.toThrow("captions.txt: holds captions without images");
  });

  it("names the folder that is not there", async () => {
    const run = train({ ...config, data: "no/such/folder" }, { out: await folder(), progress: silent, backend: "ort" });
    await expect(run).rejects.toThrow("no/such/folder");
  });
});
