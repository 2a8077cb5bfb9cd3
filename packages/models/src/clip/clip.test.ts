import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import {
  type ClipConfig,
  clampLogitScale,
  clipFromWeights,
  createClip,
  encodeImages,
  encodeTexts,
  ModelError,
  packTokens,
  readWeights,
} from "@tesserae/models";
import { registerGradients } from "@tesserae/tfjs-backend-ort/gradients";
import { beforeAll, describe, expect, test } from "vitest";
import { expectFiniteDifferences } from "../fixtures/finite-differences.js";
import { tinyClip, tinyConfig, uniform } from "../fixtures/tiny-clip.js";

beforeAll(registerGradients);

test("has Hugging Face's names and shapes", () => {
  const { variables } = tinyClip();
  const shape = (name: string) => variables.get(name)?.shape;
  expect(shape("logit_scale")).toEqual([]);
  expect(shape("vision_model.embeddings.class_embedding")).toEqual([8]);
  expect(shape("vision_model.embeddings.patch_embedding.weight")).toEqual([8, 3, 4, 4]);
  expect(shape("vision_model.embeddings.position_embedding.weight")).toEqual([5, 8]);
  expect(shape("vision_model.pre_layrnorm.weight")).toEqual([8]);
  expect(shape("text_model.embeddings.token_embedding.weight")).toEqual([520, 8]);
  expect(shape("text_model.encoder.layers.0.self_attn.q_proj.weight")).toEqual([8, 8]);
  expect(shape("text_model.encoder.layers.1.mlp.fc1.weight")).toEqual([16, 8]);
  expect(shape("text_model.encoder.layers.1.mlp.fc2.weight")).toEqual([8, 16]);
  expect(shape("text_projection.weight")).toEqual([6, 8]);
  expect(variables.size).toBe(78);
});

test("starts image positions as wide as asked, and nothing else otherwise", async () => {
  const usual = await readWeights(createClip(tinyConfig, { rng: uniform(3) }));
  const wide = await readWeights(createClip(tinyConfig, { rng: uniform(3), imagePositionStd: 2 }));
  const name = "vision_model.embeddings.position_embedding.weight";
  const factor = 2 * Math.sqrt(8); // the usual one is width^-0.5
  wide.get(name)!.data.forEach((value, i) => {
    expect(value).toBeCloseTo(usual.get(name)!.data[i]! * factor, 5);
  });
  const others = (weights: typeof usual) => [...weights].filter(([other]) => other !== name);
  expect(others(wide)).toEqual(others(usual));
});

test("starts as CLIP does and repeats with the same random numbers", async () => {
  const config: ClipConfig = { ...tinyConfig, text: { ...tinyConfig.text, width: 64, heads: 4 } };
  const weights = await readWeights(createClip(config, { rng: uniform(3) }));
  const again = await readWeights(createClip(config, { rng: uniform(3) }));
  expect([...again]).toEqual([...weights]);
  const deviation = (name: string) => {
    const { data } = weights.get(name)!;
    return Math.sqrt(data.reduce((sum, x) => sum + x * x, 0) / data.length);
  };
  const close = (name: string, expected: number) => expect(deviation(name) / expected).toBeCloseTo(1, 1);
  close("text_model.embeddings.token_embedding.weight", 0.02);
  close("text_model.embeddings.position_embedding.weight", 0.01);
  close("text_model.encoder.layers.0.self_attn.k_proj.weight", 0.125); // 64^-0.5
  close("text_model.encoder.layers.0.self_attn.out_proj.weight", 0.0625); // 64^-0.5 · 4^-0.5
  close("text_model.encoder.layers.0.mlp.fc1.weight", 0.0883883); // 128^-0.5
  expect(deviation("text_model.encoder.layers.0.mlp.fc1.bias")).toBe(0);
  expect(weights.get("logit_scale")!.data[0]).toBeCloseTo(2.65926, 6);
});

describe("logit scale", () => {
  test("is the exponential of its logarithm, at most 100, with a gradient beyond the bound", () => {
    const clip = tinyClip();
    const variable = clip.variables.get("logit_scale")!;
    expect(clip.logitScale().dataSync()[0]).toBeCloseTo(1 / 0.07, 4);
    variable.assign(tf.scalar(7));
    expect(clip.logitScale().dataSync()[0]).toBeCloseTo(100, 3);
    const { grads } = tf.variableGrads(() => clip.logitScale(), [variable]);
    expect(grads[variable.name]!.dataSync()[0]).toBeCloseTo(100, 3);
    clampLogitScale(clip);
    expect(variable.dataSync()[0]).toBeCloseTo(4.6051702, 6);
    variable.assign(tf.scalar(-1));
    clampLogitScale(clip);
    expect(variable.dataSync()[0]).toBe(0);
  });
});

