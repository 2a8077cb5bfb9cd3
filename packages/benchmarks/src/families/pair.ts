import type { Beats } from "./beats.js";
import type { BenchmarkData, Family } from "./family.js";
import { type GridItem, type GridRecord, gridFamily } from "./grid-family.js";

/** Two images and two captions; caption 0 belongs to image 0, caption 1 to image 1. */
export type PairItem = GridItem;

const text = (beats: Beats) => beats([0, 0], [0, 1]) && beats([1, 1], [1, 0]);
const image = (beats: Beats) => beats([0, 0], [1, 0]) && beats([1, 1], [0, 1]);

/**
 * Winoground's family (Thrush et al., CVPR 2022, section 4). Metrics: `text`: for each image its caption beats the other one;
 * `image`: for each caption its image beats the other one; `group`: both.
 */
export const pair: Family<BenchmarkData<PairItem>, readonly GridRecord<PairItem>[]> = gridFamily<PairItem>({
  name: "pair",
  version: "1",
  metrics: { text, image, group: (beats) => text(beats) && image(beats) },
  problem: ({ images, captions }) =>
    images.length === 2 && captions.length === 2
      ? undefined
      : `expected two images and two captions, got ${images.length} images and ${captions.length} captions`,
});
