import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AutoTokenizer,
  CLIPTextModelWithProjection,
  CLIPVisionModelWithProjection,
  env,
  Tensor as TransformersTensor,
} from "@huggingface/transformers";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import {
  type Clip,
  type ClipConfig,
  createTokenizer,
  encodeImages,
  encodeTexts,
  exportOnnx,
  packTokens,
  type TextConfig,
} from "@tesserae/models";
import { registerOrtBackend, toOnnx } from "@tesserae/tfjs-backend-ort";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tinyClip } from "../fixtures/tiny-clip.js";

const tokenizer = createTokenizer({ corpus: ["a dog", "a dog"], vocabSize: 520, contextLength: 12 });
const captions = ["a dog", "A red DOG!", "a dog and a dog"];
const pixels = Float32Array.from({ length: 2 * 3 * 8 * 8 }, (_, i) => Math.sin(i));
const gemma = {
  type: "gemma" as const,
  contextLength: 12,
  vocabSize: 520,
  width: 8,
  layers: 2,
  heads: 2,
  keyHeads: 1,
  headSize: 4,
  hiddenWidth: 12,
  trainableLayers: 1,
} satisfies TextConfig;
let folder: string;

beforeAll(async () => {
  registerOrtBackend({ threads: 1 });
  await tf.setBackend("ort");
  folder = await mkdtemp(join(tmpdir(), "tesserae-onnx-"));
});
afterAll(async () => {
  await tf.setBackend("cpu");
  tf.removeBackend("ort");
  await rm(folder, { recursive: true, force: true });
});

/** What the model itself gives: image and text embeddings of length one. */
async function expectedOf(clip: Clip, images: Float32Array, size: number) {
  const image = tf.tidy(() =>
    encodeImages(clip, tf.transpose(tf.tensor4d(images, [2, 3, size, size]), [0, 2, 3, 1]) as tf.Tensor4D),
  );
  const text = encodeTexts(clip, packTokens(captions.map((caption) => tokenizer.encode(caption))));
  return { image: await image.data(), text: await text.data() };
}

/** Largest difference after each row is brought to length one. */
function distance(rows: ArrayLike<number>, expected: ArrayLike<number>, width = 6): number {
  expect(rows.length).toBe(expected.length);
  return Math.max(
    ...Array.from(expected, (value, i) => {
      const first = i - (i % width);
      const norm = Math.hypot(...Array.from({ length: width }, (_, d) => rows[first + d]!));
      return Math.abs(rows[i]! / norm - value);
    }),
  );
}

const padded = captions.flatMap((caption) => {
  const ids = Array.from(tokenizer.encode(caption));
  return [...ids, ...Array.from({ length: 12 - ids.length }, () => tokenizer.padId)];
});

test.each<[string, Partial<ClipConfig>, number]>([
  ["vision transformer", { activation: "gelu" }, 8],
  ["QuickGELU", { activation: "quick_gelu" }, 8],
  ["ResNet", { vision: { type: "resnet", imageSize: 32, width: 2, layers: [1, 1, 1, 1], heads: 2 } }, 32],
  [
    "Swin",
    {
      vision: { type: "swin", imageSize: 16, patchSize: 2, width: 4, layers: [2, 1], heads: [1, 2], windowSize: 4 },
    },
    16,
  ],
])("onnxruntime gives the model's embeddings (%s)", async (name, config, size) => {
  const clip = tinyClip(config);
  const directory = join(folder, name);
  await exportOnnx(clip, tokenizer, directory, { toOnnx });
  expect((await readdir(join(directory, "onnx"))).sort()).toEqual(["text_model.onnx", "vision_model.onnx"]);
  const images = Float32Array.from({ length: 2 * 3 * size * size }, (_, i) => Math.sin(i));
  const expected = await expectedOf(clip, images, size);

  const vision = await InferenceSession.create(join(directory, "onnx", "vision_model.onnx"));
  const { image_embeds: image } = await vision.run({ pixel_values: new Tensor("float32", images, [2, 3, size, size]) });
  expect(image!.dims).toEqual([2, 6]);
  expect(distance(image!.data as Float32Array, expected.image)).toBeLessThan(1e-5);
  await vision.release();

  const text = await InferenceSession.create(join(directory, "onnx", "text_model.onnx"));
  const ids = new Tensor("int64", padded.map(BigInt), [3, 12]);
  const { text_embeds: embedded } = await text.run({ input_ids: ids });
  expect(distance(embedded!.data as Float32Array, expected.text)).toBeLessThan(1e-5);
  await text.release();
  clip.dispose();
});

test("@huggingface/transformers opens the folder and gives the model's embeddings", async () => {
  const clip = tinyClip();
  const directory = join(folder, "for-transformers");
  await exportOnnx(clip, tokenizer, directory, { toOnnx });
  const expected = await expectedOf(clip, pixels, 8);
  env.allowRemoteModels = false;
  env.localModelPath = folder;

  const tokenise = await AutoTokenizer.from_pretrained("for-transformers");
  const inputs = tokenise([...captions], { padding: "max_length", truncation: true });
  expect(Array.from(inputs.input_ids.data as BigInt64Array, Number)).toEqual(padded);

  const options = { dtype: "fp32", device: "cpu" } as const;
  const text = await CLIPTextModelWithProjection.from_pretrained("for-transformers", options);
  const { text_embeds: embedded } = await text(inputs);
  expect(distance(embedded.data, expected.text)).toBeLessThan(1e-5);

  const vision = await CLIPVisionModelWithProjection.from_pretrained("for-transformers", options);
  const { image_embeds: image } = await vision({
    pixel_values: new TransformersTensor("float32", pixels, [2, 3, 8, 8]),
  });
  expect(distance(image.data, expected.image)).toBeLessThan(1e-5);
  await Promise.all([text.dispose(), vision.dispose()]);
  clip.dispose();
});

test.each<readonly [string, TextConfig]>([
  ["bert", { type: "bert", contextLength: 12, vocabSize: 520, width: 8, layers: 1, heads: 2, pool: "mean" }],
  ["gemma", gemma],
  ["gemma, mean", { ...gemma, pool: "mean" as const }],
])("other text towers are exported too, read at the first end token (%s)", async (name, text) => {
  const clip = tinyClip({ text });
  const directory = join(folder, name);
  await exportOnnx(clip, tokenizer, directory, { toOnnx });
  const expected = await expectedOf(clip, pixels, 8);
  const session = await InferenceSession.create(join(directory, "onnx", "text_model.onnx"));
  const ids = new Tensor("int64", padded.map(BigInt), [3, 12]);
  const { text_embeds: embedded } = await session.run({ input_ids: ids });
  expect(distance(embedded!.data as Float32Array, expected.text)).toBeLessThan(1e-5);
  await session.release();
  clip.dispose();
});
