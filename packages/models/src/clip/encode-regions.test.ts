import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { type Clip, createClip, encodeFeatureMap, encodeImages, encodeRegionFeatures } from "@tesserae/models";
import { registerGradients } from "@tesserae/tfjs-backend-ort/gradients";
import { beforeAll, expect, test } from "vitest";
import { tinyConfig, uniform } from "../fixtures/tiny-clip.js";

beforeAll(registerGradients);

const vit = { imageSize: 8, patchSize: 4, width: 8, layers: 2, heads: 2 } as const;
const resnet = { type: "resnet", imageSize: 32, width: 2, layers: [1, 1, 1, 1], heads: 2 } as const;
const create = (vision: object): Clip =>
  createClip({ ...tinyConfig, vision: vision as typeof vit }, { rng: uniform(1) });
const pixelsOf = (side: number): tf.Tensor4D => tf.randomNormal<tf.Rank.R4>([2, side, side, 3], 0, 1, "float32", 5);

test.each([
  ["vit, mean", { ...vit, pool: "mean" }, [2, 2, 2, 8]],
  ["resnet", resnet, [2, 2, 2, 32]],
])("%s: the whole map pools to what encodeImages gives, leaking nothing", (_, vision, shape) => {
  const clip = create(vision);
  const pixels = pixelsOf(clip.towers.image.imageSize);
  const before = tf.memory().numTensors;
  const map = encodeFeatureMap(clip, pixels);
  expect(map.shape).toEqual(shape);
  const regions = encodeRegionFeatures(clip, map);
  expect(tf.memory().numTensors).toBe(before + 2);
  const images = encodeImages(clip, pixels).dataSync();
  regions.dataSync().forEach((value, index) => {
    expect(value).toBeCloseTo(images[index]!, 5);
  });
});

test("a class token takes part in the map and is not in it", () => {
  const clip = create({ ...vit, pool: "class" });
  const map = encodeFeatureMap(clip, pixelsOf(8));
  expect(map.shape).toEqual([2, 2, 2, 8]);
  const token = clip.variables.get("vision_model.embeddings.class_embedding")!;
  token.assign(tf.mul(token, 3));
  const other = encodeFeatureMap(clip, pixelsOf(8));
  expect(Math.max(...tf.abs(tf.sub(map, other)).dataSync())).toBeGreaterThan(1e-3);
});

test("towers without features of regions say so", () => {
  const clip = create({ ...vit, pool: "none" });
  expect(() => encodeFeatureMap(clip, pixelsOf(8))).toThrow('image tower "vit"');
});
