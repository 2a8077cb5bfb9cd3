import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodePng, openDataset, splitByImage, streamCaptions } from "@tesserae/data";
import { afterAll, beforeAll, expect, it } from "vitest";
import textBesidePhoto from "./my-reader.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tesserae-my-reader-"));
  const photo = await encodePng({ width: 2, height: 1, data: Uint8Array.of(1, 2, 3, 4, 5, 6) });
  for (const name of ["beach", "city", "lake"]) await writeFile(join(folder, `${name}.png`), photo);
  await writeFile(join(folder, "beach.txt"), "a red umbrella behind two chairs\nan umbrella\n");
  await writeFile(join(folder, "city.txt"), "a bus\n");
});
afterAll(() => rm(folder, { recursive: true }));

it("reads the folder, reports what is missing, and loads whole photos", async () => {
  const photos = await openDataset(folder, { readers: [textBesidePhoto()] });
  expect(photos.samples).toEqual([
    { id: "beach", image: join(folder, "beach.png"), captions: ["a red umbrella behind two chairs", "an umbrella"] },
    { id: "city", image: join(folder, "city.png"), captions: ["a bus"] },
  ]);
  expect(photos.problems).toEqual([`${join(folder, "lake.txt")}: no captions beside lake.png; skipped`]);
  const image = await photos.loadImage(photos.samples[0]!.image);
  expect([image.width, image.height, ...image.data]).toEqual([2, 1, 1, 2, 3, 4, 5, 6]);
});

it("is a value like the readers that are built in", async () => {
  const photos = await openDataset(textBesidePhoto(folder));
  const [first, second] = splitByImage(photos, { fraction: 0.5, seed: 1 });
  expect([first.samples.length, second.samples.length]).toEqual([1, 1]);
  const captions: string[] = [];
  for await (const record of streamCaptions(folder, { readers: [textBesidePhoto()] })) {
    if ("caption" in record) captions.push(record.caption);
  }
  expect(captions).toEqual(["a red umbrella behind two chairs", "an umbrella", "a bus"]);
});
