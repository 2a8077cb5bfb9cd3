import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeImage, encodePng, ImageError } from "@tesserae/data";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** One case of tools/oracles/decode_images.py: a file, and Pillow's bytes of it, both in base64. */
interface Case {
  readonly name: string;
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly rgb: string;
}

const fixture = new URL("./fixtures/decoded-images.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, "utf8")) as { cases: Case[] };
const bytesOf = (name: string) => Buffer.from(cases.find((one) => one.name === name)!.file, "base64");

let folder: string;
const path = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tesserae-images-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function failure(source: string | Uint8Array, name?: string): Promise<ImageError> {
  const error = await decodeImage(source, name).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ImageError)) throw new Error(`expected an ImageError, got ${String(error)}`);
  expect(error.message).not.toContain("\n");
  return error;
}

test.each(cases)("$name, whole, to Pillow's bytes, from a file and from memory", async (one) => {
  const file = Buffer.from(one.file, "base64");
  await writeFile(path("image"), file);
  const expected = [...Buffer.from(one.rgb, "base64")];
  for (const source of [path("image"), file]) {
    const { width, height, data } = await decodeImage(source);
    expect([width, height]).toEqual([one.width, one.height]);
    expect([...data]).toEqual(expected);
  }
});

describe("decodeImage", () => {
  test("names an image that is cut short, in every format", async () => {
    for (const [name, share] of [
      ["JPEG 4:2:0", 0.9],
      ["progressive JPEG", 0.8],
      ["PNG", 0.5],
      ["WebP", 0.5],
      ["GIF", 0.5],
      ["TIFF", 0.5],
      ["TIFF with LZW", 0.5],
      ["CMYK TIFF", 0.5],
    ] as const) {
      const file = bytesOf(name);
      const { code, message } = await failure(file.subarray(0, file.length * share), "x");
      expect([name, code, message.slice(0, 13)]).toEqual([name, "truncated", "x: truncated "]);
    }
  });

  test.each(cases)("$name, cut anywhere, is an error or has all of its pixels", async ({ file, rgb }) => {
    const bytes = Buffer.from(file, "base64");
    for (let share = 0.05; share < 1; share += 0.05) {
      const cut = bytes.subarray(0, Math.floor(bytes.length * share));
      const outcome = await decodeImage(cut).then(
        ({ data }) => Buffer.from(data).toString("base64"),
        (error: unknown) => error,
      );
      if (outcome instanceof ImageError) expect(outcome.message).toMatch(/replace or remove it|expected JPEG, PNG/);
      else expect(outcome).toBe(rgb);
    }
  });

  test("names a missing file and a file that is no image", async () => {
    await writeFile(path("text.jpg"), "not an image");
    await writeFile(path("empty.jpg"), "");
    const found = async (name: string) => {
      const { code, path: named, message } = await failure(path(name));
      return [code, named, message.startsWith(`${path(name)}: `)];
    };
    expect(await found("none.jpg")).toEqual(["not-found", path("none.jpg"), true]);
    expect(await found("text.jpg")).toEqual(["unsupported", path("text.jpg"), true]);
    expect(await found("empty.jpg")).toEqual(["unsupported", path("empty.jpg"), true]);
    expect((await failure(Buffer.from("not an image"))).message).toMatch(/^image of 12 bytes: not an image in a known/);
    expect((await failure(new Uint8Array(), "shard.tar#3.jpg")).message).toMatch(/^shard\.tar#3\.jpg: not an image in/);
  });

  test("encodePng keeps every byte", async () => {
    const data = Uint8Array.from({ length: 36 }, (_, index) => index * 7);
    const { width, height, data: kept } = await decodeImage(await encodePng({ width: 3, height: 4, data }));
    expect([width, height, [...kept]]).toEqual([3, 4, [...data]]);
  });
});
