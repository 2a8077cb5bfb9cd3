import * as tf from "@tensorflow/tfjs-core";
import type { Loss } from "../contract/loss.js";
import { tidyTerms } from "../contract/tidy-terms.js";
import { columns, contrastiveParts, ownNegatives, positiveMean } from "../terms/contrastive-parts.js";
import { infoNce } from "../terms/info-nce.js";
import { negativeFocal } from "../terms/negative-focal.js";

/** Options of FSC-CLIP's global part; the local part takes the same. */
export interface FscClipLossOptions {
  /** Factor of the negative term (`neg_loss_weight`). Default 0.5, as in the README's command for COCO; of the local part 0.2. */
  readonly weight?: number;
  /** `focal_gamma`. Default 2, as in the README's command for COCO; 0 for the cross-entropy. */
  readonly focalGamma?: number;
  /** `neg_label_smoothing`. Default 0.02, as in the README's command for COCO. */
  readonly labelSmoothing?: number;
}

/**
 * FSC-CLIP's global part (Oh et al., EMNLP 2024; ytaek-oh/fsc-clip src/training/losses/loss.py, `Global_HNLoss`): CLIP's
 * InfoNCE without the negatives, and each image's caption chosen among the negatives made for it, with focal loss and label
 * smoothing. Missing negatives take no part, where the code leaves them in the softmax with the logit 0. With several positives an
 * image their mean logit is chosen. Add `fscClipLocalLoss` for the local part.
 *
 * Terms: `objective`, the sum of `contrastive` and `globalNegative`; also `imageToText`, `textToImage`.
 */
export function fscClipLoss({ weight = 0.5, focalGamma = 2, labelSmoothing = 0.02 }: FscClipLossOptions = {}): Loss {
  return {
    name: "fsc-clip",
    version: "1",
    options: { weight, focalGamma, labelSmoothing },
    compute: (batch) =>
      tidyTerms(() => {
        const parts = contrastiveParts(batch);
        const { positives, negatives, positiveCount } = parts;
        const contrastive = infoNce(parts, batch.logitScale, { reduction: "mean", negatives: false });
        if (negatives === 0) {
          return { ...contrastive, contrastive: contrastive.objective, globalNegative: tf.scalar(0) };
        }
        const logits: tf.Tensor2D = tf.mul(parts.cosine, batch.logitScale);
        const caption = positiveMean(logits, parts);
        const counted: tf.Tensor2D = tf.mul(ownNegatives(parts, batch), tf.minimum(positiveCount, 1));
        const among = columns(logits, positives, positives + negatives);
        const focal = negativeFocal(caption, among, counted, { focalGamma, labelSmoothing });
        const globalNegative: tf.Scalar = tf.mul(focal, weight);
        const objective: tf.Scalar = tf.add(contrastive.objective, globalNegative);
        return { ...contrastive, objective, contrastive: contrastive.objective, globalNegative };
      }),
  };
}
