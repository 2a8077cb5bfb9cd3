import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { openEmbeddingFile } from "./embedding-file.js";
import files from "./fixtures/embedding-files.json" with { type: "json" };

let folder: string;
const lines = [
  { image: "photos/1.jpg", embedding: [1, 0, 0.5] },
  { image: "2.jpg[1,2,3,4]", embedding: [0, 1, -0.25] },
  { text: "a kite", embedding: [0.5, 0.5, 0] },
  { text: "ein Drachen über dem Boot", embedding: [0, -1, 2] },
];
const jsonl = (all: readonly object[]) => all.map((line) => JSON.stringify(line)).join("\n");

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "embeddings-"));
  const bytes = (base64: string) => Buffer.from(base64, "base64");
  await writeFile(join(folder, "plain.npz"), bytes(files.npz));
  await writeFile(join(folder, "packed.npz"), bytes(files.npzCompressed));
  await writeFile(join(folder, "tensors.safetensors"), bytes(files.safetensors));
  await writeFile(join(folder, "lines.jsonl"), jsonl(lines));
});

/** The fixtures were written by NumPy and safetensors: tools/oracles/embedding_files.py. */
describe("openEmbeddingFile", () => {
  it.each([
    ["plain.npz", ".npz"],
    ["packed.npz", ".npz"],
    ["tensors.safetensors", ".safetensors"],
    ["lines.jsonl", ".jsonl"],
  ] as const)(
    "%s gives the vectors by caption, and by the end of an image's path and its box",
    async (name, format) => {
      const scorer = await openEmbeddingFile(join(folder, name), format);
      expect(scorer.revision).toMatch(/^sha256 [0-9a-f]{12}$/);
      const images = await scorer.embedImages([
        { path: "/data/coco/2.jpg", box: [1, 2, 3, 4] },
        { path: "/data/photos/1.jpg" },
      ]);
      expect(images.map((vector) => [...vector])).toEqual([
        [0, 1, -0.25],
        [1, 0, 0.5],
      ]);
      const [text] = await scorer.embedTexts(["ein Drachen über dem Boot"]);
      expect([...text!]).toEqual([0, -1, 2]);
      await expect(scorer.embedTexts(["a kite", "a cat"])).rejects.toThrow(
        /holds no vector of 1 of 2 captions; the first: "a cat"/,
      );
      await expect(scorer.embedImages([{ path: "2.jpg" }])).rejects.toThrow(
        /holds no vector of 1 of 1 images; the first: "2.jpg"/,
      );
    },
  );

  it("names what is wrong in a file", async () => {
    const open = async (content: string | Buffer, format: ".jsonl" | ".npz") => {
      const path = join(folder, `wrong${format}`);
      await writeFile(path, content);
      return openEmbeddingFile(path, format);
    };
    await expect(open(jsonl([...lines, { text: "x" }]), ".jsonl")).rejects.toThrow(/wrong\.jsonl:5: expected/);
    await expect(open(jsonl([...lines, { text: "x", embedding: [1] }]), ".jsonl")).rejects.toThrow(
      /1 of 5 vectors cannot be used; the first, of "x", has 1 numbers, not 3/,
    );
    await expect(open('{"text":"x","embedding":[1e39]}', ".jsonl")).rejects.toThrow(
      /of "x", holds a number that is not finite/,
    );
    await expect(open("", ".jsonl")).rejects.toThrow("holds no vector");
    await expect(open(await readFile(join(folder, "lines.jsonl")), ".npz")).rejects.toThrow("no NumPy archive");
  });
});
