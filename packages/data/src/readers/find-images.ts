import { readdir, stat } from "node:fs/promises";
import { basename, isAbsolute, join } from "node:path";
import { DataError, ImageError } from "../errors.js";
import { decodeImage } from "../images/decode-image.js";
import type { RgbImage } from "../images/rgb-image.js";
import { createArchiveImages } from "./archive-images.js";

/** The way from the names of images to their pixels. */
export interface ImageFinder {
  /** The path or address of an image as a data file names it; undefined when it is not there. */
  find(name: string): Promise<string | undefined>;
  /** The pixels of an image that was found. Throws an ImageError that names it. */
  load(image: string): Promise<RgbImage>;
}

/** Where images may be. */
export interface ImagePlaces {
  /** The user's folder. Listed once, so that missing images are known before training. */
  readonly folder?: string | undefined;
  /** The folder to look into when the user gives none. */
  readonly root: string;
  /** The bytes at an address, for images that are no files. */
  readonly readImage?: ((address: string) => Promise<Uint8Array>) | undefined;
}

/**
 * Finds images by the names that a data file gives them: in the user's folder, else as they are, else under `root`. A
 * name may hold folders that the folder itself does not have (`coco/val2014/x.jpg` is found as `x.jpg`) or lack those
 * that it has, and may be an address in an archive (`shard.tar#x.jpg`). Throws a DataError when the user's folder is
 * missing or a file.
 */
export async function findImages({ folder, root, readImage }: ImagePlaces): Promise<ImageFinder> {
  const archives = createArchiveImages();
  const present = folder === undefined ? undefined : await listFolder(folder);
  return {
    async find(written) {
      const name = written.includes("/") ? written : written.replaceAll("\\", "/"); // Windows writes folders so
      if (present) {
        const exact = present.get(name);
        if (exact !== undefined) return join(folder!, exact);
        if (isAbsolute(name) && (await isFile(name))) return name;
        const found = present.get(basename(name));
        return found === undefined ? archives.find(name, folder!) : join(folder!, found);
      }
      for (const path of [name, join(root, name), join(root, basename(name))]) if (await isFile(path)) return path;
      return archives.find(name, root);
    },
    async load(image) {
      if (readImage && !(await isFile(image))) return decodeImage(await readImage(image), image);
      const bytes = await archives.read(image);
      return bytes ? decodeImage(bytes, image) : decodeImage(image);
    },
  };
}

/** Where the images are nowhere to be found, and nobody said where: the names stay, and loading one says what to do. */
export const noImages: ImageFinder = {
  find: async (name) => name,
  load: async (image) => {
    const cure = "give the folder of the images (imageFolder)";
    throw new ImageError("not-found", image, `${image}: the data set was opened for its captions only; ${cure}`);
  },
};

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}

/** What stands for the names of files that two folders have. */
const ambiguous = undefined;

/** The paths of a folder's files, from there; and by their names alone, where only one folder within has them. */
async function listFolder(path: string): Promise<ReadonlyMap<string, string | undefined>> {
  const status = await stat(path).catch(() => undefined);
  if (!status) throw new DataError("not-found", `${path}: no such folder; give the folder of the images`);
  if (!status.isDirectory()) throw new DataError("not-found", `${path}: is a file; give the folder of the images`);
  const entries = await readdir(path, { recursive: true });
  const paths = entries.map((entry) => entry.replaceAll("\\", "/"));
  const found = new Map<string, string | undefined>();
  for (const entry of paths) found.set(basename(entry), found.has(basename(entry)) ? ambiguous : entry);
  for (const entry of paths) found.set(entry, entry);
  return found;
}
