import { expect, it } from "vitest";
import { estimateMemory } from "./estimate-memory.js";

const mebibyte = 2 ** 20;
const demo = { width: 96, layers: 3 };
const wide = { width: 256, layers: 6 };

/** Recipe clip on 216 photos, resident memory at most, one thread, Node 20, Linux; what the constants are fitted to. */
it.each([
  ["3 x 96, batch 32", 0.95e6, { ...demo, tokens: 65 }, demo, 32, 437],
  ["3 x 96, batch 128", 0.95e6, { ...demo, tokens: 65 }, demo, 128, 632],
  ["6 x 256, batch 64", 10.3e6, { ...wide, tokens: 65 }, wide, 64, 1421],
  ["8 x 512, batch 16", 37e6, { width: 512, layers: 8, tokens: 50 }, { width: 384, layers: 6 }, 16, 2392],
])("%s is within 10 %% of what was measured", (_, weights, vision, text, images, measured) => {
  const estimate = estimateMemory({ weights, vision, text, images, textsAnImage: 1, parts: 1, keptImages: 0 });
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
