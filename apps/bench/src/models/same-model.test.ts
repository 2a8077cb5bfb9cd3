import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import type { BenchmarkResult } from "@tesserae/benchmarks";
import { decodeImage, encodePng } from "@tesserae/data";
import { createClip, createScorer, createTokenizer, exportOnnx, loadClip, saveClip } from "@tesserae/models";
import { seededRng } from "@tesserae/scene-graph/random";
import { selectBackend, toOnnx } from "@tesserae/tfjs-backend-ort";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bench } from "../fixtures/bench.js";

const itemCount = 40;
const captions = [
  "a dog on a box",
  "a box on a dog",
  "a red cup",
  "a blue cup",
  "two cats",
  `A kite${" over a boat".repeat(9)}!`,
];
let folder: string;

/** One model in every form in which people keep models, and photos that have to be resized. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "same-model-"));
  await selectBackend({ backend: "ort", threads: 1 });
  const tower = { width: 32, layers: 2, heads: 2 };
  const tokenizer = createTokenizer({ corpus: captions, vocabSize: 600, contextLength: 24 });
  const clip = createClip(
    {
      embedDim: 16,
      vision: { imageSize: 32, patchSize: 8, ...tower },
      text: { contextLength: 24, vocabSize: tokenizer.vocabSize, ...tower },
    },
    { rng: seededRng("same model") },
  );
  await saveClip(clip, tokenizer, join(folder, "hugging-face"));
  await saveClip(clip, tokenizer, join(folder, "open-clip"), { format: "open_clip" });
  await exportOnnx(clip, tokenizer, join(folder, "onnx"), { toOnnx });
  clip.dispose();
  await writePhotos(join(folder, "photos"));
  await writeEmbeddings(join(folder, "embeddings.jsonl"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** SugarCrepe's swap_obj.json over photos of many shapes. */
async function writePhotos(images: string): Promise<void> {
  await mkdir(images);
  const rng = seededRng("photos");
  const entries: Record<string, object> = {};
  for (let item = 0; item < itemCount; item++) {
    const [width, height] = [20 + Math.floor(rng() * 90), 20 + Math.floor(rng() * 90)];
    const [across, down] = [0.05 + rng() * 0.3, 0.05 + rng() * 0.3];
    const data = Uint8Array.from({ length: width * height * 3 }, (_, byte) => {
      const pixel = Math.floor(byte / 3);
      return 127 + 120 * Math.sin((pixel % width) * across + Math.floor(pixel / width) * down + (byte % 3) * item);
    });
    await writeFile(join(images, `${item}.png`), await encodePng({ width, height, data }));
    const [caption, negative_caption] = [
      captions[item % 6],
      captions[(item * 5 + 1) % 6 === item % 6 ? 0 : (item * 5 + 1) % 6],
    ];
    entries[item] = { filename: `${item}.png`, caption, negative_caption };
  }
  await writeFile(join(folder, "swap_obj.json"), JSON.stringify(entries));
}

/** What the model gives, as another tool would write it. */
async function writeEmbeddings(path: string): Promise<void> {
  const { clip, tokenizer } = await loadClip(join(folder, "hugging-face"));
  const loadImage = (image: { readonly path: string }) => decodeImage(image.path);
  const scorer = createScorer(clip, tokenizer, { loadImage, batchSize: 8, name: "x", revision: "x" });
  const names = Array.from({ length: itemCount }, (_, item) => `${item}.png`);
  const images = await scorer.embedImages(names.map((name) => ({ path: join(folder, "photos", name) })));
  const texts = await scorer.embedTexts(captions);
  clip.dispose();
  const lines = [
    ...names.map((image, index) => ({ image, embedding: [...images[index]!] })),
    ...captions.map((text, index) => ({ text, embedding: [...texts[index]!] })),
  ];
  await writeFile(path, lines.map((line) => JSON.stringify(line)).join("\n"));
}

