import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { encodePng, openDataset } from "@tesserae/data";
import { registerGradients } from "@tesserae/tfjs-backend-ort";
import { beforeAll, describe, expect, it } from "vitest";
import { batchOf, dataOf } from "../fixtures/recipe-batch.js";
import { scaleOf } from "../fixtures/scale-of.js";

beforeAll(async () => {
  registerGradients();
  await tf.setBackend("cpu");
});

describe("CLIP and NegCLIP", () => {
  it("the TSV's own negatives and hard images are what trains", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tesserae-tsv-"));
    await mkdir(join(folder, "images"));
    const rows = ["a red dog", "a blue cat", "a green bird"].map(
      (title, row) => `${row}\t${title}\t${row}.png\t['given ${row}']\t[${(row + 1) % 3}]`,
    );
    await writeFile(join(folder, "train.tsv"), `\ttitle\tfilepath\tneg_caption\tneg_image\n${rows.join("\n")}\n`);
    const png = await encodePng({ width: 1, height: 1, data: new Uint8Array(3) });
    for (const row of rows.keys()) await writeFile(join(folder, "images", `${row}.png`), png);
    const { samples } = await openDataset(join(folder, "train.tsv"), { imageFolder: join(folder, "images") });
    const data = dataOf(samples.map((sample, index) => ({ ...sample, image: `${index}.png` })));
    const { texts, images } = await batchOf("negclip", ["batchSize=3"], { data });
    expect(images).toBe(6);
    const rowOf = { "a red dog": 0, "a blue cat": 1, "a green bird": 2 } as Record<string, number>;
    const shown = texts.map(({ positives }) => rowOf[positives[0]!]!);
    expect(texts.map(({ negatives }) => negatives[0])).toEqual(shown.map((row) => `given ${row}`));
    expect(shown.slice(3)).toEqual(shown.slice(0, 3).map((row) => (row + 1) % 3));
  });

  it("256 images make a batch of 512 images and 1,024 texts", async () => {
    const things = [
      "dog",
      "cat",
      "bird",
      "horse",
      "boat",
      "box",
      "table",
      "tree",
      "man",
      "woman",
      "cup",
      "car",
      "fence",
      "house",
      "bag",
      "hat",
    ];
    const pairs = things.flatMap((a) => things.map((b) => `a red ${a} beside a blue ${b}`));
    const data = dataOf(pairs.map((text, i) => ({ captions: [text], hardNegativeImages: [(i + 1) % pairs.length] })));
    const { images, places } = await batchOf("negclip", ["batchSize=256"], { data });
    expect(images).toBe(512);
    expect(places).toEqual([512, 512]);
  }, 60_000);

  it("the authors' command: batch 256, 5 epochs, 1e-6, 50 steps of warm-up", async () => {
    const { flags } = await scaleOf("negclip", "coco");
    expect(flags).toMatchObject({
      batchSize: 256,
      epochs: 5,
      lr: 1e-6,
      warmup: 50,
      pretrained: "openai/clip-vit-base-patch32",
    });
  });
});
