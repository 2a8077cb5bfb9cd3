import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { createScorer, createTokenizer, encodeImages, encodeTexts, packTokens, preprocess } from "@tesserae/models";
import { expect, test } from "vitest";
import { tinyClip } from "../fixtures/tiny-clip.js";

const tokenizer = createTokenizer({ corpus: ["a dog", "a dog"], vocabSize: 520, contextLength: 12 });
const clip = tinyClip();
const image = (path: string, size: number) => ({
  width: size,
  height: size,
  data: Uint8Array.from({ length: size * size * 3 }, (_, i) => (i * path.length * 37) % 256),
});
const scorer = createScorer(clip, tokenizer, {
  loadImage: async (path, size) => {
    if (path === "broken") throw new Error("broken: cannot be decoded");
    return image(path, size);
  },
  batchSize: 2,
  name: "tiny",
  revision: "1",
});

function expectRows(found: readonly Float32Array[], expected: tf.Tensor2D): void {
  const rows = expected.arraySync();
  expect(found).toHaveLength(rows.length);
  found.forEach((row, i) => {
    row.forEach((value, d) => {
      expect(value).toBeCloseTo(rows[i]![d]!, 5);
    });
  });
}

test("embeds images in batches, in the order given", async () => {
  const paths = ["a", "bbb", "cc"];
  expectRows(
    await scorer.embedImages(paths),
    encodeImages(
      clip,
      preprocess(
        paths.map((path) => image(path, 8)),
        8,
      ),
    ),
  );
});

test("embeds texts of any length in the order given", async () => {
  const texts = ["a dog", "a very long dog", "", "dogs", "a dog"];
  const tokens = packTokens(
    texts.map((text) => tokenizer.encode(text)),
    { chunks: 1 },
  );
  expectRows(await scorer.embedTexts(texts), encodeTexts(clip, tokens));
});

test("refuses batches of nothing", () => {
  const loadImage = async () => image("a", 8);
  expect(() => createScorer(clip, tokenizer, { loadImage, batchSize: 0, name: "tiny", revision: "1" })).toThrow(
    "createScorer: batchSize is 0; a positive whole number is expected.",
  );
});

test("leaks no tensors, takes nothing, and passes on what the image loader throws", async () => {
  const before = tf.memory().numTensors;
  await scorer.embedImages(["a", "b", "c"]);
  await scorer.embedTexts(["a"]);
  await expect(scorer.embedImages(["a", "broken"])).rejects.toThrow("broken: cannot be decoded");
  expect(tf.memory().numTensors).toBe(before);
  expect(await scorer.embedImages([])).toEqual([]);
  expect(await scorer.embedTexts([])).toEqual([]);
});
