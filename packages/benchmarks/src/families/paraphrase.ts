import type { BenchmarkData, Family } from "./family.js";
import { type GridItem, type GridRecord, gridFamily } from "./grid-family.js";

/** An image, two captions that are both true of it, and a third one that is not. */
export type ParaphraseItem = GridItem;

/** SugarCrepe++'s image-text task; metric `accuracy`: both true captions beat the false one. */
export const paraphrase: Family<
  BenchmarkData<ParaphraseItem>,
  readonly GridRecord<ParaphraseItem>[]
> = gridFamily<ParaphraseItem>({
  name: "paraphrase",
  version: "1",
  metrics: { accuracy: (beats) => beats([0, 0], [0, 2]) && beats([0, 1], [0, 2]) },
  problem: ({ images, captions }) =>
    images.length === 1 && captions.length === 3
      ? undefined
      : `expected one image, two true captions and a false one, got ${images.length} images and ${captions.length} captions`,
});
