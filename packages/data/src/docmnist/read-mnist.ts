import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { DataError } from "../errors.js";
import { type DigitImages, type DigitSet, digitSize } from "./digit-images.js";

/**
 * Reads MNIST's four idx files, packed or not: `train-images-idx3-ubyte[.gz]` and so on.
 *
 * @throws DataError `not-found` for a missing file, `malformed` for one that is no idx file of its kind or is cut off.
 */
export async function readMnist(folder: string): Promise<DigitImages> {
  const train = await readSet(folder, "train");
  const test = await readSet(folder, "t10k");
  return { name: "mnist", revision: `mnist-${train.count}-${test.count}`, train, test };
}

async function readSet(folder: string, split: "train" | "t10k"): Promise<DigitSet> {
  const images = await readIdx(folder, `${split}-images-idx3-ubyte`, [digitSize, digitSize]);
  const labels = await readIdx(folder, `${split}-labels-idx1-ubyte`, []);
  if (images.count !== labels.count) {
    throw new DataError(
      "malformed",
      `${folder}: ${images.count} ${split} images and ${labels.count} labels; expected as many, of one download`,
    );
  }
  const wrong = labels.data.findIndex((label) => label > 9);
  if (wrong >= 0) {
    throw new DataError("malformed", `${folder}: ${split} label ${wrong} is ${labels.data[wrong]}; expected 0 to 9`);
  }
  const size = digitSize * digitSize;
  return {
    count: images.count,
    label: (index) => labels.data[index]!,
    pixels: (index) => images.data.subarray(index * size, (index + 1) * size),
  };
}

/** An idx file of bytes: its number says type and axes, then the length of each axis, then the bytes. */
async function readIdx(
  folder: string,
  name: string,
  sizes: readonly number[],
): Promise<{ readonly count: number; readonly data: Uint8Array }> {
  const path = join(folder, name);
  const bytes = await readPacked(path);
  const header = 8 + 4 * sizes.length;
  const number = 0x0800 | (1 + sizes.length);
  if (bytes.length < header || bytes.readUInt32BE(0) !== number) {
    throw new DataError(
      "malformed",
      `${path}: is no idx file with ${1 + sizes.length} axes of bytes (number ${number})`,
    );
  }
  const found = sizes.map((_, axis) => bytes.readUInt32BE(8 + 4 * axis));
  if (found.join() !== sizes.join()) {
    throw new DataError("malformed", `${path}: pictures are ${found.join(" x ")}; expected ${sizes.join(" x ")}`);
  }
  const count = bytes.readUInt32BE(4);
  const expected = header + sizes.reduce((product, size) => product * size, count);
  if (bytes.length !== expected) {
    throw new DataError(
      "malformed",
      `${path}: has ${bytes.length} bytes; expected ${expected} for ${count} records; get it again`,
    );
  }
  return { count, data: bytes.subarray(header) };
}

async function readPacked(path: string): Promise<Buffer> {
  for (const [name, unpack] of [
    [path, (bytes: Buffer) => bytes],
    [`${path}.gz`, (bytes: Buffer) => gunzipSync(bytes)],
  ] as const) {
    let bytes: Buffer;
    try {
      bytes = await readFile(name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") continue;
      throw new DataError("unreadable", `${name}: cannot be read (${(error as Error).message})`, { cause: error });
    }
    try {
      return unpack(bytes);
    } catch (error) {
      throw new DataError("malformed", `${name}: cannot be unpacked (${(error as Error).message}); get it again`, {
        cause: error,
      });
    }
  }
  throw new DataError(
    "not-found",
    `${path}: there is no such file, packed (.gz) or not; put MNIST's four idx files there`,
  );
}
