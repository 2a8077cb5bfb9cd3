import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import {
  type BertConfig,
  type ClipConfig,
  clipFromWeights,
  createClip,
  encodeImages,
  encodeTexts,
  type GemmaConfig,
  packTokens,
  type ResNetConfig,
  type SwinConfig,
  type TextConfig,
  type VisionConfig,
} from "@tesserae/models";
import { registerGradients } from "@tesserae/tfjs-backend-ort/gradients";
import { beforeAll, expect, test } from "vitest";
import { expectFiniteDifferences } from "../fixtures/finite-differences.js";
import { seededWeights } from "../fixtures/seeded-weights.js";
import { tinyConfig, uniform } from "../fixtures/tiny-clip.js";

// Numbers are held against the reference implementations in parity.test.ts.

beforeAll(registerGradients);

const resnet: ResNetConfig = { type: "resnet", imageSize: 32, width: 2, layers: [1, 1, 1, 1], heads: 2 };
const swin: SwinConfig = {
  type: "swin",
  imageSize: 16,
  patchSize: 2,
  width: 4,
  layers: [2, 1],
  heads: [1, 2],
  windowSize: 4,
};
const bert: BertConfig = { type: "bert", contextLength: 12, vocabSize: 520, width: 8, layers: 1, heads: 2 };
const gemma: GemmaConfig = {
  type: "gemma",
  contextLength: 12,
  vocabSize: 520,
  width: 8,
  layers: 3,
  heads: 2,
  keyHeads: 1,
  headSize: 4,
  hiddenWidth: 12,
  trainableLayers: 1,
};
const texts = [
  [518, 1, 519],
  [518, 1, 2, 3, 519],
];

const create = (config: Partial<ClipConfig>) => createClip({ ...tinyConfig, ...config }, { rng: uniform(1) });

test.each<[string, VisionConfig, number]>([
  ["resnet", resnet, 32],
  ["swin", swin, 16],
])("%s gives one embedding of length one for each image, leaking nothing", (_, vision, size) => {
  const clip = create({ vision });
  const pixels = tf.randomNormal<tf.Rank.R4>([3, size, size, 3], 0, 1, "float32", 5);
  const before = tf.memory().numTensors;
  const embedded = encodeImages(clip, pixels);
  expect(tf.memory().numTensors).toBe(before + 1);
  expect(embedded.shape).toEqual([3, 6]);
  for (const length of tf.norm(embedded, 2, 1).dataSync()) expect(length).toBeCloseTo(1, 5);
  const alone = encodeImages(clip, tf.slice(pixels, [1, 0, 0, 0], [1, size, size, 3])).dataSync();
  alone.forEach((value, d) => {
    expect(value).toBeCloseTo(embedded.dataSync()[6 + d]!, 5);
  });
});

test.each<[string, TextConfig]>([
  ["bert, class", bert],
  ["bert, mean", { ...bert, pool: "mean" as const }],
  ["gemma, last", gemma],
  ["gemma, mean", { ...gemma, pool: "mean" as const }],
])("%s gives the same embeddings whatever the padding, leaking nothing", (_, text) => {
  const clip = create({ text });
  const before = tf.memory().numTensors;
  const ragged = encodeTexts(clip, packTokens(texts, { chunks: 2, lengthMultiple: 1 }));
  expect(tf.memory().numTensors).toBe(before + 1);
  expect(ragged.shape).toEqual([2, 6]);
  for (const length of tf.norm(ragged, 2, 1).dataSync()) expect(length).toBeCloseTo(1, 5);
  const padded = encodeTexts(clip, packTokens(texts, { chunks: 1, minimumLengths: [12], padId: 7 }));
  padded.dataSync().forEach((value, i) => {
    expect(value).toBeCloseTo(ragged.dataSync()[i]!, 5);
  });
});

