import { contrastiveParts } from "../terms/contrastive-parts.js";
import { infoNce, type Reduction } from "../terms/info-nce.js";
import type { Loss } from "../contract/loss.js";
import { tidyTerms } from "../contract/tidy-terms.js";

/** Options of MosaiCLIP's loss. */
export interface MosaiclipLossOptions {
  /**
   * "sum" is the paper's equation as printed; "mean" divides by the number of images and of positive texts, so that CLIP's
   * learning rate fits. The paper does not say which it used: the default "mean" is a reconstruction.
   */
  readonly reduction?: Reduction;
  /** Share of each target that is spread evenly over all that it is chosen from, as PyTorch's `label_smoothing`. Default 0. */
  readonly labelSmoothing?: number;
}

/**
 * MosaiCLIP's multi-positive loss (Singh et al. 2023, section 3.5): every positive sub-graph text of an image is
 * one of its |P(i)| targets, in a softmax over all texts, the image's other positives and all negatives included. With one
 * positive an image it equals NegCLIP's.
 *
 * Terms: `contrastiveLoss`; reported: `imageToText`, `textToImage`.
 */
export function mosaiclipLoss({ reduction = "mean", labelSmoothing = 0 }: MosaiclipLossOptions = {}): Loss {
  return {
    name: "mosaiclip",
    compute: (batch) =>
      tidyTerms(() =>
        infoNce(contrastiveParts(batch), batch.logitScale, { reduction, labelSmoothing, negatives: true }),
      ),
  };
}
