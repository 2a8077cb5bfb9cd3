import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import type { BenchmarkDefinition, ImageRef, Source } from "@tesserae/benchmarks";
import { imageName } from "@tesserae/benchmarks";
import { BenchError } from "../bench-error.js";
import { createTarArchives, isTar, isTarAddress } from "./tar-archives.js";

/** Where a user's own data is. */
export interface DataFolders {
  /** A folder that holds benchmarks' folders (`sugarcrepe/`, `aro/`, …), or the files of the benchmark itself. Default `data`. */
  readonly data?: string | undefined;
  /** The folder of a benchmark's images, where it is not in the data folder. */
  readonly images?: string | undefined;
}

/** The folder of a benchmark's files: below the data folder where it is there, else the data folder itself. */
export function benchmarkFolder(
  { folder }: Pick<BenchmarkDefinition, "folder">,
  { data = "data" }: DataFolders,
): string {
  const below = join(data, folder);
  return existsSync(below) ? below : data;
}

/** The folder of a benchmark's images. */
export function imageFolder({ images }: Pick<BenchmarkDefinition, "images">, folders: DataFolders): string {
  return folders.images ?? join(folders.data ?? "data", images ?? "");
}

/** What keeps a benchmark from being run here, or null. `needsImages`: whether its images have to be there too. */
export function whatIsMissing(
  definition: BenchmarkDefinition,
  folders: DataFolders,
  needsImages = true,
): string | null {
  if (definition.files.length === 0 && definition.images === null) return null;
  const folder = benchmarkFolder(definition, folders);
  const missing = definition.files.find(({ path, optional }) => !optional && !existsSync(join(folder, path)));
  if (missing) return `${join(folder, missing.path)} is not there`;
  if (definition.images === null || !(needsImages || definition.files.length === 0)) return null;
  const images = imageFolder(definition, folders);
  return existsSync(images) ? null : `its images are not in ${images}`;
}

/** A source that remembers what was read: its checksum is the revision of the data. */
export interface DataSource extends Source {
  /** Checksum of all that was read, or undefined when nothing was. */
  revision(): string | undefined;
  /** The name of an image in results: its path below the images' folder. */
  nameImage(image: ImageRef): string;
}

/** Reads a benchmark's files and finds its images in the user's folders. */
export function createDataSource(definition: BenchmarkDefinition, folders: DataFolders): DataSource {
  const folder = benchmarkFolder(definition, folders);
  const images = resolve(imageFolder(definition, folders));
  const archives = createTarArchives();
  const hash = createHash("sha256");
  let hasRead = false;
  return {
    async text(path) {
      const file = join(folder, path);
      const bytes = await (isTarAddress(file) ? archives.read(file).then(Buffer.from) : readFile(file)).catch(
        (error: NodeJS.ErrnoException) => {
          if (error instanceof BenchError) throw error;
          throw new BenchError(`${file}: cannot be read (${error.code}); ${definition.name} needs ${definition.needs}`);
        },
      );
      hash.update(bytes);
      hasRead = true;
      return bytes.toString("utf8");
    },
    async files(below) {
      const root = join(folder, below);
      if (!existsSync(root)) return [];
      const entries = await readdir(root, { recursive: below !== "", withFileTypes: true });
      const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
      const archived = below === "" ? [] : await Promise.all(paths.filter(isTar).map((path) => archives.list(path)));
      return [...paths, ...archived.flat()].map((path) => relative(folder, path).split(sep).join("/")).sort();
    },
    image: (path) => ({ path: join(images, path) }),
    revision: () => (hasRead ? `sha256 ${hash.copy().digest("hex").slice(0, 12)}` : undefined),
    nameImage: (image) => {
      const name = imageName(image);
      const short = name.startsWith(images + sep)
        ? name
            .slice(images.length + 1)
            .split(sep)
            .join("/")
        : name;
      return image.box ? `${short}[${image.box.join(",")}]` : short;
    },
  };
}
