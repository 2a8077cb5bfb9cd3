import { truncateSync } from "node:fs";
import { readdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openDataset, splitByImage } from "@tesserae/data";
import { prepare } from "@tesserae/train";
import { afterEach, describe, expect, it, vi } from "vitest";
import { breaksOffAt, folder, photoFolder, runTiny, silent, weightsOf } from "../fixtures/runs.js";

// Trouble that comes in the middle of a run: images that cannot be read any more, a clock that is set back, a checkpoint that was cut off.

describe("an image that cannot be read any more", () => {
  it("in the middle of the run is left out, and listed in the record", async () => {
    const photos = await photoFolder(30);
    const flags = [`data=${photos}`, "batchSize=2", "steps=14", "validationFraction=0.2", "seed=0"];
    const [train] = splitByImage(await openDataset(photos), { fraction: 0.8, seed: 0 });
    const step = ({ step: done }: { step: number }) => {
      if (done === 1) for (const { image } of train.samples) truncateSync(image, 40);
    };
    const record = await runTiny("clip", await folder(), flags, { progress: { ...silent, step } });
    const [part] = record.parts as unknown as [{ unreadableImages: string[]; trainImages: number }];
    expect(record.steps).toBe(14);
    expect(part.trainImages).toBe(24);
    expect(part.unreadableImages.length).toBeGreaterThan(10); // those that were read before stay in memory
    expect(part.unreadableImages.length).toBeLessThan(24);
    expect(part.unreadableImages[0]).toContain(photos);
    expect(record.loss!.last).toBeTypeOf("number");
  });

  it("as all of them ends the run in one line, and with the images back it goes on", async () => {
    const photos = await photoFolder(12);
    const [whole, out] = [await folder(), await folder()];
    const flags = [`data=${photos}`, "saveFrequency=1", "validationFraction=0.34"];
    await runTiny("clip", whole, flags);
    await expect(runTiny("clip", out, flags, { progress: breaksOffAt(2) })).rejects.toThrow("broken off");
    const images = join(photos, "images");
    const kept = new Map<string, Buffer>();
    for (const name of await readdir(images)) {
      kept.set(name, await readFile(join(images, name)));
      await truncate(join(images, name), 40);
    }
    await expect(runTiny("clip", out, flags, { resume: true })).rejects.toThrow(
      /0 of \d held-out images can be read; at least 2 are needed to validate with/,
    );
    for (const [name, content] of kept) await writeFile(join(images, name), content);
    await runTiny("clip", out, flags, { resume: true });
    expect((await weightsOf(out)).equals(await weightsOf(whole))).toBe(true);
  });
});

describe("a clock that is set back", () => {
  afterEach(() => vi.useRealTimers());

  it("in the middle of a run and before it goes on changes nothing: checkpoints are found by number, locks by process", async () => {
    const [whole, out] = [await folder(), await folder()];
    await runTiny("clip", whole, ["saveFrequency=1"]);
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2030-05-01") });
    const back = (to: string, last: number) => ({
      ...silent,
      step: ({ step }: { step: number }) => {
        if (step === 1) vi.setSystemTime(new Date(to));
        if (step === last) throw new Error("broken off");
      },
    });
    await expect(runTiny("clip", out, ["saveFrequency=1"], { progress: back("2001-01-01", 3) })).rejects.toThrow(
      "broken off",
    );
    vi.setSystemTime(new Date("1999-01-01"));
    const notes: string[] = [];
    const progress = { ...silent, note: (line: string) => notes.push(line) };
    const record = await runTiny("clip", out, ["saveFrequency=1"], { resume: true, progress });
    expect(notes).toContain("goes on from step 2 of 4");
    expect(record.seconds).toBeGreaterThan(0);
    expect((await weightsOf(out)).equals(await weightsOf(whole))).toBe(true);
  });
});

describe("a checkpoint that was cut off", () => {
  it("as the only one is named, and the run begins at its first step again, to the same weights", async () => {
    const [whole, out] = [await folder(), await folder()];
    await runTiny("clip", whole, ["saveFrequency=1", "keep=1"]);
    await expect(runTiny("clip", out, ["saveFrequency=1", "keep=1"], { progress: breaksOffAt(3) })).rejects.toThrow();
    const moments = join(out, "1-train", "checkpoints", "00000002", "optimizer.bin");
    await truncate(moments, (await stat(moments)).size - 7);
    const notes: string[] = [];
    const progress = { ...silent, note: (line: string) => notes.push(line) };
    await runTiny("clip", out, ["saveFrequency=1", "keep=1"], { resume: true, progress });
    expect(notes.join("\n")).toMatch(/00000002 is left out: optimizer\.bin has \d+ bytes instead of \d+/);
    expect((await weightsOf(out)).equals(await weightsOf(whole))).toBe(true);
  });
});

it("trains on the table that prepare writes for NegCLIP, to the end and through its last validation", async () => {
  const photos = await photoFolder(24);
  const prepared = await folder();
  const settings = { captions: photos, out: prepared, miner: "negclip", seed: 0, workers: 1, timeLimit: 30 };
  await prepare({ ...settings, format: "negclip-tsv", progress: silent });
  const images = join(photos, "images");
  const record = await runTiny("negclip", await folder(), [
    `data=${join(prepared, "negclip.tsv")}`,
    `images=${images}`,
    "validationFraction=0.25",
  ]);
  expect(record.steps).toBe(4);
  expect(record.validation!["textToImage@1"]!.n).toBeGreaterThanOrEqual(2);
});
