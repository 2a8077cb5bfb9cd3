import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** Size and SHA-256 of a file. */
export interface FileChecksum {
  readonly bytes: number;
  readonly sha256: string;
}

/** Checksums of all files of a folder and of its folders, by path. Each file is read as a stream, so its size does not matter. */
export async function folderChecksums(folder: string): Promise<Readonly<Record<string, FileChecksum>>> {
  const sums: Record<string, FileChecksum> = {};
  for (const name of await filesOf(folder)) sums[name] = await fileChecksum(join(folder, name));
  return sums;
}

/** The checksum of one file. */
export async function fileChecksum(path: string): Promise<FileChecksum> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const part of createReadStream(path, { highWaterMark: 2 ** 20 })) {
    hash.update(part as Buffer);
    bytes += (part as Buffer).length;
  }
  return { bytes, sha256: hash.digest("hex") };
}

/** Has all files of a folder on the disk. */
export async function syncFiles(folder: string): Promise<void> {
  for (const name of await filesOf(folder)) {
    const file = await open(join(folder, name), "r+");
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  }
}

/** What differs between a folder and the checksums written of it; undefined where nothing does. `thorough`: contents too, not only sizes. */
export async function difference(
  folder: string,
  expected: Readonly<Record<string, FileChecksum>>,
  thorough: boolean,
): Promise<string | undefined> {
  for (const [name, { bytes, sha256 }] of Object.entries(expected)) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found === undefined) return `${name} is missing`;
    if (found.size !== bytes) return `${name} has ${found.size} bytes instead of ${bytes}`;
    if (thorough && (await fileChecksum(join(folder, name))).sha256 !== sha256) return `${name} was changed or damaged`;
  }
  return undefined;
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return paths.map((path) => path.slice(folder.length + 1)).sort();
}
