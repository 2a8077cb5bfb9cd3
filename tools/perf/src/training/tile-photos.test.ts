import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readPhotos, tilePhotos } from "./tile-photos.js";

test("repeats photos under names of their own", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tesserae-tile-"));
  try {
    await mkdir(join(folder, "images"));
    await writeFile(join(folder, "images", "a.jpg"), "first");
    await writeFile(join(folder, "images", "b.jpg"), "second");
    await writeFile(
      join(folder, "annotations.jsonl"),
      '{"file":"a.jpg","captions":["A dog."]}\n{"file":"b.jpg","captions":["A cat.","One cat."]}\n',
    );
    const target = join(folder, "tiled");
    await tilePhotos(folder, target, 3);
    const photos = await readPhotos(target);
    expect(photos.map(({ captions }) => captions.length)).toEqual([1, 2, 1]);
    expect(new Set(photos.map(({ file }) => file)).size).toBe(3);
    expect(await readFile(join(target, "images", photos[2]!.file), "utf8")).toBe("first");
  } finally {
    await rm(folder, { recursive: true });
  }
});
