import * as tf from "@tensorflow/tfjs-core";
import type { ContrastiveBatch, Loss, LossTerms } from "../contract/loss.js";
import { LossError } from "../contract/loss-error.js";
import { type ContrastiveParts, columns } from "../terms/contrastive-parts.js";
import { hardestImage, hardestText, pairTriplets } from "../terms/hardest-negatives.js";
import { imageToText, infoNceTerms, textToImage } from "../terms/info-nce.js";
import { separableLoss } from "../terms/separable-loss.js";
import { plainHinge } from "./hinge-loss.js";

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
 * Structure-CLIP's loss (Huang et al. 2024). Texts and images are matched on `text`, which has knowledge added to it where the model has
 * a knowledge encoder; the hinge compares `plainText`, without it.
 *
 * The hinge pushes each negative below the positive text of the image that it was made for:
 * mean over negatives of max(0, margin - cos(image, positive) + cos(image, negative)). An image with several positives is
 * compared by their mean cosine, one with several negatives has one hinge for each; negatives without an owner have none.
 *
 * - "paper" (second-hand: notes on the paper, not its text): `contrastive`, CLIP's InfoNCE over the positives, and `hinge`.
 * - "code" (zjukg/Structure-CLIP model/train.py): `matching`, a triplet loss with margin 0.2 on plain cosines against the
 *   hardest other text and the hardest other image, and `hinge`.
 *
 * `objective` is their sum.
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
  return {
    name: "structure-clip",
    version: "2",
    options: { variant, margin, weight, ...(variant === "code" ? { warmUpSteps } : {}) },
    ...separableLoss({
      ofImages: (parts, batch) => ({
        ...(variant === "code"
          ? { text: pairTriplets(parts, hardestText(parts, false), tripletMargin) }
          : { imageToText: imageToText(parts, batch.logitScale, positivesOnly) }),
        hinge: plainHinge(parts, batch, margin),
      }),
      ofTexts: (parts, batch) =>
        variant === "code"
          ? { image: pairTriplets(parts, hardImage(parts, batch, warmUpSteps), tripletMargin) }
          : { textToImage: textToImage(parts, batch.logitScale, positivesOnly) },
      combine: (means) => {
        const { objective: matched, ...terms } = variant === "code" ? matching(means) : contrastive(means);
        const hinge: tf.Scalar = tf.mul(means.hinge!, weight);
        return { objective: tf.add(matched, hinge), ...terms, hinge };
      },
    }),
  };
}

const positivesOnly = { reduction: "mean", negatives: false } as const;

function contrastive(means: Readonly<Record<string, tf.Scalar>>): LossTerms {
  const { objective, ...terms } = infoNceTerms(means);
  return { objective, contrastive: objective, ...terms };
}

function matching({ text, image }: Readonly<Record<string, tf.Scalar>>): LossTerms {
  const both: tf.Scalar = tf.add(text!, image!);
  return { objective: both, matching: both };
}

/** 1 while `step` is below `limit`, then 0. */
function isBefore(step: number | tf.Scalar, limit: number): number | tf.Tensor {
  return typeof step === "number" ? Number(step < limit) : tf.cast(tf.less(step, limit), "float32");
}

/** What each positive text is compared with: its hardest other image, or during the warm-up the mean over all images. */
function hardImage(parts: ContrastiveParts, { step }: ContrastiveBatch, warmUpSteps: number): tf.Tensor {
  const warmingUp = step === undefined ? 0 : isBefore(step, warmUpSteps);
  const allImages = tf.mean(columns(parts.cosine, 0, parts.positives), 0, true);
  return tf.add(tf.mul(allImages, warmingUp), tf.mul(hardestImage(parts), tf.sub(1, warmingUp)));
}
