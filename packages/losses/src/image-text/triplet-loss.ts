import type { Loss } from "../contract/loss.js";
import { tidyTerms } from "../contract/tidy-terms.js";
import { contrastiveParts } from "../terms/contrastive-parts.js";
import { hardestNegatives, pairTriplets } from "../terms/hardest-negatives.js";

/** Options of the triplet loss. */
export interface TripletLossOptions {
  /** By how much a pair's cosine is to exceed another's. Default 0.2. */
  readonly margin?: number;
  /** Whether the image's hardest text is looked for among the negatives too, or among the positives of other images only. Default true. */
  readonly negatives?: boolean;
}

/**
 * The triplet loss with the hardest text and the hardest image of the batch (VSE++, Faghri et al. 2018; written from general
 * knowledge): mean over pairs of an image and a text that is true of it of
 * max(0, margin - cos + cos(image, hardest other text)) + max(0, margin - cos + cos(text, hardest other image)).
 *
 * Terms: `objective`. The logit scale takes no part.
 */
export function tripletLoss({ margin = 0.2, negatives = true }: TripletLossOptions = {}): Loss {
  return {
    name: "triplet",
    version: "1",
    options: { margin, negatives },
    compute: (batch) =>
      tidyTerms(() => {
        const parts = contrastiveParts(batch);
        return { objective: pairTriplets(parts, hardestNegatives(parts, negatives), margin) };
      }),
  };
}
