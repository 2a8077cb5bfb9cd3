import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { DataError } from "../errors.js";

/** A text file, whole. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
  /** The first 12 digits of the contents' SHA-256: a data set's revision. */
  readonly revision: string;
}

/**
 * Reads a UTF-8 file, without its byte order mark. Throws a DataError when it is missing, a folder, unreadable, no text in
 * UTF-8 (a parquet file, an image, UTF-16) or has nothing in it.
 */
export async function readTextFile(path: string, expected: string): Promise<TextFile> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT")
      throw new DataError("not-found", `${path}: no such file; expected ${expected}`, { cause: error });
    if (code === "EISDIR")
      throw new DataError("not-found", `${path}: is a folder; expected ${expected}`, { cause: error });
    throw new DataError("unreadable", `${path}: cannot be read (${code}); expected ${expected}`, { cause: error });
  }
  if (bytes.includes(0) || !isUtf8(bytes)) {
    throw new DataError(
      "unreadable",
      `${path}: not a text in UTF-8; expected ${expected}; convert it or give another file`,
    );
  }
  const text = bytes.toString("utf8").replace(/^\uFEFF/, "");
  if (text.trim() === "") throw new DataError("empty", `${path}: the file is empty; expected ${expected}`);
  return { path, text, revision: createHash("sha256").update(bytes).digest("hex").slice(0, 12) };
}

/** A line of a file, its number counted from 1. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/**
 * The lines of a file; a line break at the end ends the last line and starts no other. Throws a DataError at an empty
 * line: it may stand for a record that was lost, so nobody but the file's owner can say what it should be.
 */
export function linesOf({ path, text }: TextFile, expected: string): Line[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line, index) => {
    if (line.trim() === "") throw emptyLine(path, index + 1, expected);
    return { number: index + 1, text: line };
  });
}

export function emptyLine(path: string, number: number, expected: string): DataError {
  return new DataError("malformed", `${path}:${number}: empty line; expected ${expected}; fill it in or delete it`);
}

/** Throws a DataError when every record had a problem, so that bad input never looks like an empty data set. */
export function requireSamples(path: string, samples: readonly unknown[], problems: readonly string[]): void {
  if (samples.length > 0) return;
  const first = problems[0] ? `; the first problem: ${problems[0]}` : "";
  throw new DataError("empty", `${path}: no usable record (${problems.length} skipped)${first}`);
}
