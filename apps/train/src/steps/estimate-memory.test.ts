import { expect, it } from "vitest";
import { estimateMemory } from "./estimate-memory.js";

const mebibyte = 2 ** 20;
const demo = { width: 96, layers: 3 };
const wide = { width: 256, layers: 6 };

/**
 * Recipes clip, mosaiclip and (the last three) structure-clip with the flags of its scale `coco`, on 216 photos: resident memory at most,
 * one thread, Node 20, Linux. The constants are fitted to the others.
 */
it.each([
  ["clip, 3 x 96, batch 32", 0.95e6, { ...demo, tokens: 65 }, demo, 32, 1, 0, 437],
  ["clip, 3 x 96, batch 128", 0.95e6, { ...demo, tokens: 65 }, demo, 128, 1, 0, 632],
  ["clip, 6 x 256, batch 64", 10.3e6, { ...wide, tokens: 65 }, wide, 64, 1, 0, 1421],
  ["clip, 8 x 512, batch 16", 37e6, { width: 512, layers: 8, tokens: 50 }, { width: 384, layers: 6 }, 16, 1, 0, 2392],
  ["mosaiclip, 3 x 96", 0.95e6, { ...demo, tokens: 65 }, demo, 32, 10, 0, 706],
  ["structure-clip, 3 x 96", 1e6, { ...demo, tokens: 65 }, demo, 64, 2, 56, 750],
  ["structure-clip, 4 x 192", 4e6, { width: 192, layers: 4, tokens: 65 }, { width: 192, layers: 4 }, 64, 2, 56, 1299],
  ["structure-clip, 4 x 320", 9e6, { width: 320, layers: 4, tokens: 65 }, { width: 256, layers: 4 }, 64, 2, 56, 2044],
])("%s is within 10 %% of what was measured", (_, weights, vision, text, images, textsAnImage, kept, measured) => {
  const keptImages = kept * mebibyte;
  const estimate = estimateMemory({ weights, vision, text, images, textsAnImage, parts: 1, keptImages });
  expect(Math.abs(estimate / mebibyte / measured - 1)).toBeLessThan(0.1);
});

it("images and texts count by the part, weights and kept images whole", () => {
  const whole = {
    weights: 1e6,
    vision: { ...demo, tokens: 65 },
    text: demo,
    images: 1024,
    textsAnImage: 1,
    keptImages: 0,
  };
  const estimate = (parts: number, keptImages = 0) => estimateMemory({ ...whole, parts, keptImages });
  expect(estimate(8)).toBeLessThan(0.35 * estimate(1));
  expect(estimate(8, mebibyte) - estimate(8)).toBe(mebibyte);
});
