import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import {
  belowLastBlocks,
  bert,
  createClip,
  createTokenizer,
  defineTower,
  encodeImages,
  freeze,
  gemma,
  loadClip,
  readWeights,
  resnet,
  saveClip,
  swin,
  vit,
} from "@tesserae/models";
import { expect, test } from "vitest";
import { z } from "zod";
import { tinyClip, tinyConfig, uniform } from "../fixtures/tiny-clip.js";

/** The mean colour of an image, which the tower projects to the embedding space itself. */
const meanColour = defineTower({
  kind: "image",
  name: "mean-colour",
  version: "2",
  schema: z.strictObject({ imageSize: z.int().positive() }),
  parameters: (_, embedDim) => [{ name: "colour.weight", shape: [3, embedDim], init: { std: 1 } }],
  encode: (pixels, _, { read }) => tf.matMul(tf.mean(pixels, [1, 2]), read("colour.weight") as tf.Tensor2D),
});

test("a tower as a value stands in for a configuration", () => {
  const clip = createClip({ ...tinyConfig, vision: meanColour({ imageSize: 5 }) }, { rng: uniform(1) });
  expect(clip.config.vision).toEqual({ type: "mean-colour", imageSize: 5 });
  expect(clip.variables.has("visual_projection.weight")).toBe(false);
  const weight = clip.variables.get("vision_model.colour.weight")!.arraySync() as number[][];
  const [embedded] = encodeImages(
    clip,
    tf.mul(tf.ones([1, 5, 5, 3]), tf.tensor1d([0, 2, 0])) as tf.Tensor4D,
  ).arraySync();
  const norm = Math.hypot(...weight[1]!);
  embedded!.forEach((value, d) => {
    expect(value).toBeCloseTo(weight[1]![d]! / norm, 5);
  });
});

test("the built-in towers are such values", () => {
  const towers = [
    vit({ imageSize: 8, patchSize: 4, width: 8, layers: 2, heads: 2 }),
    resnet({ imageSize: 32, width: 2, layers: [1, 1, 1, 2], heads: 2 }),
    swin({ imageSize: 16, patchSize: 2, width: 4, layers: [1, 1], heads: [1, 2], windowSize: 4 }),
    bert({ contextLength: 12, vocabSize: 20, width: 8, layers: 1, heads: 2 }),
    gemma({ contextLength: 9, vocabSize: 20, width: 8, layers: 2, heads: 2, keyHeads: 1, hiddenWidth: 4 }),
  ];
  expect(towers.map(({ name, version, kind, width, blocks }) => [name, version, kind, width, blocks])).toEqual([
    ["vit", "1", "image", 8, ["encoder.layers.0", "encoder.layers.1"]],
    ["resnet", "1", "image", undefined, ["layer1.0", "layer2.0", "layer3.0", "layer4.0", "layer4.1"]],
    ["swin", "1", "image", 8, ["layers.0.blocks.0", "layers.1.downsample", "layers.1.blocks.0"]],
    ["bert", "1", "text", 8, ["encoder.layer.0"]],
    ["gemma", "1", "text", 8, ["layers.0", "layers.1"]],
  ]);
  expect(towers[4]!.options).toMatchObject({ headSize: 256, queryScalar: 256, trainableLayers: 2, pool: "last" });
});

test("names the option that is wrong, and a tower of the wrong kind", () => {
  expect(() => meanColour({ imageSize: 0 })).toThrow("vision.imageSize is 0;");
  expect(() => gemma({ ...gemmaOptions, trainableLayers: -1 })).toThrow(
    "text.trainableLayers is -1; a whole number from 0 on is expected.",
  );
  expect(() => createClip({ ...tinyConfig, text: meanColour({ imageSize: 5 }) as never }, { rng: uniform(1) })).toThrow(
    'text is the image tower "mean-colour"; one of kind "text" is expected.',
  );
});

const gemmaOptions = { contextLength: 9, vocabSize: 20, width: 8, layers: 2, heads: 2, keyHeads: 1, hiddenWidth: 4 };

test("a checkpoint keeps the tower's name and version, and is refused by another version", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tesserae-tower-"));
  const directory = join(folder, "model");
  const clip = createClip({ ...tinyConfig, vision: meanColour({ imageSize: 5 }) }, { rng: uniform(1) });
  const tokenizer = createTokenizer({ corpus: ["a dog"], vocabSize: 514, contextLength: 12 });
  await saveClip(clip, tokenizer, directory);
  const loaded = await loadClip(directory, { towers: [meanColour] });
  expect([...(await readWeights(loaded.clip))]).toEqual([...(await readWeights(clip))]);

  await expect(loadClip(directory)).rejects.toThrow(
    'vision.type is "mean-colour"; expected one of vit, resnet, swin. A tower of your own is handed in as one of `towers`.',
  );
  const config = join(directory, "config.json");
  await writeFile(config, (await readFile(config, "utf8")).replace('"vision": "2"', '"vision": "1"'));
  await expect(loadClip(directory, { towers: [meanColour] })).rejects.toThrow(
    'config.json: the vision tower "mean-colour" was saved in version "1"; "2" is here.',
  );
  await rm(folder, { recursive: true });
});

test("all but the last blocks of a tower are frozen", () => {
  const clip = tinyClip();
  freeze(clip, belowLastBlocks(clip, "text", 1));
  const frozen = [...clip.variables].filter(([, { trainable }]) => !trainable).map(([name]) => name);
  expect(frozen.filter((name) => !name.includes(".layers.0."))).toEqual([
    "text_model.embeddings.token_embedding.weight",
    "text_model.embeddings.position_embedding.weight",
  ]);
  expect(frozen).toHaveLength(2 + 16);
  expect(() => belowLastBlocks(clip, "image", 3)).toThrow("belowLastBlocks: blocks is 3; the image tower has 2.");
});
