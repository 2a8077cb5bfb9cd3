import type { Loss } from "../contract/loss.js";
import { type Reduction, separableInfoNce } from "../terms/info-nce.js";

/** Options of CLIP's loss. */
export interface ClipLossOptions {
  /** Default "mean". */
  readonly reduction?: Reduction;
  /** Share of each target that is spread evenly over all that it is chosen from, as PyTorch's `label_smoothing`. Default 0. */
  readonly labelSmoothing?: number;
}

/**
 * CLIP's symmetric cross-entropy over images and positive texts (Radford et al. 2021, figure 3). Negatives are ignored. Several positives of
 * an image share its target evenly.
 *
 * Terms: `objective`, half of `imageToText` + `textToImage`.
 */
export function clipLoss({ reduction = "mean", labelSmoothing = 0 }: ClipLossOptions = {}): Loss {
  return {
    name: "clip",
    version: "1",
    options: { reduction, labelSmoothing },
    ...separableInfoNce({ reduction, labelSmoothing, negatives: false }),
  };
}
