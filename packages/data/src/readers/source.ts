import { readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DataError } from "../errors.js";
import { encodingOf, readHead } from "../parsing/text-bytes.js";

/** What a reader sees of a file or folder before it reads it. */
export interface Source {
  readonly path: string;
  /** The names in a folder, sorted; undefined for a file. */
  readonly entries?: readonly string[];
  /** The first 64 KiB of a file, unpacked where gzip packed it. */
  readonly head: Uint8Array;
  /** `head` as text; empty for a folder and for what is no text. */
  readonly text: string;
  /** The lines of `text` that are not blank, without the last one where it is cut. */
  readonly lines: readonly string[];
}

/** Files that hold the captions of a folder, the first that is there. */
export const captionFileNames = [
  "annotations.jsonl",
  "metadata.jsonl",
  "metadata.csv",
  "captions.jsonl",
  "captions.json",
  "captions.tsv",
  "captions.csv",
  "captions.txt",
  "negclip.tsv",
] as const;

/** Looks at a file or folder. Throws a DataError when there is none or it cannot be read. */
export async function openSource(path: string): Promise<Source> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new DataError("not-found", `${path}: no such file or folder; give a path that exists`);
  if (found.isDirectory()) {
    const entries = (await readdir(path)).filter((name) => !name.startsWith(".")).sort();
    return { path, entries, head: new Uint8Array(), text: "", lines: [] };
  }
  const head = await readHead(path);
  const text = textOf(head);
  const lines = text.split(text.includes("\n") ? /\r?\n/ : /\r/);
  if (lines.length > 1 && head.length === 65_536) lines.pop();
  return { path, head, text, lines: lines.filter((line) => line.trim() !== "") };
}

/** The file that holds the captions of a folder: one of `captionFileNames`; else the path itself. */
export async function captionFile(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) return path;
  const entries = new Set(await readdir(path));
  const name = captionFileNames.find((candidate) => entries.has(candidate));
  return name === undefined ? path : join(path, name);
}

/**
 * Where the images of a data file are looked for when nobody says: in `images/` or `Images/` beside it, else beside it;
 * of a folder, in it.
 */
export async function imageRoot({ path, entries }: Source): Promise<string> {
  const folder = entries ? path : dirname(path);
  for (const name of ["images", "Images"]) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found?.isDirectory()) return join(folder, name);
  }
  return folder;
}

function textOf(head: Uint8Array): string {
  const encoding = encodingOf(head);
  const text = new TextDecoder(encoding).decode(head);
  const zeros = text.split("\0").length - 1;
  return zeros * 20 > text.length ? "" : text;
}
