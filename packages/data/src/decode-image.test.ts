import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeImage, encodePng, ImageError } from "@tesserae/data";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let folder: string;
const path = (name: string) => join(folder, name);
const pixel = ({ data, width }: { data: Uint8Array; width: number }, x: number, y: number) => [
  ...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];

/** Left half red, right half blue. */
const halves = (width: number, height: number) =>
  sharp(
    Buffer.from(
      Array.from({ length: width * height }, (_, index) =>
        index % width < width / 2 ? [255, 0, 0] : [0, 0, 255],
      ).flat(),
    ),
    { raw: { width, height, channels: 3 } },
  );

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tesserae-images-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("decodeImage", () => {
  test("covers the square and cuts to the middle", async () => {
    await halves(80, 40).png().toFile(path("wide.png"));
    const image = await decodeImage(path("wide.png"), 20);
    expect([image.width, image.height, image.data.length]).toEqual([20, 20, 1200]);
    expect(pixel(image, 2, 10)).toEqual([255, 0, 0]);
    expect(pixel(image, 17, 10)).toEqual([0, 0, 255]);
  });

  test("turns the image as its EXIF says", async () => {
    await halves(40, 40).withMetadata({ orientation: 6 }).png().toFile(path("turned.png"));
    const image = await decodeImage(path("turned.png"), 20);
    expect(pixel(image, 10, 2)).toEqual([255, 0, 0]);
    expect(pixel(image, 10, 17)).toEqual([0, 0, 255]);
  });

  test("makes grey RGB and lays transparency on white", async () => {
    await halves(8, 8).greyscale().png().toFile(path("grey.png"));
    const grey = await decodeImage(path("grey.png"), 8);
    expect(grey.data.length).toBe(8 * 8 * 3);
    expect(new Set(pixel(grey, 1, 1)).size).toBe(1);
    expect(pixel(grey, 1, 1)).not.toEqual(pixel(grey, 6, 1));
    const clear = { width: 4, height: 4, channels: 4 as const, background: { r: 0, g: 0, b: 0, alpha: 0 } };
    await sharp({ create: clear }).png().toFile(path("clear.png"));
    expect(pixel(await decodeImage(path("clear.png"), 4), 2, 2)).toEqual([255, 255, 255]);
  });

  test("names a truncated JPEG, a missing file and a file that is no image", async () => {
    const jpeg = await halves(200, 200).jpeg().toBuffer();
    await writeFile(path("cut.jpg"), jpeg.subarray(0, jpeg.length / 2));
    await writeFile(path("text.jpg"), "not an image");
    await writeFile(path("empty.jpg"), "");
    const failure = async (name: string) => {
      const error = await decodeImage(path(name), 8).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (!(error instanceof ImageError)) throw new Error(`expected an ImageError, got ${String(error)}`);
      expect(error.message).not.toContain("\n");
      return [error.code, error.path, error.message.startsWith(`${path(name)}: `)];
    };
    expect(await failure("cut.jpg")).toEqual(["truncated", path("cut.jpg"), true]);
    expect(await failure("none.jpg")).toEqual(["not-found", path("none.jpg"), true]);
    expect(await failure("text.jpg")).toEqual(["unsupported", path("text.jpg"), true]);
    expect(await failure("empty.jpg")).toEqual(["unsupported", path("empty.jpg"), true]);
    await expect(decodeImage(path("cut.jpg"), 8)).rejects.toThrow("truncated JPEG");
  });

  test("refuses a senseless size", async () => {
    await expect(decodeImage(path("grey.png"), 0)).rejects.toThrow(
      "decodeImage: size is 0; give a whole number of pixels",
    );
  });

  test("encodePng keeps every byte", async () => {
    const data = Uint8Array.from({ length: 27 }, (_, index) => index * 9);
    await writeFile(path("kept.png"), await encodePng({ width: 3, height: 3, data }));
    expect((await decodeImage(path("kept.png"), 3)).data).toEqual(data);
  });
});
