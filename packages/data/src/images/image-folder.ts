import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { DataError, ImageError } from "../errors.js";
import { decodeImage } from "./decode-image.js";
import type { RgbImage } from "./rgb-image.js";

/** Where a data set's images are. */
export interface ImageFolder {
  /** The path of an image as a data file names it, or undefined when it is not there. */
  find(name: string): string | undefined;
  load(image: string): Promise<RgbImage>;
}

/**
 * Lists a folder once, so that missing images are known before training. A name may hold folders that the folder
 * itself does not have (`coco/val2014/x.jpg` is found as `x.jpg`). Without a folder, a data set has captions only:
 * every name is kept, and loading an image says what to do. Throws a DataError when the folder is missing or a file.
 */
export async function openImageFolder(folder: string | undefined, purpose: string): Promise<ImageFolder> {
  if (folder === undefined) return { find: (name) => name, load: refuse };
  await requireFolder(folder, purpose);
  const entries = await readdir(folder, { recursive: true });
  const present = new Set(entries.map((entry) => entry.replaceAll("\\", "/")));
  const find = (name: string) => [name, basename(name)].find((candidate) => present.has(candidate));
  return {
    find: (name) => {
      const found = find(name);
      return found === undefined ? undefined : join(folder, found);
    },
    load: (image) => decodeImage(image),
  };
}

async function refuse(image: string): Promise<never> {
  throw new ImageError(
    "not-found",
    image,
    `${image}: the data set was opened for its captions only; give the folder of the images`,
  );
}

/** Throws a DataError unless `path` is a folder. */
export async function requireFolder(path: string, purpose: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new DataError("not-found", `${path}: no such folder; give the ${purpose}`);
  if (!found.isDirectory()) throw new DataError("not-found", `${path}: is a file; give the ${purpose}`);
}
