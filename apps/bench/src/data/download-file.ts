import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { BenchError } from "../bench-error.js";

/** What to download, and what it has to be. */
export interface Download {
  readonly url: string;
  readonly path: string;
  readonly sha256?: string | undefined;
}

/**
 * Downloads a file into its place. What an earlier, interrupted download has left beside it is continued where the server can do so;
 * the file appears under its name only when it is whole and, where a checksum is known, right.
 *
 * @param onProgress called with the bytes that are there, and all of them where the server says how many.
 * @returns its size in bytes.
 * @throws BenchError when the server refuses, ends early, or sends another file than the checksum says.
 */
export async function downloadFile(
  { url, path, sha256 }: Download,
  onProgress: (done: number, total: number | undefined) => void = () => {},
): Promise<number> {
  const partial = `${path}.partial`;
  await mkdir(dirname(path), { recursive: true });
  const have = await sizeOf(partial);
  const response = await fetch(url, have > 0 ? { headers: { range: `bytes=${have}-` } } : {}).catch((error: Error) => {
    throw new BenchError(`${url}: cannot be reached (${(error.cause as Error | undefined)?.message ?? error.message})`);
  });
  const isWhole = have > 0 && response.status === 416; // nothing is left to send
  if (!response.ok && !isWhole)
    throw new BenchError(`${url}: the server answers ${response.status} ${response.statusText}`);
  if (!isWhole) {
    const start = response.status === 206 ? have : 0;
    const length = response.headers.get("content-length");
    const total = length === null ? undefined : start + Number(length);
    let done = start;
    const counted = async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        done += chunk.length;
        onProgress(done, total);
        yield chunk;
      }
    };
    const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
    await pipeline(body, counted, createWriteStream(partial, { flags: start > 0 ? "a" : "w" })).catch(
      (error: Error) => {
        throw new BenchError(
          `${url}: ended after ${done} bytes (${error.message}); run the same command again to go on`,
        );
      },
    );
    if (total !== undefined && done !== total) {
      throw new BenchError(`${url}: ended after ${done} of ${total} bytes; run the same command again to go on`);
    }
  }
  if (sha256 !== undefined) await checkSum(partial, sha256, url);
  await rename(partial, path);
  return sizeOf(path);
}

async function checkSum(path: string, expected: string, url: string): Promise<void> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  const actual = hash.digest("hex");
  if (actual === expected) return;
  await rm(path);
  throw new BenchError(
    `${url}: has the SHA-256 ${actual}; expected ${expected}. It is not kept; run the command again`,
  );
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
