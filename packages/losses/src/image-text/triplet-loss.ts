import * as tf from "@tensorflow/tfjs-core";
import type { Loss } from "../contract/loss.js";
import { hardestImage, hardestText, pairTriplets } from "../terms/hardest-negatives.js";
import { separableLoss } from "../terms/separable-loss.js";

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
    ...separableLoss({
      ofImages: (parts) => ({ text: pairTriplets(parts, hardestText(parts, negatives), margin) }),
      ofTexts: (parts) => ({ image: pairTriplets(parts, hardestImage(parts), margin) }),
      combine: ({ text, image }) => ({ objective: tf.add(text!, image!) }),
    }),
  };
}
