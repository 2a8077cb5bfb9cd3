import type { Loss } from "../contract/loss.js";
import { type Reduction, separableInfoNce } from "../terms/info-nce.js";

/** Options of NegCLIP's loss. */
export interface NegclipLossOptions {
  /** Default "mean". */
  readonly reduction?: Reduction;
  /** Share of each target that is spread evenly over all that it is chosen from, as PyTorch's `label_smoothing`. Default 0. */
  readonly labelSmoothing?: number;
}

/**
 * NegCLIP's loss (Yuksekgonul et al. 2023; vinid/neg_clip src/open_clip/loss.py): the image's softmax runs over all texts, every image's
 * negatives included; the texts' softmax is taken for positives only. Several positives of an image share its target evenly.
 *
 * Terms: `objective`, half of `imageToText` + `textToImage`.
 */
export function negclipLoss({ reduction = "mean", labelSmoothing = 0 }: NegclipLossOptions = {}): Loss {
  return {
    name: "negclip",
    version: "1",
    options: { reduction, labelSmoothing },
    ...separableInfoNce({ reduction, labelSmoothing, negatives: true }),
  };
}
