import "@tensorflow/tfjs-backend-cpu";
import { clipMean, clipStd, preprocess } from "@tesserae/models";
import { expect, test } from "vitest";

test("scales, subtracts the mean and divides by the standard deviation of each channel", () => {
  const image = { width: 1, height: 1, data: Uint8Array.of(0, 128, 255) };
  const pixels = preprocess([image, { ...image, data: Uint8Array.of(255, 0, 0) }], 1);
  expect(pixels.shape).toEqual([2, 1, 1, 3]);
  const expected = [-1.7922626, 0.1688972, 2.145897, 1.9303361, -1.7520971, -1.4802198];
  pixels.dataSync().forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i]!, 5);
  });
});

test("keeps the order of rows and columns", () => {
  const data = Uint8Array.from({ length: 12 }, (_, i) => i);
  const pixels = preprocess([{ width: 2, height: 2, data }], 2).dataSync();
  expect([...pixels].every((value, i) => i < 3 || value > pixels[i - 3]!)).toBe(true);
});

test("a whole image is resized once: the rows of a ramp are those of Pillow and torchvision", () => {
  const data = Uint8Array.from({ length: 256 * 280 * 3 }, (_, i) =>
    i % 3 === 0 ? Math.floor((Math.floor(i / 768) * 255) / 280) : 0,
  );
  const pixels = preprocess([{ width: 256, height: 280, data }], 224).arraySync()[0]!;
  const reds = pixels.slice(0, 3).map((row) => Math.round((row[100]![0]! * clipStd[0] + clipMean[0]) * 255));
  expect(reds).toEqual([10, 11, 12]);
});

test("refuses an image with a wrong number of bytes", () => {
  expect(() => preprocess([{ width: 2, height: 1, data: new Uint8Array(7) }], 2)).toThrow(
    "preprocess: image 0 is 2 x 1 with 7 bytes; RGB has 6.",
  );
});
