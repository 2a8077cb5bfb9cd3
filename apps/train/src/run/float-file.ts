import { open } from "node:fs/promises";

/** Bytes that are read or written at once: one call takes no more than 2 GiB. */
const sliceBytes = 2 ** 26;

/** Writes arrays of numbers one after the other, by slices, so that a file may be of any size. The file is synced. */
export async function writeFloats(path: string, arrays: AsyncIterable<Float32Array>): Promise<void> {
  const file = await open(path, "wx");
  try {
    for await (const array of arrays) {
      const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
      for (let start = 0; start < bytes.length; ) {
        const { bytesWritten } = await file.write(bytes, start, Math.min(sliceBytes, bytes.length - start));
        start += bytesWritten;
      }
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Reads arrays of the given lengths, by slices.
 *
 * @throws Error where the file is shorter or longer than they are together
 */
export async function readFloats(path: string, lengths: readonly number[]): Promise<Float32Array[]> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const expected = 4 * lengths.reduce((sum, length) => sum + length, 0);
    if (size !== expected)
      throw new Error(`${path}: has ${size} bytes, expected ${expected}; it was cut off or belongs to another run`);
    let position = 0;
    const arrays: Float32Array[] = [];
    for (const length of lengths) {
      const bytes = new Uint8Array(4 * length);
      for (let start = 0; start < bytes.length; ) {
        const { bytesRead } = await file.read(
          bytes,
          start,
          Math.min(sliceBytes, bytes.length - start),
          position + start,
        );
        if (bytesRead === 0) throw new Error(`${path}: ended while it was read`);
        start += bytesRead;
      }
      position += bytes.length;
      arrays.push(new Float32Array(bytes.buffer));
    }
    return arrays;
  } finally {
    await file.close();
  }
}
