import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

/** A photo with its captions, as a line of `annotations.jsonl`. */
export interface PhotoRecord {
  readonly file: string;
  readonly captions: readonly string[];
}

/** The photos of `annotations.jsonl` in a folder. */
export async function readPhotos(folder: string): Promise<readonly PhotoRecord[]> {
  const lines = (await readFile(join(folder, "annotations.jsonl"), "utf8")).trim().split("\n");
  return lines.map((line) => JSON.parse(line) as PhotoRecord);
}

/**
 * Makes a folder of `count` photos by repeating those of another, each under a name of its own: `annotations.jsonl` and links in `images/`.
 *
 * @param folder with `annotations.jsonl` and `images/`
 * @param target a new folder
 */
export async function tilePhotos(folder: string, target: string, count: number): Promise<void> {
  const photos = await readPhotos(folder);
  await mkdir(join(target, "images"), { recursive: true });
  const lines: string[] = [];
  for (let index = 0; index < count; index++) {
    const { file, captions } = photos[index % photos.length]!;
    const name = `${String(index).padStart(6, "0")}.jpg`;
    await symlink(resolve(folder, "images", file), join(target, "images", name));
    lines.push(JSON.stringify({ image_id: index, file: name, captions }));
  }
  await writeFile(join(target, "annotations.jsonl"), `${lines.join("\n")}\n`);
}
