import { cropImage } from "@tesserae/models";
import { expect, test } from "vitest";

/** 4 x 3 pixels; the red of a pixel is 10 · row + column + 1. */
const image = {
  width: 4,
  height: 3,
  data: Uint8Array.from({ length: 36 }, (_, i) => (i % 3 === 0 ? 10 * Math.floor(i / 12) + ((i / 3) % 4) + 1 : 7)),
};
const reds = (cropped: typeof image) => Array.from(cropped.data).filter((_, i) => i % 3 === 0);

// Expected: [...Image.crop((x, y, x + w, y + h)).getdata(0)] of Pillow 13.0.0.
test.each<[readonly [number, number, number, number], number, number, number[]]>([
  [[1, 0, 2, 2], 2, 2, [2, 3, 12, 13]],
  [[0.5, 1.5, 1, 1], 2, 0, []], // 0.5 and 1.5 go to the even neighbours 0 and 2
  [[0.5, 0.6, 2.2, 1], 3, 1, [11, 12, 13]],
  [[3, 2, 2, 2], 2, 2, [24, 0, 0, 0]],
  [[-1, -1, 2, 2], 2, 2, [0, 0, 0, 1]],
  [[9, 9, 1, 2], 1, 2, [0, 0]],
])("box %j is cut as Pillow cuts it", (box, width, height, expected) => {
  if (height === 0) return expect(() => cropImage(image, box)).toThrow("holds no pixel of a 4 x 3 image");
  const cropped = cropImage(image, box);
  expect([cropped.width, cropped.height]).toEqual([width, height]);
  expect(reds(cropped as typeof image)).toEqual(expected);
});
