import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { DataError } from "../errors.js";

/** How a text file is written. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** Bytes that are looked at to tell what a file is. */
const headLength = 65_536;

/** Throws a DataError unless `path` is a file. */
export async function requireFile(path: string, expected: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new DataError("not-found", `${path}: no such file; expected ${expected}`);
  if (!found.isFile()) throw new DataError("not-found", `${path}: is a folder; expected ${expected}`);
}

/** The beginning of a file, unpacked where gzip packed it. Throws a DataError when it cannot be read. */
export async function readHead(path: string): Promise<Uint8Array> {
  try {
    if (!(await isGzip(path))) return await readBytes(path, headLength);
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of createReadStream(path).pipe(createGunzip()) as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= headLength) break;
    }
    return Buffer.concat(chunks).subarray(0, headLength);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/**
 * The bytes of a text file in UTF-8, without a byte order mark, chunk by chunk: UTF-16 is told by its mark or its zero
 * bytes and converted, gzip is unpacked. Throws a DataError when the file is missing, a folder, or cannot be read to
 * its end.
 */
export async function* textBytes(path: string, expected: string): AsyncGenerator<Buffer> {
  await requireFile(path, expected);
  const encoding = encodingOf(await readHead(path));
  const file = createReadStream(path);
  const packed = await isGzip(path);
  const bytes = packed ? file.on("error", () => {}).pipe(createGunzip()) : file;
  const decoder = encoding === "utf-8" ? undefined : new TextDecoder(encoding);
  let isFirst = true;
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      const utf8 = decoder ? Buffer.from(decoder.decode(chunk, { stream: true })) : chunk;
      const hasMark = isFirst && !decoder && utf8[0] === 0xef && utf8[1] === 0xbb && utf8[2] === 0xbf;
      isFirst = false;
      yield hasMark ? utf8.subarray(3) : utf8;
    }
    const rest = decoder?.decode();
    if (rest) yield Buffer.from(rest);
  } catch (cause) {
    throw cause instanceof DataError ? cause : unreadable(path, cause);
  }
}

/** The encoding of a text by its first bytes: a byte order mark, or where its zero bytes are. */
export function encodingOf(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  const zeros = [0, 0];
  const sample = head.subarray(0, 1024);
  for (const [index, byte] of sample.entries()) if (byte === 0) zeros[index % 2]!++;
  const most = sample.length / 4;
  if (zeros[1]! > most && zeros[0] === 0) return "utf-16le";
  return zeros[0]! > most && zeros[1] === 0 ? "utf-16be" : "utf-8";
}

async function isGzip(path: string): Promise<boolean> {
  const [first, second] = await readBytes(path, 2);
  return first === 0x1f && second === 0x8b;
}

async function readBytes(path: string, length: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function unreadable(path: string, cause: unknown): DataError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const why = `cannot be read to its end (${code ?? message})`;
  return new DataError("unreadable", `${path}: ${why}; check that it is whole, and may be read`, { cause });
}