test.each(["class", "mean", "none"] as const)("image embeddings (%s) have length one, one row an image", (pool) => {
  const clip = tinyClip({ vision: { ...tinyConfig.vision, pool } });
  const pixels = tf.randomNormal<tf.Rank.R4>([3, 8, 8, 3], 0, 1, "float32", 5);
  const embedded = encodeImages(clip, pixels);
  expect(embedded.shape).toEqual([3, 6]);
  for (const length of tf.norm(embedded, 2, 1).dataSync()) expect(length).toBeCloseTo(1, 5);
  const alone = encodeImages(clip, tf.slice(pixels, [1, 0, 0, 0], [1, 8, 8, 3])).dataSync();
  const together = embedded.dataSync().subarray(6, 12);
  alone.forEach((value, d) => {
    expect(value).toBeCloseTo(together[d]!, 5);
  });
  expect(() => encodeImages(clip, tf.zeros([1, 8, 4, 3]))).toThrow(
    "encodeImages: pixels are [1,8,4,3]; this model takes [images, 8, 8, 3].",
  );
});

test("patches see their own pixels: changing one corner changes the embedding, as does moving it", () => {
  const clip = tinyClip();
  const image = (row: number, column: number) =>
    tf
      .buffer(
        [1, 8, 8, 3],
        "float32",
        Float32Array.from({ length: 192 }, (_, i) => (i === (row * 8 + column) * 3 ? 5 : 0)),
      )
      .toTensor();
  const [corner, moved, inside] = [image(0, 0), image(7, 7), image(1, 0)].map((x) =>
    encodeImages(clip, x as tf.Tensor4D),
  );
  const distance = (a: tf.Tensor, b: tf.Tensor) => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]!;
  expect(distance(corner!, moved!)).toBeGreaterThan(0.01);
  expect(distance(corner!, inside!)).toBeGreaterThan(0.01);
});

test("leaks no tensors", () => {
  const before = tf.memory().numTensors;
  const clip = tinyClip();
  expect(tf.memory().numTensors).toBe(before + clip.variables.size);
  const pixels = tf.zeros<tf.Rank.R4>([2, 8, 8, 3]);
  const tokens = packTokens([
    [518, 1, 519],
    [518, 1, 2, 3, 519],
  ]);
  const loss = () =>
    tf.mul(
      tf.sum(tf.matMul(encodeImages(clip, pixels), encodeTexts(clip, tokens), false, true)),
      clip.logitScale(),
    ) as tf.Scalar;
  const { value, grads } = tf.variableGrads(loss, [...clip.variables.values()]);
  expect(Object.keys(grads)).toHaveLength(clip.variables.size);
  tf.dispose([value, grads, pixels]);
  clip.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test.each(["gelu", "quick_gelu"] as const)(
  "gradients of both towers agree with finite differences (%s)",
  (activation) => {
    const clip = tinyClip(
      { activation, vision: { ...tinyConfig.vision, layers: 1 }, text: { ...tinyConfig.text, layers: 1 } },
      4,
    );
    const pixels = tf.randomNormal<tf.Rank.R4>([2, 8, 8, 3], 0, 1, "float32", 6);
    const tokens = packTokens(
      [
        [518, 7, 519],
        [518, 9, 8, 7, 519],
      ],
      { chunks: 2 },
    );
    const target = tf.tensor2d([
      [1, -2],
      [0.5, 3],
    ]);
    const loss = () => {
      const cosines = tf.matMul(encodeImages(clip, pixels), encodeTexts(clip, tokens), false, true);
      return tf.mul(tf.sum(tf.mul(cosines, target)), clip.logitScale()) as tf.Scalar;
    };
    expectFiniteDifferences(clip, loss);
  },
);

test("names what does not fit in a configuration", () => {
  const make = (config: Partial<ClipConfig>) => () => createClip({ ...tinyConfig, ...config }, { rng: uniform(1) });
  expect(make({ vision: { ...tinyConfig.vision, heads: 3 } })).toThrow(
    "vision.width is 8, which 3 heads cannot share evenly.",
  );
  expect(make({ vision: { ...tinyConfig.vision, patchSize: 3 } })).toThrow(
    "vision.imageSize is 8, which is no multiple of vision.patchSize 3.",
  );
  expect(make({ embedDim: 0 })).toThrow("embedDim is 0; a positive whole number is expected.");
  expect(make({ activation: "relu" as "gelu" })).toThrow('activation is "relu"; expected one of gelu, quick_gelu.');
  expect(make({ vision: { ...tinyConfig.vision, pooling: "mean" } as typeof tinyConfig.vision })).toThrow(
    "vision.pooling is unknown; the fields of vision are type, imageSize, patchSize, width, layers, heads, mlpRatio, pool.",
  );
  expect(make({ activations: "gelu" } as Partial<ClipConfig>)).toThrow("config.activations is unknown;");
  expect(make({ text: undefined as unknown as typeof tinyConfig.text })).toThrow(
    "text is undefined; an object is expected.",
  );
});

test("lists unknown, missing and misshaped weights", async () => {
  const clip = tinyClip();
  const weights = new Map(await readWeights(clip));
  weights.delete("logit_scale");
  weights.set("extra", { shape: [1], data: new Float32Array(1) });
  weights.set("text_projection.weight", { shape: [8, 6], data: new Float32Array(48) });
  weights.set("visual_projection.weight", { shape: [6, 8], data: new Float32Array(47) });
  expect(() => clipFromWeights(clip.config, weights)).toThrow(
    new ModelError(
      "The weights do not fit the configuration: logit_scale is missing; extra is unknown; visual_projection.weight is 6x8, but has 47 numbers; text_projection.weight is 8x6, expected 6x8.",
    ),
  );
});
