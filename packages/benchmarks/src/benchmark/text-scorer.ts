import { imageKey } from "./image-ref.js";
import type { Scorer } from "./scorer.js";

/**
 * A blind scorer, which sees only the text: what it gets right, a benchmark gives away without its images.
 *
 * @param plausibility the higher, the likelier the caption is right.
 */
export function textScorer(name: string, plausibility: (caption: string) => number): Scorer {
  return {
    name,
    revision: "1",
    embedImages: async (images) => images.map(() => Float32Array.of(1, 0)),
    embedTexts: async (captions) =>
      captions.map((caption) => {
        const angle = Math.PI / 2 - Math.atan(plausibility(caption));
        return Float32Array.of(Math.cos(angle / 2), Math.sin(angle / 2));
      }),
    score: async (_, captions) => captions.map(plausibility),
  };
}

/** Scores that are random and the same for the same image and caption: what blind guessing gives, item by item. */
export function chanceScorer(seed = 0): Scorer {
  const draw = (text: string) => hash(`${seed} ${text}`);
  return {
    name: "chance",
    revision: `seed ${seed}`,
    embedImages: async (images) => images.map((image) => randomVector(draw, imageKey(image))),
    embedTexts: async (captions) => captions.map((caption) => randomVector(draw, caption)),
    score: async (image, captions) => captions.map((caption) => draw(`${imageKey(image)}\n${caption}`)),
  };
}

function randomVector(draw: (text: string) => number, text: string): Float32Array {
  return Float32Array.from({ length: 16 }, (_, index) => draw(`${index} ${text}`) - 0.5);
}

/** FNV-1a with a final mix (Murmur3's), as a number in [0, 1). */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return ((state ^ (state >>> 16)) >>> 0) / 2 ** 32;
}