// A ResNet's slopes jump at every ReLU; its gradients are held against PyTorch's in parity.test.ts.
test.each<[string, VisionConfig, TextConfig]>([
  ["swin, bert", { ...swin, imageSize: 8, layers: [2], heads: [2], windowSize: 2 }, bert],
  ["vit, gemma", { ...tinyConfig.vision, layers: 1 }, { ...gemma, layers: 2 }],
])("gradients agree with finite differences (%s)", (_, vision, text) => {
  const base = create({ vision, text });
  const clip = clipFromWeights(base.config, seededWeights(base.parameters));
  const size = vision.imageSize!;
  const pixels = tf.randomNormal<tf.Rank.R4>([2, size, size, 3], 0, 1, "float32", 6);
  const tokens = packTokens(texts, { chunks: 2 });
  const target = tf.tensor2d([
    [1, -2],
    [0.5, 3],
  ]);
  expectFiniteDifferences(clip, () => {
    const cosines = tf.matMul(encodeImages(clip, pixels), encodeTexts(clip, tokens), false, true);
    return tf.mul(tf.sum(tf.mul(cosines, target)), clip.logitScale()) as tf.Scalar;
  });
});

test("only the last layers of a Gemma tower are trained, and they look ahead", () => {
  const clip = create({ text: gemma });
  const trained = [...clip.variables].filter(([name, { trainable }]) => name.startsWith("text_model") && trainable);
  expect(trained.map(([name]) => name.replace(/^text_model\./, ""))).toEqual([
    "layers.2.input_layernorm.weight",
    "layers.2.self_attn.q_proj.weight",
    "layers.2.self_attn.k_proj.weight",
    "layers.2.self_attn.v_proj.weight",
    "layers.2.self_attn.o_proj.weight",
    "layers.2.post_attention_layernorm.weight",
    "layers.2.pre_feedforward_layernorm.weight",
    "layers.2.mlp.gate_proj.weight",
    "layers.2.mlp.up_proj.weight",
    "layers.2.mlp.down_proj.weight",
    "layers.2.post_feedforward_layernorm.weight",
    "norm.weight",
  ]);
  const { grads } = tf.variableGrads(
    () => tf.sum(encodeTexts(clip, packTokens(texts))) as tf.Scalar,
    [...clip.variables.values()],
  );
  expect(grads[clip.variables.get("text_model.layers.1.mlp.up_proj.weight")!.name]).toBeFalsy();
  expect(grads[clip.variables.get("text_model.layers.2.mlp.up_proj.weight")!.name]).toBeTruthy();
});

test("batch normalisation moves its running statistics in training only", () => {
  const clip = create({ vision: resnet });
  const pixels = tf.randomNormal<tf.Rank.R4>([3, 32, 32, 3], 2, 1, "float32", 5);
  const running = clip.variables.get("vision_model.bn1.running_mean")!;
  encodeImages(clip, pixels);
  expect(Array.from(running.dataSync())).toEqual([0]);
  encodeImages(clip, pixels, { training: true });
  expect(running.dataSync()[0]).not.toBe(0);
  expect(running.trainable).toBe(false);
});

test("names what does not fit in a tower", () => {
  const vision = (config: VisionConfig) => () => create({ vision: config });
  const text = (config: TextConfig) => () => create({ text: config });
  expect(vision({ ...resnet, imageSize: 40 })).toThrow("vision.imageSize is 40; a ResNet takes multiples of 32.");
  expect(vision({ ...resnet, layers: [1, 1, 1, 0] as const })).toThrow(
    "vision.layers[3] is 0; a positive whole number is expected.",
  );
  expect(vision({ type: "resnet", imageSize: 32, width: 2 } as unknown as VisionConfig)).toThrow(
    "vision.layers is undefined; a list of the blocks of four stages, such as [3, 4, 6, 3], is expected.",
  );
  expect(vision({ ...swin, windowSize: 3 })).toThrow(
    "vision.imageSize is 16: stage 0 has 8 patches a side, which windows of 3 do not tile.",
  );
  expect(vision({ ...swin, heads: [1] })).toThrow(
    "vision.layers is [2,1] and vision.heads [1]; one number for each stage is expected in both.",
  );
  expect(vision({ type: "cnn" } as unknown as VisionConfig)).toThrow(
    'vision.type is "cnn"; expected one of vit, resnet, swin.',
  );
  expect(text({ ...bert, heads: 3 })).toThrow("text.width is 8, which 3 heads cannot share evenly.");
  expect(text({ ...gemma, keyHeads: 3 })).toThrow("text.heads is 2, which text.keyHeads 3 does not divide.");
  expect(text({ ...gemma, trainableLayers: 4 })).toThrow(
    "text.trainableLayers is 4; a whole number from 0 to 3 is expected.",
  );
});
