import { type Dataset, splitByImage } from "@tesserae/data";
import { describe, expect, test } from "vitest";

const samples = Array.from({ length: 10 }, (_, row) => ({
  id: String(row),
  image: `image-${row % 5}.png`,
  captions: [`caption ${row}`],
  hardNegativeImages: [0, 1, 2, 3, 4],
}));
const dataset: Dataset = {
  name: "ten",
  revision: "1",
  samples,
  problems: [],
  loadImage: () => Promise.reject(new Error("no images")),
};

describe("splitByImage", () => {
  test("keeps an image's samples together, whatever their order, and re-numbers hard images", () => {
    const [train, heldOut] = splitByImage(dataset, { seed: 3 });
    expect([train.samples.length, heldOut.samples.length]).toEqual([8, 2]);
    const [trainImages, heldOutImages] = [train, heldOut].map(
      (part) => new Set(part.samples.map(({ image }) => image)),
    );
    expect([...heldOutImages!].filter((image) => trainImages!.has(image))).toEqual([]);
    expect(heldOut.samples.map(({ hardNegativeImages }) => hardNegativeImages)).toEqual([[0], [0]]);
    const reversed = splitByImage({ ...dataset, samples: [...samples].reverse() }, { seed: 3 });
    expect(new Set(reversed[1].samples.map(({ image }) => image))).toEqual(heldOutImages);
    expect(train.revision).not.toBe(heldOut.revision);
  });

  test("refuses a part without images", () => {
    expect(() => splitByImage(dataset, { seed: 3, fraction: 1 })).toThrow("make parts of 5 and 0; each needs one");
    expect(() => splitByImage(dataset, { seed: 3, fraction: Number.NaN })).toThrow("at fraction NaN");
  });
});
