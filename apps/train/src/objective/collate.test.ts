import type { Dataset } from "@tesserae/data";
import { buildVocabulary } from "@tesserae/negatives";
import { parse } from "@tesserae/scene-graph";
import { parseConfig } from "@tesserae/train";
import { describe, expect, it } from "vitest";
import { createImageStore } from "../data/image-store.js";
import { createMethod } from "../method.js";
import { createBatchSource } from "./collate.js";

const captions = [
  "a red dog left of a blue cat",
  "a dog",
  "a green boat above a house",
  "a red dog left of a blue cat",
];

/** Four images; the third cannot be read. */
const dataset: Dataset = {
  name: "four",
  revision: "1",
  problems: [],
  samples: captions.map((caption, index) => ({ id: `${index}`, image: `${index}.jpg`, captions: [caption] })),
  loadImage: async (path) => {
    if (path === "2.jpg") throw new Error("2.jpg: truncated");
    return { width: 3, height: 2, data: new Uint8Array(3 * 3 * 2).fill(Number.parseInt(path, 10)) };
  },
};

async function source(methodName: string, batchSize: number, settings: Record<string, unknown> = {}) {
  const config = parseConfig({ name: "test", method: methodName, steps: 1, batchSize, ...settings }, "test");
  const method = await createMethod(config, buildVocabulary(captions.map((caption) => parse(caption))));
  const images = createImageStore(dataset, 2);
  return { images, batches: createBatchSource({ dataset, images, parse, method, batchSize, seed: 5 }) };
}

describe("createBatchSource", () => {
  it("holds every different text once and says whose it is", async () => {
    const { batches } = await source("negclip", 4);
    const batch = await batches.batch(0);
    expect(new Set(batch.texts).size).toBe(batch.texts.length);
    expect([...batch.positiveImage]).toEqual([0, 1, 2, 3]);
    expect([...batch.negativeImage]).toEqual([0, 1, 2, 3]);
    expect(batch.textRow).toHaveLength(8);
    expect([...batch.mask.subarray(0, 4)]).toEqual([1, 1, 1, 1]);
    const byImage = [0, 1, 2, 3].map((image) => batch.texts[batch.textRow[image]!]);
    const negativeOf = (caption: string) => batch.mask[4 + byImage.indexOf(caption)];
    expect(negativeOf("a dog")).toBe(0);
    expect(negativeOf("a red dog left of a blue cat")).toBe(1);
  });

  it("replaces an unreadable image by the next readable one and reports it", async () => {
    const { batches, images } = await source("clip", 4);
    const { images: pixels } = await batches.batch(0);
    expect(pixels.map(({ data }) => data[0]).sort()).toEqual([0, 1, 3, 3]);
    expect([...images.unreadable]).toEqual([["2.jpg", "2.jpg: truncated"]]);
  });

  it("makes a batch from the seed and the step alone, every image once an epoch", async () => {
    const inOrder = (await source("mosaiclip", 2)).batches;
    const all = [await inOrder.batch(0), await inOrder.batch(1), await inOrder.batch(2)];
    const later = (await source("mosaiclip", 2)).batches;
    expect(later.stepsPerEpoch).toBe(2);
    expect(await later.batch(2)).toEqual(all[2]);
    expect(all[0]).not.toEqual(all[2]);
  });

  it("holds MosaiCLIP's texts once, each with every image that its caption says it of", async () => {
    const { batches } = await source("mosaiclip", 4);
    const { texts, textRow, mask, matches, images } = await batches.batch(0);
    const row = (image: number) => matches!.subarray(image * mask.length, (image + 1) * mask.length);
    const positives = [...mask.keys()].filter((place) => place < 4 * 4 && mask[place] === 1);
    expect(new Set(positives.map((place) => textRow[place])).size).toBe(positives.length);
    const dog = positives.find((place) => texts[textRow[place]!] === "a dog")!;
    const [aDog, boat] = ["a dog", "a green boat above a house"].map((caption) => captions.indexOf(caption));
    for (const [index, { data }] of images.entries()) {
      const path = data[0]!; // the third image is replaced by the fourth, which has a dog
      expect(row(index)[dog]).toBe(path === boat ? 0 : 1);
      const own = texts.filter((_, at) =>
        [...textRow.keys()].some((place) => textRow[place] === at && row(index)[place] === 1),
      );
      if (path === aDog) expect(own.sort()).toEqual(["a dog", "dog"]);
    }
    expect(matches!.every((value, at) => value === 0 || mask[at % mask.length] === 1)).toBe(true);
  });

  it("gives each text to its own image alone with matching own, and for the other methods", async () => {
    expect((await (await source("mosaiclip", 4, { matching: "own" })).batches.batch(0)).matches).toBeUndefined();
    expect((await (await source("negclip", 4)).batches.batch(0)).matches).toBeUndefined();
  });
});
