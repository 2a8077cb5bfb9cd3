import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodePng, openDataset } from "@tesserae/data";
import { seededRng } from "@tesserae/scene-graph/random";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createImageStore } from "./image-store.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tesserae-store-"));
  await mkdir(join(folder, "images"));
});
afterAll(() => rm(folder, { recursive: true }));

/** A photo of 256 x 280 pixels whose red grows downwards. */
function ramp() {
  const [width, height] = [256, 280];
  const red = (pixel: number) => Math.floor((Math.floor(pixel / width) * 255) / height);
  return { width, height, data: Uint8Array.from({ length: width * height * 3 }, (_, i) => (i % 3 ? 0 : red(i / 3))) };
}

test("a photo is decoded whole and resized once: the rows that torchvision gives", async () => {
  await writeFile(join(folder, "images", "ramp.png"), await encodePng(ramp()));
  await writeFile(join(folder, "annotations.jsonl"), '{"file": "ramp.png", "captions": ["a ramp"]}\n');
  const dataset = await openDataset(folder);
  const store = createImageStore(dataset, 224);
  const image = await store.read(dataset.samples[0]!.image);
  expect([image!.width, image!.height]).toEqual([224, 224]);
  expect([0, 1, 2].map((row) => image!.data[row * 224 * 3])).toEqual([10, 11, 12]);
});

test("keeps images at the model's size, and no more than the limit", async () => {
  let loaded = 0;
  const loadImage = async () => {
    loaded++;
    return ramp();
  };
  const dataset = { name: "ramps", revision: "1", problems: [], samples: [], loadImage };
  const store = createImageStore(dataset, 8, { maxBytes: 2 * 8 * 8 * 3 });
  const sizes: number[] = [];
  for (const name of ["a", "b", "c", "a", "b", "c"]) sizes.push((await store.read(name))!.data.length);
  expect(sizes).toEqual([192, 192, 192, 192, 192, 192]);
  expect(loaded).toBe(4); // c is beyond the limit, and read again
});

test("crops at random where that is asked for: the same for the same random numbers, the whole image without", async () => {
  const dataset = { name: "ramps", revision: "1", problems: [], samples: [], loadImage: async () => ramp() };
  const store = createImageStore(dataset, 8, { cropScale: 0.5 });
  const [one, same, other] = [1, 1, 2].map((seed) => store.read("a", seededRng("crop", seed)));
  expect((await one)!.data).toEqual((await same)!.data);
  expect((await one)!.data).not.toEqual((await other)!.data);
  expect((await store.read("a"))!.data).toEqual((await createImageStore(dataset, 8).read("a"))!.data);
});
