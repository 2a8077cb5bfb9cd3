import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { type ImageRef, imageKey, type Scorer } from "@tesserae/benchmarks";

/**
 * Keeps every vector on disk: by the content of the image with its box, or the text, in a file named after the checksum of the weights.
 * A run that was stopped goes on where it was, and the next benchmark with the same photos finds them embedded. A line that was cut
 * while writing is left out.
 *
 * @param folder holds one file for each kind and revision.
 */
export function cacheEmbeddings(scorer: Scorer, folder: string): Scorer {
  const file = (kind: string) => join(folder, `${kind}-${scorer.revision.replaceAll(/[^\w]+/g, "-")}.jsonl`);
  return {
    ...scorer,
    embedImages: remember(file("images"), contentKey, (images) => scorer.embedImages(images)),
    embedTexts: remember(
      file("texts"),
      async (text) => digest(text),
      (texts) => scorer.embedTexts(texts),
    ),
  };
}

type Embed<T> = (inputs: readonly T[]) => Promise<readonly Float32Array[]>;

function remember<T>(path: string, keyOf: (input: T) => Promise<string>, embed: Embed<T>): Embed<T> {
  let known: Promise<Map<string, Float32Array>> | undefined;
  return async (inputs) => {
    known ??= readVectors(path);
    const vectors = await known;
    const keys = await Promise.all(inputs.map(keyOf));
    const missing = new Map<string, T>();
    keys.forEach((key, index) => {
      if (!vectors.has(key)) missing.set(key, inputs[index]!);
    });
    if (missing.size > 0) {
      const fresh = await embed([...missing.values()]);
      const lines = [...missing.keys()].map((key, index) => {
        vectors.set(key, fresh[index]!);
        const bytes = Buffer.from(fresh[index]!.buffer, fresh[index]!.byteOffset, fresh[index]!.byteLength);
        return `${JSON.stringify({ key, vector: bytes.toString("base64") })}\n`;
      });
      await mkdir(dirname(path), { recursive: true });
      await appendFile(path, lines.join(""));
    }
    return keys.map((key) => vectors.get(key)!);
  };
}

/** Files by their bytes; images that are drawn, or that cannot be read, by their name. */
async function contentKey(image: ImageRef): Promise<string> {
  const box = image.box ? ` ${image.box.join(",")}` : "";
  if ("bytes" in image) return digest(image.bytes) + box;
  const bytes = await readFile(image.path).catch(() => undefined);
  return bytes === undefined ? imageKey(image) : digest(bytes) + box;
}

async function readVectors(path: string): Promise<Map<string, Float32Array>> {
  const vectors = new Map<string, Float32Array>();
  if (!existsSync(path)) return vectors;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    try {
      const { key, vector } = JSON.parse(line) as { key: string; vector: string };
      const bytes = Buffer.from(vector, "base64");
      vectors.set(key, new Float32Array(Uint8Array.from(bytes).buffer));
    } catch {
      // the last line of a run that was stopped
    }
  }
  return vectors;
}

function digest(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 32);
}