const benchmark = () => ["run", "sugarcrepe/swap_obj", "--data", folder, "--images", join(folder, "photos")];

async function score(reference: string, name: string): Promise<BenchmarkResult> {
  const out = join(folder, "out");
  await bench(...benchmark(), "--model", reference, "--out", out, "--backend", "ort", "--threads", "1");
  return JSON.parse(await readFile(join(out, name, "results", "sugarcrepe-swap_obj.json"), "utf8")) as BenchmarkResult;
}

type Records = readonly { readonly images: readonly string[]; readonly scores: readonly (readonly number[])[] }[];

describe("the same model", () => {
  it("gives the same result from Hugging Face's folder, open_clip's, ONNX by transformers, and a file of embeddings", async () => {
    const first = await score(join(folder, "hugging-face"), "hugging-face");
    const right = first.values.accuracy!.values;
    expect(new Set(right), "some right, some wrong").toEqual(new Set([0, 1]));
    for (const name of ["open-clip", "onnx", "embeddings"]) {
      const other = await score(join(folder, name === "embeddings" ? "embeddings.jsonl" : name), name);
      const differently = right.flatMap((value, item) => (other.values.accuracy!.values[item] === value ? [] : [item]));
      expect(differently, `items that ${name} judges differently`).toEqual([]);
      const [records, others] = [first.predictions as Records, other.predictions as Records];
      expect(others.map(({ images }) => images)).toEqual(records.map(({ images }) => images));
      const distances = records.flatMap(({ scores }, item) =>
        scores.flat().map((value, at) => Math.abs(value - others[item]!.scores.flat()[at]!)),
      );
      expect(Math.max(...distances), name).toBeLessThan(2e-6);
    }
    expect((await score(`transformers:${join(folder, "onnx")}`, "onnx")).model.revision).toMatch(
      /^sha256 \w{12}, ONNX$/,
    );
    expect(tf.getBackend()).toBe("ort");
  });

  it("is found on a hub by its name", async () => {
    const server = await serve(join(folder, "onnx"), "/me/tiny/resolve/main/");
    const { HF_ENDPOINT, HF_HOME } = process.env;
    Object.assign(process.env, {
      HF_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      HF_HOME: join(folder, "hf-home"),
    });
    try {
      const fromHub = await score("transformers:me/tiny", "tiny");
      const fromFolder = await score(join(folder, "onnx"), "onnx");
      expect(fromHub.model.revision).toBe(fromFolder.model.revision);
      expect(fromHub.predictions).toEqual(fromFolder.predictions);
      await expect(score("transformers:me/other", "other")).rejects.toThrow(
        /^--model me\/other: @huggingface\/transformers cannot open it: /,
      );
    } finally {
      for (const [name, value] of Object.entries({ HF_ENDPOINT, HF_HOME })) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it("says what a folder lacks to be run by transformers", async () => {
    await expect(score(`transformers:${join(folder, "open-clip")}`, "x")).rejects.toThrow(
      /open-clip: holds no onnx\/vision_model\.onnx with onnx\/text_model\.onnx, nor onnx\/model\.onnx$/,
    );
    await expect(score(`transformers:${join(folder, "none")}`, "x")).rejects.toThrow(/none: /);
  });
});

async function serve(model: string, prefix: string): Promise<Server> {
  const names = (await readdir(model, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const files = new Map(
    await Promise.all(
      names.map(async ({ parentPath, name }) => {
        const path = join(parentPath, name);
        return [prefix + path.slice(model.length + 1).replaceAll("\\", "/"), await readFile(path)] as const;
      }),
    ),
  );
  const server = createServer((request, response) => {
    const content = files.get(new URL(request.url!, "http://localhost").pathname);
    if (!content) return response.writeHead(404).end();
    return response.writeHead(200, { "content-length": content.length }).end(request.method === "HEAD" ? "" : content);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return server;
}
