import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import * as tf from "@tensorflow/tfjs-core";
import { decodeImage } from "@tesserae/data";
import { clipFromWeights, createScorer, tokenizerFromMerges } from "@tesserae/models";
import { registerOrtBackend } from "@tesserae/tfjs-backend-ort";
import { afterAll, beforeAll, expect, test } from "vitest";
import { resolveClip } from "../clip/clip-config.js";
import { clipParameters } from "../clip/clip-parameters.js";
import { seededWeights } from "../fixtures/seeded-weights.js";

// Real photos judged by the reference: a difference in decoding, resizing, cutting or tokenising shows in the margins.

/** Written by tools/oracles/sugarcrepe_pixels.py. */
interface Fixture {
  readonly items: number;
  readonly photos: number;
  readonly margins: readonly number[];
}

const shared = fileURLToPath(new URL("../../../../../shared/data/", import.meta.url));
const files = {
  photos: `${shared}photos/annotations.jsonl`,
  items: `${shared}sugarcrepe/swap_obj.json`,
  merges: `${shared}clip/bpe_simple_vocab_16e6.txt.gz`,
};
const missing = Object.values(files).filter((file) => !existsSync(file));
if (missing.length > 0) console.log(`Skipped: ${missing.join(", ")} not there.`);

beforeAll(async () => {
  registerOrtBackend({ threads: 2 });
  await tf.setBackend("ort");
});
afterAll(async () => {
  await tf.setBackend("cpu");
  tf.removeBackend("ort");
});

/** OpenAI's ViT-B/32, its weights made from their names. */
function seededModel() {
  const config = {
    embedDim: 512,
    vision: { imageSize: 224, patchSize: 32, width: 768, layers: 12, heads: 12 },
    text: { contextLength: 77, vocabSize: 49_408, width: 512, layers: 12, heads: 8 },
  };
  const { config: resolved, towers } = resolveClip(config);
  return clipFromWeights(config, seededWeights(clipParameters(resolved, towers)));
}

test.skipIf(missing.length > 0)(
  "no item of SugarCrepe's swap_obj is judged otherwise than by transformers with torchvision",
  async () => {
    const path = new URL("../fixtures/sugarcrepe-pixels.json", import.meta.url);
    const reference: Fixture = JSON.parse(readFileSync(path, "utf8"));
    const photos = readFileSync(files.photos, "utf8").trim().split("\n");
    const items: { caption: string; negative_caption: string }[] = Object.values(
      JSON.parse(readFileSync(files.items, "utf8")),
    );
    expect([items.length, photos.length]).toEqual([reference.items, reference.photos]);
    const clip = seededModel();
    const tokenizer = tokenizerFromMerges(gunzipSync(readFileSync(files.merges)).toString("utf8"));
    const scorer = createScorer(clip, tokenizer, {
      loadImage: (image: { readonly path: string }) => decodeImage(image.path),
      batchSize: 49,
      name: "seeded ViT-B/32",
      revision: "seeded",
    });
    const images = await scorer.embedImages(
      items.map((_, i) => ({ path: `${shared}photos/images/${JSON.parse(photos[i % photos.length]!).file}` })),
    );
    const texts = await scorer.embedTexts(items.flatMap((item) => [item.caption, item.negative_caption]));
    clip.dispose();
    const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, d) => sum + value * b[d]!, 0);
    const margins = images.map((image, i) => cosine(image, texts[2 * i]!) - cosine(image, texts[2 * i + 1]!));
    const judgedOtherwise = margins.filter((margin, i) => Math.sign(margin) !== Math.sign(reference.margins[i]!));
    const farthest = Math.max(...margins.map((margin, i) => Math.abs(margin - reference.margins[i]!)));
    process.stdout.write(
      `swap_obj: ${judgedOtherwise.length} of ${items.length} judged otherwise, margins within ${farthest.toExponential(1)}\n`,
    );
    expect(judgedOtherwise).toEqual([]);
    expect(farthest).toBeLessThan(1e-5);
  },
  1_800_000, // about 40 s of work
);
