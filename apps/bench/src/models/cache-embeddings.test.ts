import { appendFile, mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { imageKey, type Scorer } from "@tesserae/benchmarks";
import { expect, it } from "vitest";
import { cacheEmbeddings } from "./cache-embeddings.js";

it("keeps vectors by content and weights between runs, and survives a cut line", async () => {
  const folder = await mkdtemp(join(tmpdir(), "cache-"));
  for (const name of ["a.jpg", "same-as-a.jpg"]) await writeFile(join(folder, name), "the same bytes");
  await writeFile(join(folder, "b.jpg"), "other bytes");
  const asked: string[] = [];
  const scorer = (revision: string): Scorer => ({
    name: "counting",
    revision,
    embedImages: async (images) => images.map((image) => Float32Array.of(asked.push(imageKey(image)), 0.25)),
    embedTexts: async (texts) => texts.map((text) => Float32Array.of(asked.push(text))),
  });
  const cache = join(folder, "cache");
  const image = (name: string) => ({ path: join(folder, name) });
  const first = await cacheEmbeddings(scorer("sha256 1"), cache).embedImages([image("a.jpg"), image("b.jpg")]);
  const [file] = await readdir(cache);
  expect(file).toBe("images-sha256-1.jsonl");
  await appendFile(join(cache, file!), '{"key":"cut');
  const again = cacheEmbeddings(scorer("sha256 1"), cache);
  expect(await again.embedImages([image("b.jpg"), image("same-as-a.jpg")])).toEqual([first[1], first[0]]);
  expect(asked).toHaveLength(2);
  await again.embedImages([{ ...image("a.jpg"), box: [0, 0, 2, 2] }]);
  expect(asked, "a crop is another image").toHaveLength(3);
  await cacheEmbeddings(scorer("sha256 2"), cache).embedImages([image("a.jpg")]);
  expect(asked, "other weights").toHaveLength(4);
});
