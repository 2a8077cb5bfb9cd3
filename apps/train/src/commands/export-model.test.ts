import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { createClip, createTokenizer, loadClip, readWeights, saveClip } from "@tesserae/models";
import { seededRng } from "@tesserae/scene-graph/random";
import { selectBackend } from "@tesserae/tfjs-backend-ort";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exportModel } from "./export-model.js";

let folder: string;

beforeAll(async () => {
  await selectBackend({ backend: "ort", threads: 1 });
  folder = await mkdtemp(join(tmpdir(), "tesserae-export-"));
  const tokenizer = createTokenizer({ corpus: ["a dog", "a dog"], vocabSize: 520, contextLength: 12 });
  const clip = createClip(
    {
      embedDim: 4,
      vision: { imageSize: 8, patchSize: 4, width: 4, layers: 1, heads: 1 },
      text: { contextLength: 12, vocabSize: 520, width: 4, layers: 1, heads: 1 },
    },
    { rng: seededRng(1) },
  );
  await saveClip(clip, tokenizer, join(folder, "run", "checkpoint"));
  clip.dispose();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("a run's model is written in every format, beside it, and leaves no tensors", async () => {
  const weights = async (path: string) => {
    const { clip } = await loadClip(path);
    const found = [...(await readWeights(clip))].sort(([a], [b]) => (a < b ? -1 : 1));
    clip.dispose();
    return found;
  };
  const expected = await weights(join(folder, "run", "checkpoint"));
  const before = tf.memory().numTensors;
  const hf = await exportModel(join(folder, "run"), "hf");
  const openClip = await exportModel(join(folder, "run"), "open_clip");
  const onnx = await exportModel(join(folder, "run", "checkpoint"), "onnx", join(folder, "elsewhere"));
  expect(tf.memory().numTensors).toBe(before);
  expect([hf, openClip, onnx]).toEqual([
    join(folder, "run", "checkpoint-hf"),
    join(folder, "run", "checkpoint-open_clip"),
    join(folder, "elsewhere"),
  ]);
  expect(await weights(hf)).toEqual(expected);
  expect(await weights(openClip)).toEqual(expected);
  expect((await stat(hf)).mode & 0o777).toBe(0o777 & ~process.umask());
  expect((await stat(join(hf, "model.safetensors"))).mode & 0o777).toBe(0o666 & ~process.umask());
  expect((await readdir(join(onnx, "onnx"))).sort()).toEqual(["text_model.onnx", "vision_model.onnx"]);
});
