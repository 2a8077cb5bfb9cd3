import { isUtf8 } from "node:buffer";
import { DataError } from "../errors.js";
import { textBytes } from "./text-bytes.js";

/** More bytes than a JavaScript text may have. */
const mostBytes = 2 ** 29 - 2 ** 10;

/**
 * Reads a text file whole: UTF-8, UTF-16 or gzip. Throws a DataError when it is missing, a folder, unreadable, no text,
 * longer than 512 MiB, or has nothing in it.
 */
export async function readTextFile(path: string, expected: string): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of textBytes(path, expected)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > mostBytes)
      throw new DataError("unreadable", `${path}: longer than 512 MiB; split it, or write JSON lines`);
  }
  const bytes = Buffer.concat(chunks);
  if (!isUtf8(bytes)) {
    throw new DataError("unreadable", `${path}: not a text in UTF-8; expected ${expected}; save it as UTF-8`);
  }
  const text = bytes.toString("utf8");
  if (text.trim() === "") throw new DataError("empty", `${path}: the file is empty; expected ${expected}`);
  return text;
}
