import type { BenchmarkData, Family } from "./family.js";
import { type GridItem, type GridRecord, gridFamily } from "./grid-family.js";

/** An image and captions of which exactly one is right. */
export interface ChoiceItem extends GridItem {
  /** Index of the right caption. */
  readonly correct: number;
}

/** One image against several captions; metric `accuracy`: the right caption beats every other one. */
export const choice: Family<BenchmarkData<ChoiceItem>, readonly GridRecord<ChoiceItem>[]> = gridFamily<ChoiceItem>({
  name: "choice",
  version: "2",
  metrics: {
    accuracy: (beats, { captions, correct }) =>
      captions.every((_, other) => other === correct || beats([0, correct], [0, other])),
  },
  problem: ({ images, captions, correct }) =>
    images.length === 1 && captions.length >= 2 && captions[correct] !== undefined
      ? undefined
      : `expected one image, at least two captions and the index of the right one, got ${images.length} images, ` +
        `${captions.length} captions and index ${correct}`,
});
