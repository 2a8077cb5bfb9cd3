import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import {
  createScorer,
  createTokenizer,
  encodeImages,
  encodeTexts,
  type ImageRef,
  packTokens,
  preprocess,
} from "@tesserae/models";
import { expect, test } from "vitest";
import { tinyClip } from "../fixtures/tiny-clip.js";

const tokenizer = createTokenizer({ corpus: ["a dog", "a dog"], vocabSize: 520, contextLength: 12 });
const clip = tinyClip();
/** A whole image of 11 x 9 pixels. */
const image = (path: string) => ({
  width: 11,
  height: 9,
  data: Uint8Array.from({ length: 11 * 9 * 3 }, (_, i) => (i * path.length * 37) % 256),
});
const scorer = createScorer(clip, tokenizer, {
  loadImage: async (ref: ImageRef) => {
    const name = "path" in ref ? ref.path : ref.name;
    if (name === "broken") throw new Error("broken: cannot be decoded");
    return image(name);
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
    await scorer.embedImages(paths.map((path) => ({ path }))),
    encodeImages(clip, preprocess(paths.map(image), 8)),
  );
});

test("a box is cut out of the whole image before it is resized; bytes are an image too", async () => {
  const { width, data } = image("a");
  const rows = Array.from({ length: 6 }, (_, row) =>
    data.subarray(((row + 2) * width + 3) * 3, ((row + 2) * width + 8) * 3),
  );
  const cut = { width: 5, height: 6, data: Uint8Array.from(rows.flatMap((row) => [...row])) };
  expectRows(
    await scorer.embedImages([{ bytes: new Uint8Array(), name: "a", box: [3, 2, 5, 6] }, { path: "a" }]),
    encodeImages(clip, preprocess([cut, image("a")], 8)),
  );
  await expect(scorer.embedImages([{ path: "a", box: [3, 2, 0, 6] }])).rejects.toThrow(
    "cropImage: the box [3, 2, 0, 6] holds no pixel of a 11 x 9 image; [left, top, width, height] is expected.",
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
  const loadImage = async () => image("a");
  expect(() => createScorer(clip, tokenizer, { loadImage, batchSize: 0, name: "tiny", revision: "1" })).toThrow(
    "createScorer: batchSize is 0; a positive whole number is expected.",
  );
});

test("leaks no tensors, takes nothing, and passes on what the image loader throws", async () => {
  const before = tf.memory().numTensors;
  await scorer.embedImages(["a", "b", "c"].map((path) => ({ path })));
  await scorer.embedTexts(["a"]);
  await expect(scorer.embedImages([{ path: "a" }, { path: "broken" }])).rejects.toThrow("broken: cannot be decoded");
  expect(tf.memory().numTensors).toBe(before);
  expect(await scorer.embedImages([])).toEqual([]);
  expect(await scorer.embedTexts([])).toEqual([]);
});
