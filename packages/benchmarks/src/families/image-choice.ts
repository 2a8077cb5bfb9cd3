import type { BenchmarkData, Family } from "./family.js";
import { type GridItem, type GridRecord, gridFamily } from "./grid-family.js";

/** A caption and images of which the first one is right. */
export type ImageChoiceItem = GridItem;

/** One caption against several images; metric `accuracy`: the first image beats every other one. */
export const imageChoice: Family<
  BenchmarkData<ImageChoiceItem>,
  readonly GridRecord<ImageChoiceItem>[]
> = gridFamily<ImageChoiceItem>({
  name: "image-choice",
  version: "1",
  metrics: {
    // The facts of an item leave its images out: scores say how many there are.
    accuracy: (beats) => beats([0, 0], [1, 0]),
  },
  problem: ({ images, captions }) =>
    images.length === 2 && captions.length === 1
      ? undefined
      : `expected two images, the right one first, and one caption, got ${images.length} images and ${captions.length} captions`,
});
