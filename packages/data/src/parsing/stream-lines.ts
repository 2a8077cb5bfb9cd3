import { isUtf8 } from "node:buffer";
import { textBytes } from "./text-bytes.js";

/** A line of a file. */
export interface Line {
  /** Counted from 1. */
  readonly number: number;
  readonly text: string;
  /** Why the text is not what the file says: its bytes are no UTF-8. */
  readonly problem?: string;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * The lines of a text file, read as they are asked for. A line ends at a line feed, with or without a carriage return
 * before it; in a file whose first 64 KiB have no line feed, at a carriage return alone. UTF-16 and gzip are read too.
 * Throws a DataError when the file is missing, a folder, or cannot be read to its end.
 */
export async function* streamLines(path: string, expected: string): AsyncGenerator<Line> {
  let end: number | undefined;
  let number = 0;
  let parts: Buffer[] = [];
  const take = (last: Buffer): Line => {
    const bytes = parts.length === 0 ? last : Buffer.concat([...parts, last]);
    parts = [];
    return readLine(++number, bytes);
  };
  for await (const chunk of textBytes(path, expected)) {
    end ??= !chunk.includes(lineFeed) && chunk.includes(carriageReturn) ? carriageReturn : undefined;
    const separator = end ?? lineFeed;
    let start = 0;
    for (let at = chunk.indexOf(separator); at !== -1; at = chunk.indexOf(separator, start)) {
      yield take(chunk.subarray(start, at));
      start = at + 1;
    }
    end ??= start > 0 ? lineFeed : undefined;
    if (start < chunk.length) parts.push(chunk.subarray(start));
  }
  if (parts.length > 0) yield take(Buffer.alloc(0));
}

function readLine(number: number, bytes: Buffer): Line {
  const line = bytes.at(-1) === carriageReturn ? bytes.subarray(0, -1) : bytes;
  const text = line.toString("utf8");
  return isUtf8(line) ? { number, text } : { number, text, problem: "not UTF-8; save the file as UTF-8" };
}
