import { randomUUID } from "node:crypto";
import { access, type FileHandle, mkdir, open, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { ByteSource } from "../formats/safetensors.js";
import { ModelError } from "../model-error.js";

/** The files of a model by name. */
export type FolderFiles = ReadonlyMap<string, Uint8Array | string>;

/** Files that a model's folder may hold, in any of the layouts. */
const known =
  /^(config|open_clip_config|preprocessor_config|tokenizer|phrase_tokenizer|tokenizer_config|special_tokens_map|vocab|model\.safetensors\.index)\.json$|^merges\.txt$|^(open_clip_)?model(-\d{5}-of-\d{5})?\.safetensors$|^onnx$/;

/**
 * Writes a model's folder whole beside its place and then renames it into it, so a crash leaves either the old or the new one (or,
 * between two renames, the old one under the name ending in `.old`), never half of each.
 *
 * @param caller named in errors.
 * @throws ModelError when the folder holds other files than a model's.
 */
export async function writeModelFolder(caller: string, directory: string, files: FolderFiles): Promise<void> {
  const target = resolve(directory);
  const present = await readdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new ModelError(`${caller}: cannot write to ${directory} (${error.code}).`);
  });
  const foreign = present?.filter((name) => !known.test(name)) ?? [];
  if (foreign.length > 0) {
    throw new ModelError(
      `${caller}: ${directory} also holds ${foreign.slice(0, 3).join(", ")}; a checkpoint is replaced as a whole, so give it a folder of its own.`,
    );
  }
  await mkdir(dirname(target), { recursive: true });
  const partial = `${target}.partial-${randomUUID().slice(0, 8)}`;
  await mkdir(partial); // with the permissions of the umask, which a temporary folder's are not
  try {
    for (const [name, content] of files) {
      await mkdir(dirname(join(partial, name)), { recursive: true });
      await writeFile(join(partial, name), content);
    }
    if (present) {
      await rm(`${target}.old`, { recursive: true, force: true });
      await rename(target, `${target}.old`);
    }
    await rename(partial, target);
    await rm(`${target}.old`, { recursive: true, force: true });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** Reads the files of one folder. */
export interface FolderReader {
  has(name: string): Promise<boolean>;
  /** @throws ModelError when the file cannot be read. */
  bytes(name: string): Promise<Uint8Array>;
  /** @throws ModelError when the file cannot be read or is no JSON. */
  json(name: string): Promise<unknown>;
  /** What `use` makes of a file that is read in pieces. @throws ModelError when the file cannot be read. */
  withSource<Result>(name: string, use: (source: ByteSource) => Promise<Result>): Promise<Result>;
}

/** A reader of a model's folder. */
export function openModelFolder(directory: string): FolderReader {
  const withSource = async <Result>(name: string, use: (source: ByteSource) => Promise<Result>): Promise<Result> => {
    const file = await open(join(directory, name)).catch((error: NodeJS.ErrnoException) => {
      throw unreadable(name, error);
    });
    try {
      const { size } = await file.stat();
      const read = (begin: number, end: number) =>
        readPiece(file, begin, end).catch((error: NodeJS.ErrnoException) => {
          throw unreadable(name, error);
        });
      checkPointer(name, await read(0, Math.min(size, pointerStart.length)));
      return await use({ size, read });
    } finally {
      await file.close();
    }
  };
  const bytes = (name: string) => withSource(name, ({ size, read }) => read(0, size));
  return {
    has: (name) =>
      access(join(directory, name)).then(
        () => true,
        () => false,
      ),
    bytes,
    json: async (name) => {
      const content = await bytes(name);
      try {
        return JSON.parse(new TextDecoder().decode(content));
      } catch (error) {
        throw new ModelError(`${name} is no JSON: ${(error as Error).message}.`);
      }
    },
    withSource,
  };
}

function unreadable(name: string, { code }: NodeJS.ErrnoException): ModelError {
  return new ModelError(
    `cannot read ${name} (${code}); a model folder holds config.json and model.safetensors, or open_clip_config.json and open_clip_model.safetensors, and tokenizer.json.`,
  );
}

/** The bytes of a file from `begin` to `end`; Node reads at most 2 GiB at once. */
async function readPiece(file: FileHandle, begin: number, end: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(end - begin);
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, at, Math.min(bytes.length - at, 2 ** 30), begin + at);
    if (bytesRead === 0) return bytes.subarray(0, at); // cut while it was read
    at += bytesRead;
  }
  return bytes;
}

const pointerStart = "version https://git-lfs.github.com/spec/";

/** @throws ModelError when a file only says where Git keeps it */
function checkPointer(name: string, start: Uint8Array): void {
  if (new TextDecoder().decode(start) !== pointerStart) return;
  throw new ModelError(
    `${name} is a pointer of Git LFS, not the file itself; run \`git lfs pull\` in its repository, or download the file.`,
  );
}

/** JSON as it is written into a model's folder. */
export function jsonFile(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
