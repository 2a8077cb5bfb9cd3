import * as tf from "@tensorflow/tfjs-core";
import { type ContrastiveParts, columns, contrastiveParts } from "../terms/contrastive-parts.js";
import { LossError } from "../contract/loss-error.js";
import { hardestOthers, pairTriplets } from "../terms/hardest-negatives.js";
import { infoNce } from "../terms/info-nce.js";
import type { ContrastiveBatch, Loss, LossTerms } from "../contract/loss.js";
import { ownNegativeHinge } from "../terms/own-negative-hinge.js";
import { tidyTerms } from "../contract/tidy-terms.js";

/** Options of Structure-CLIP's loss. */
export interface StructureClipLossOptions {
  /** "paper": InfoNCE and hinge. "code": the released code's hardest-negative triplet and hinge. Default "paper". */
  readonly variant?: "paper" | "code";
  /** Margin of the hinge, in cosine. Default 0.2 for "paper" (reconstruction: our source does not print γ), 0.1 for "code". */
  readonly margin?: number;
  /** Factor of the hinge. Default 1 for "paper" (L_final = L_hinge + L_ITCL, second-hand), 5 for "code" (script/run.sh). */
  readonly weight?: number;
  /**
   * "code" only: while `batch.step` is smaller, a text is compared with the mean over all images instead of the hardest.
   * Default 100, as in the first epoch of the released code. A batch without `step` has no warm-up.
   */
  readonly warmUpSteps?: number;
}

/** The margin of the released code's triplet, which ignores its constructor's argument. */
const tripletMargin = 0.2;

/**
 * Structure-CLIP's loss (Huang et al. 2024), without the knowledge encoder's part of the texts.
 *
 * The hinge pushes each negative below the positive text of the image that it was made for:
 * mean over negatives of max(0, margin - cos(image, positive) + cos(image, negative)). An image with several positives is
 * compared by their mean cosine, one with several negatives has one hinge for each; negatives without an owner have none.
 *
 * - "paper" (second-hand: notes on the paper, not its text): `contrastiveLoss`, CLIP's InfoNCE over the positives, and `hingeLoss`.
 * - "code" (zjukg/Structure-CLIP model/train.py): `matchingLoss`, a triplet loss with margin 0.2 on plain cosines against the
 *   hardest other text and the hardest other image, and `hingeLoss`.
 *
 * @throws LossError on another variant.
 */
export function structureClipLoss({
  variant = "paper",
  margin = variant === "paper" ? 0.2 : 0.1,
  weight = variant === "paper" ? 1 : 5,
  warmUpSteps = 100,
}: StructureClipLossOptions = {}): Loss {
  if (variant !== "paper" && variant !== "code") {
    throw new LossError(`structureClipLoss: variant is "${variant}"; expected "paper" or "code".`);
  }
  const fit = (parts: ContrastiveParts, batch: ContrastiveBatch): LossTerms =>
    variant === "paper"
      ? infoNce(parts, batch.logitScale, { reduction: "mean", negatives: false })
      : { matchingLoss: hardestTriplet(parts, (batch.step ?? warmUpSteps) < warmUpSteps) };
  return {
    name: "structure-clip",
    compute: (batch) =>
      tidyTerms(() => {
        const parts = contrastiveParts(batch);
        return {
          ...fit(parts, batch),
          hingeLoss: tf.mul(ownNegativeHinge(parts, batch, parts.cosine, margin), weight),
        };
      }),
  };
}

/** Mean over positive texts of the two triplets: image against its hardest other text, text against its hardest other image. */
function hardestTriplet(parts: ContrastiveParts, warmingUp: boolean): tf.Scalar {
  const { text, image } = hardestOthers(parts, false);
  const allImages = () => tf.mean(columns(parts.cosine, 0, parts.positives), 0, true);
  return pairTriplets(parts, { text, image: warmingUp ? allImages() : image }, tripletMargin);
}
