import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeImage, encodePng } from "@tesserae/data";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findPicture } from "./find-picture.js";

let folder: string;
/** Two pixels, red and blue. */
const image = { width: 2, height: 1, data: Uint8Array.of(255, 0, 0, 0, 0, 255) };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pictures-"));
  await writeFile(join(folder, "1.png"), await encodePng(image));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const pixels = async (uri: string | null) => {
  const [, base64 = ""] = (uri ?? "").split("base64,");
  const { width, height, data } = await decodeImage(Buffer.from(base64, "base64"), "picture");
  return { width, height, data: [...data] };
};

it("draws scenes, reads photos, and cuts boxes out of them", async () => {
  const picture = findPicture(folder);
  expect(await pixels(await picture("1.png"))).toEqual({ width: 2, height: 1, data: [255, 0, 0, 0, 0, 255] });
  expect(await pixels(await picture("1.png[1,0,2,1]"))).toEqual({ width: 2, height: 1, data: [0, 0, 255, 0, 0, 0] });
  expect(await pixels(await picture("world:simple/0/test/0"))).toMatchObject({ width: 256, height: 256 });
});

it("has no picture where there is no such file", async () => {
  expect(await findPicture(folder)("2.png")).toBeNull();
  expect(await findPicture(undefined)("1.png")).toBeNull();
});
