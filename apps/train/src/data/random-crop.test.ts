import { seededRng } from "@tesserae/scene-graph/random";
import { expect, it } from "vitest";
import { randomCrop } from "./random-crop.js";

/** An image whose red is the column and whose green is the row. */
const ramp = (width: number, height: number) => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return i % 3 === 0 ? pixel % width : i % 3 === 1 ? Math.floor(pixel / width) : 0;
  }),
});

it("keeps at least the given share of the area, of a shape between 3:4 and 4:3, another one each time", () => {
  const image = ramp(200, 200);
  const seen = new Set<string>();
  for (let seed = 0; seed < 100; seed++) {
    const { width, height, data } = randomCrop(image, 64, 0.5, seededRng(seed));
    expect([width, height]).toEqual([64, 64]);
    const last = (64 * 64 - 1) * 3;
    const [w, h] = [(data[last]! - data[0]!) * (64 / 63), (data[last + 1]! - data[1]!) * (64 / 63)];
    expect((w * h) / 200 ** 2).toBeGreaterThan(0.45);
    expect(w / h).toBeGreaterThan(0.72);
    expect(w / h).toBeLessThan(1.4);
    seen.add(data.subarray(0, 3).join());
  }
  expect(seen.size).toBeGreaterThan(50);
  expect(randomCrop(image, 8, 0.5, seededRng(1))).toEqual(randomCrop(image, 8, 0.5, seededRng(1)));
});

it("takes the middle square of an image that no crop fits", () => {
  const { data } = randomCrop(ramp(200, 10), 10, 1, seededRng(1));
  expect([...data.subarray(0, 2)]).toEqual([95, 0]);
});
