import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { type ImageRef, imageKey, imageName, type Scorer } from "@tesserae/benchmarks";
import { BenchError } from "../bench-error.js";
import { type NamedVectors, readJsonLines, readNpz, readSafetensors } from "./read-embeddings.js";

/** Files of embeddings, by the ending of their names. */
export const embeddingFormats = [".npz", ".safetensors", ".jsonl"] as const;
export type EmbeddingFormat = (typeof embeddingFormats)[number];

const readers: Readonly<Record<EmbeddingFormat, (bytes: Buffer, path: string) => NamedVectors>> = {
  ".npz": readNpz,
  ".safetensors": readSafetensors,
  ".jsonl": readJsonLines,
};

/**
 * A scorer over vectors that another tool has made; see the guide for the three formats. Images are found by the end of their path.
 *
 * @throws BenchError on a broken file, on vectors of several lengths or with numbers that are not finite, and, when scored, on images
 *   and captions of which the file holds no vector.
 */
export async function openEmbeddingFile(path: string, format: EmbeddingFormat): Promise<Scorer> {
  const bytes = await readFile(path);
  const { images, texts } = readers[format](bytes, path);
  checkVectors(new Map([...images, ...texts]), path);
  return {
    name: basename(path, extname(path)),
    revision: `sha256 ${createHash("sha256").update(bytes).digest("hex").slice(0, 12)}`,
    embedImages: async (refs) =>
      found(
        refs.map((ref) => [imageKey(ref), ofImage(images, ref)] as const),
        "images",
        path,
      ),
    embedTexts: async (captions) =>
      found(
        captions.map((caption) => [caption, texts.get(caption)] as const),
        "captions",
        path,
      ),
  };
}

/** By the whole name, else by ever shorter ends of the path: "a/b/c.jpg", "b/c.jpg", "c.jpg". */
function ofImage(images: ReadonlyMap<string, Float32Array>, ref: ImageRef): Float32Array | undefined {
  const box = ref.box ? `[${ref.box.join(",")}]` : "";
  const parts = imageName(ref).split(/[\\/]/);
  for (let start = 0; start < parts.length; start++) {
    const vector = images.get(parts.slice(start).join("/") + box);
    if (vector) return vector;
  }
  return undefined;
}

function found(
  entries: readonly (readonly [string, Float32Array | undefined])[],
  what: string,
  path: string,
): readonly Float32Array[] {
  const missing = entries.filter(([, vector]) => vector === undefined);
  if (missing.length > 0) {
    throw new BenchError(
      `${path}: holds no vector of ${missing.length} of ${entries.length} ${what}; the first: "${missing[0]![0]}". Are these embeddings of this benchmark?`,
    );
  }
  return entries.map(([, vector]) => vector!);
}

function checkVectors(vectors: ReadonlyMap<string, Float32Array>, path: string): void {
  const [first] = vectors.values();
  if (!first) throw new BenchError(`${path}: holds no vector`);
  const wrong = [...vectors].filter(([, vector]) => vector.length !== first.length || !vector.every(Number.isFinite));
  if (wrong.length > 0) {
    const [name, vector] = wrong[0]!;
    const fault =
      vector.length === first.length
        ? "holds a number that is not finite"
        : `has ${vector.length} numbers, not ${first.length}`;
    throw new BenchError(
      `${path}: ${wrong.length} of ${vectors.size} vectors cannot be used; the first, of "${name}", ${fault}`,
    );
  }
}
