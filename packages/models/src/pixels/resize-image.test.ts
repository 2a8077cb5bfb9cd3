import { readFileSync } from "node:fs";
import "@tensorflow/tfjs-backend-cpu";
import { preprocess, resizeAndCrop, resizeBicubic } from "@tesserae/models";
import { expect, test } from "vitest";

/** One case of tools/oracles/clip_preprocess.py. */
interface Case {
  readonly n: number;
  readonly width: number;
  readonly height: number;
  readonly smooth: boolean;
  readonly size: number;
  readonly shape: readonly [number, number];
  readonly resized: readonly number[];
  readonly pixels: readonly number[];
}

const fixture = new URL("../fixtures/clip-preprocess.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, "utf8")) as { cases: Case[] };

/** The image that the oracle makes. */
function image({ n, width, height, smooth }: Case) {
  const byte = (i: number) =>
    smooth ? Math.floor(255 * (0.5 + 0.5 * Math.sin(i / 9 + n))) : (i * 73 + i * i * 7 + n * 31) % 256;
  return { width, height, data: Uint8Array.from({ length: width * height * 3 }, (_, i) => byte(i)) };
}

test.each(cases)("$width x $height to $shape equals Pillow's bytes (smooth: $smooth)", (reference) => {
  const [width, height] = reference.shape;
  expect([...resizeBicubic(image(reference), width, height).data]).toEqual(reference.resized);
});

test.each(cases)("$width x $height, cut to $size, gives torchvision's pixels (smooth: $smooth)", (reference) => {
  const pixels = preprocess([image(reference)], reference.size).dataSync();
  expect(pixels).toHaveLength(reference.pixels.length);
  const differences = reference.pixels.map((value, i) => Math.abs(value - pixels[i]!));
  expect(Math.max(...differences)).toBeLessThan(2e-6);
});

test("an image of the right size stays as it is", () => {
  const square = { width: 2, height: 2, data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12) };
  expect(resizeAndCrop(square, 2).data).toEqual(square.data);
});

test("refuses sizes and bytes that are none", () => {
  const square = { width: 1, height: 1, data: new Uint8Array(3) };
  expect(() => resizeBicubic(square, 0, 1)).toThrow("resizeBicubic: width is 0; expected at least 1.");
  expect(() => resizeBicubic({ ...square, width: 2 }, 1, 1)).toThrow("resizeBicubic: 3 bytes for 2 x 1; RGB has 6.");
});
