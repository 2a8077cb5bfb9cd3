import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodePng } from "@tesserae/data";
import { createProgress, type Progress, parseConfig, prepare, train } from "@tesserae/train";
import { worldDataset } from "@tesserae/world";
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
    const resumed = await train(config, { out: broken, progress: silent, backend: "ort", threads: 1, resume: true });
    expect(resumed.loss).toEqual(record.loss);
    const finished = train(config, { out: broken, progress: silent, backend: "ort", threads: 1, resume: true });
    await expect(finished).rejects.toThrow(/has all of its 6 steps; start anew without --resume/);
    expect(JSON.parse(await readFile(join(broken, "run.json"), "utf8")).validation).toEqual(record.validation);

    expect((await weights(again)).equals(await weights(whole))).toBe(true);
    expect((await weights(broken)).equals(await weights(whole))).toBe(true);
    const losses = async (out: string) => (await metrics(out)).map(({ step, loss }) => [step, loss]);
    expect(await losses(broken)).toEqual(await losses(whole));
    expect((await metrics(whole)).map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 6]);

    const other = { ...config, lr: 0.5, model: { ...config.model, embedDim: 8 } };
    const changed = train(other, { out: broken, progress: silent, backend: "ort", threads: 1, resume: true });
    await expect(changed).rejects.toThrow(
      /trained with another configuration: lr was 0.001 and is 0.5, model.embedDim was 16 and is 8; set it back/,
    );

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
    await writeFile(file, "a dog\na cat\n");
    const run = train({ ...config, data: file }, { out: await folder(), progress: silent, backend: "ort" });
    await expect(run).rejects.toThrow("captions.txt: holds captions without images");
  });

  it("refuses a file whose images are not there, and says what to give", async () => {
    const out = await folder();
    await writeFile(join(out, "annotations.jsonl"), '{"file": "a.png", "captions": ["a dog"]}\n\n');
    const run = train({ ...config, data: out }, { out: await folder(), progress: silent, backend: "ort" });
    await expect(run).rejects.toThrow("its images are not beside it; say where they are, as in --set images=");
  });

  it("trains on a prepared folder as it does on captions that it mines itself", async () => {
    const photos = await folder();
    await mkdir(join(photos, "images"));
    const { samples, loadImage } = worldDataset({ seed: 2, split: "train", count: 24 });
    const lines: string[] = [];
    for (const [index, { image, captions }] of samples.entries()) {
      await writeFile(join(photos, "images", `${index}.png`), await encodePng(await loadImage(image)));
      lines.push(JSON.stringify({ file: `${index}.png`, captions: [captions[0], `${captions[0]} \u0007 again`] }));
    }
    await writeFile(join(photos, "annotations.jsonl"), lines.join("\n"));
    const prepared = await folder();
    await prepare({
      captions: photos,
      out: prepared,
      miner: "mosaiclip",
      seed: config.seed,
      workers: 1,
      format: "jsonl",
      timeLimit: 30,
      progress: silent,
    });
    const [mined, read] = [await folder(), await folder()];
    const options = { progress: silent, backend: "ort", threads: 1 };
    const once = { ...config, inspect: 0, negatives: "once" as const };
    await train({ ...once, data: photos }, { ...options, out: mined });
    const images = join(photos, "images");
    const record = await train({ ...config, inspect: 0, data: prepared, images }, { ...options, out: read });
    expect((await weights(read)).equals(await weights(mined))).toBe(true);
    expect(record.miner?.name).toBe("mosaiclip");
    const anew = await folder();
    await train({ ...config, inspect: 0, data: photos }, { ...options, out: anew });
    expect((await weights(anew)).equals(await weights(mined))).toBe(false);

    const wrong = (settings: object) =>
      train({ ...config, inspect: 0, data: prepared, ...settings }, { ...options, out: anew });
    await expect(wrong({})).rejects.toThrow("say where their images are, as in --set images=");
    await expect(wrong({ images, miner: "negclip" })).rejects.toThrow(/prepared with miner mosaiclip \d+, not negclip/);
    await expect(wrong({ images: prepared })).rejects.toThrow("none of its images is in");
  });

  it("names the folder that is not there", async () => {
    const run = train({ ...config, data: "no/such/folder" }, { out: await folder(), progress: silent, backend: "ort" });
    await expect(run).rejects.toThrow("no/such/folder");
  });
});
