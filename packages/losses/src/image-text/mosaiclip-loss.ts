import type { Loss } from "../contract/loss.js";
import { type InfoNceOptions, type Reduction, separableInfoNce } from "../terms/info-nce.js";

/** Options of MosaiCLIP's loss. */
export interface MosaiclipLossOptions {
  /**
   * "sum" is the paper's equation as printed; "mean" divides by the number of images and of positive texts, so that CLIP's
   * learning rate fits. The paper does not say which it used: the default "mean" is a reconstruction.
   */
  readonly reduction?: Reduction;
  /** Share of each target that is spread evenly over all that it is chosen from, as PyTorch's `label_smoothing`. Default 0. */
  readonly labelSmoothing?: number;
  /** Which images a text is to find: "own" (default), the one that it was made for, the paper's single p(j), or all that it is true of. */
  readonly textTargets?: InfoNceOptions["textTargets"];
  /** Whether a negative that happens to be true of an image stays in that image's denominator: "keep" (default), as printed, or "mask". */
  readonly trueNegatives?: InfoNceOptions["trueNegatives"];
}

/**
 * MosaiCLIP's multi-positive loss (Singh et al. 2023, section 3.5): every text of P(i) is one of image i's |P(i)| targets, in a softmax
 * over all texts, the image's other positives and all negatives included; every positive text has its own image p(j) as the target. With
 * one positive an image it equals NegCLIP's.
 *
 * Terms: `objective`, half of `imageToText` + `textToImage`.
 */
export function mosaiclipLoss({
  reduction = "mean",
  labelSmoothing = 0,
  textTargets = "own",
  trueNegatives = "keep",
}: MosaiclipLossOptions = {}): Loss {
  const options = { reduction, labelSmoothing, textTargets, trueNegatives } as const;
  return {
    name: "mosaiclip",
    version: "2",
    options,
    ...separableInfoNce({ ...options, negatives: true }),
  };
}
