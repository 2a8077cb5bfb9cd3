import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import {
  type ClipConfig,
  createTokenizer,
  encodeImages,
  encodeTexts,
  packTokens,
  type SaveClipOptions,
  saveClip,
} from "@tesserae/models";
import { expect, test } from "vitest";
import { seededUniform } from "../fixtures/seeded-weights.js";
import { tinyClip } from "../fixtures/tiny-clip.js";

// Opens what saveClip writes in Python. TESSERAE_PYTHON names an interpreter with torch, transformers and open_clip_torch.

const python = process.env.TESSERAE_PYTHON;
const script = fileURLToPath(new URL("../../../../tools/oracles/open_saved_clip.py", import.meta.url));

interface Opened {
  readonly library: string;
  readonly captions: readonly string[];
  readonly ids: readonly number[][];
  readonly images: readonly number[][];
  readonly texts: readonly number[][];
}

const resnet: Partial<ClipConfig> = {
  vision: { type: "resnet", imageSize: 32, width: 2, layers: [1, 1, 1, 1], heads: 2 },
};
const cases: [string, Partial<ClipConfig>, SaveClipOptions][] = [
  ["hf, QuickGELU", { activation: "quick_gelu" }, {}],
  ["hf, GELU, in shards", { activation: "gelu" }, { maxShardSize: 10_000 }],
  ["open_clip, QuickGELU", { activation: "quick_gelu" }, { format: "open_clip" }],
  ["open_clip, GELU", { activation: "gelu" }, { format: "open_clip" }],
  ["open_clip, ResNet", resnet, { format: "open_clip" }],
];

test.skipIf(python === undefined)(
  "Python's transformers and open_clip give the same ids and embeddings (set TESSERAE_PYTHON to run)",
  async () => {
    const tokenizer = createTokenizer({
      corpus: ["a dog", "a dog", "the cat's hat"],
      vocabSize: 520,
      contextLength: 30,
    });
    const folder = await mkdtemp(join(tmpdir(), "tesserae-saved-"));
    const text = { contextLength: 30, vocabSize: 520, width: 8, layers: 2, heads: 2, mlpRatio: 2 };
    try {
      const clips = cases.map(([, config]) => tinyClip({ text, ...config }));
      const folders = cases.map((_, index) => join(folder, `${index}`));
      for (const [index, [, , options]] of cases.entries()) {
        await saveClip(clips[index]!, tokenizer, folders[index]!, options);
      }
      const { stdout } = await promisify(execFile)(python!, [script, ...folders], { maxBuffer: 1e8 });
      const opened: Opened[] = JSON.parse(stdout.trim().split("\n").at(-1)!);
      const lines = opened.map(({ library, captions, ids, images, texts }, index) => {
        const clip = clips[index]!;
        const own = captions.map((caption) => tokenizer.encode(caption));
        expect(ids).toEqual(own.map((row) => Array.from(row)));
        const { imageSize } = clip.config.vision;
        const shape: [number, number, number, number] = [2, imageSize, imageSize, 3];
        const values = seededUniform("pixels", 2 * imageSize * imageSize * 3).map((x) => 3 * x);
        const image = encodeImages(clip, tf.tensor4d(Float32Array.from(values), shape));
        const difference = Math.max(
          distance(image.dataSync(), images.flat()),
          distance(encodeTexts(clip, packTokens(own)).dataSync(), texts.flat()),
        );
        expect(difference).toBeLessThan(1e-4);
        return `${cases[index]![0]}: ${library}, same ids, embeddings within ${difference.toExponential(1)}`;
      });
      process.stdout.write(`${lines.join("\n")}\n`);
      expect(lines).toHaveLength(cases.length);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  300_000,
);

function distance(a: ArrayLike<number>, b: readonly number[]): number {
  expect(a.length).toBe(b.length);
  return b.reduce((most, value, i) => Math.max(most, Math.abs(value - a[i]!)), 0);
}
