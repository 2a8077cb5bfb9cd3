import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { DataError } from "../errors.js";
import type { Line } from "../parsing/read-text.js";

/**
 * The lines of a UTF-8 file, read as they are asked for. A line ends at a line feed, with or without a carriage return.
 * Throws a DataError when the file is missing or a folder.
 */
export async function* streamLines(path: string, expected: string): AsyncGenerator<Line> {
  await requireFile(path, expected);
  const decoder = new TextDecoder();
  let rest = "";
  let number = 0;
  const line = (text: string): Line => ({ number: ++number, text: text.endsWith("\r") ? text.slice(0, -1) : text });
  for await (const chunk of createReadStream(path)) {
    const parts = (rest + decoder.decode(chunk as Buffer, { stream: true })).split("\n");
    rest = parts.pop()!;
    for (const part of parts) yield line(part);
  }
  rest += decoder.decode();
  if (rest !== "") yield line(rest);
}

/** Throws a DataError unless `path` is a file. */
export async function requireFile(path: string, expected: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new DataError("not-found", `${path}: no such file; expected ${expected}`);
  if (!found.isFile()) throw new DataError("not-found", `${path}: is a folder; expected ${expected}`);
}
