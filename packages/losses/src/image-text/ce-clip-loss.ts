import * as tf from "@tensorflow/tfjs-core";
import type { ContrastiveBatch, Loss } from "../contract/loss.js";
import { tidyTerms } from "../contract/tidy-terms.js";
import {
  type ContrastiveParts,
  columns,
  contrastiveParts,
  maskValue,
  meanOf,
  ownNegatives,
} from "../terms/contrastive-parts.js";
import { infoNce } from "../terms/info-nce.js";
import { ownNegativeHinge } from "../terms/own-negative-hinge.js";

/** Factors and thresholds of CE-CLIP's two added terms. */
export interface CeClipLossOptions {
  /** Factor of the intra-modal term. Default 0.2 (`tec_loss_weight`). */
  readonly intraModalWeight?: number;
  /** Factor of the rank term. Default 0.2 (`atr_loss_weight`). */
  readonly rankWeight?: number;
  /**
   * By how much an image's logit with its caption is to exceed that with a negative made for it: one number for all, or one for
   * each negative [r]. The released code updates its thresholds from the batch before, as `ceClipThreshold` does. Default 0.
   */
  readonly thresholds?: number | tf.Tensor1D;
}

/**
 * CE-CLIP's loss (Zhang et al., CVPR 2024; lezhang7/Enhance-FineGrained src/open_clip/loss.py, `Clip_DALoss` with hard
 * negatives): NegCLIP's InfoNCE, and
 *
 * - intra-modal: each positive text against all negative texts, cross-entropy of [its logit with its image | its logits with
 *   the negatives], mean over positives;
 * - cross-modal rank: max(0, threshold + logit(image, negative) - logit(image, caption)), mean over the negatives of images.
 *   (The code's mean also counts the places of missing negatives as zeros; here those take no part, so that batches with few
 *   negatives weigh the same. With four negatives for every caption the two are equal.)
 *
 * An image with several positives compares its negatives with their mean logit.
 *
 * Terms: `objective`, the sum of `contrastive`, `intraModal` and `rank`; also `imageToText`, `textToImage`.
 */
export function ceClipLoss({ intraModalWeight = 0.2, rankWeight = 0.2, thresholds = 0 }: CeClipLossOptions = {}): Loss {
  return {
    name: "ce-clip",
    version: "1",
    options: {
      intraModalWeight,
      rankWeight,
      thresholds: typeof thresholds === "number" ? thresholds : "each negative's",
    },
    compute: (batch) =>
      tidyTerms(() => {
        const parts = contrastiveParts(batch);
        const { logitScale } = batch;
        const logits: tf.Tensor2D = tf.mul(parts.cosine, logitScale);
        const contrastive = infoNce(parts, logitScale, { reduction: "mean", negatives: true });
        const ranks = ownNegativeHinge(parts, batch, logits, thresholds);
        const intraModal: tf.Scalar = tf.mul(intraModalLoss(parts, batch), intraModalWeight);
        const rank: tf.Scalar = tf.mul(meanOf(ranks.sum, ranks.count as tf.Scalar), rankWeight);
        const objective: tf.Scalar = tf.addN([contrastive.objective, intraModal, rank]);
        return { ...contrastive, objective, contrastive: contrastive.objective, intraModal, rank };
      }),
  };
}

/**
 * The thresholds of the next batch, `threshold_type` "mean" of the released code: the mean over captions of logit(image,
 * caption) - the mean over this batch's negatives of logit(image, negative).
 *
 * @returns a scalar without a gradient.
 */
export function ceClipThreshold(batch: ContrastiveBatch): tf.Scalar {
  return tf.tidy(() => {
    const parts = contrastiveParts(batch);
    const { isPositive, positives } = parts;
    const logits: tf.Tensor2D = tf.mul(parts.cosine, batch.logitScale);
    const own = ownNegatives(parts, batch);
    const captions = meanOf(tf.sum(tf.mul(columns(logits, 0, positives), isPositive)), tf.sum(isPositive));
    const negatives = meanOf(tf.sum(tf.mul(columns(logits, positives, logits.shape[1]), own)), tf.sum(own));
    return tf.sub(captions, negatives) as tf.Scalar;
  });
}

function intraModalLoss(parts: ContrastiveParts, { text, logitScale }: ContrastiveBatch): tf.Scalar {
  const { positives, negatives, isPositive, textMask } = parts;
  if (negatives === 0) return tf.scalar(0);
  const width = text.shape[1];
  const positiveText = tf.slice(text, [0, 0], [positives, width]);
  const negativeText = tf.slice(text, [positives, 0], [negatives, width]);
  const among = tf.mul(tf.matMul(positiveText, negativeText, false, true), logitScale);
  const absent = tf.mul(tf.sub(1, columns(textMask, positives, positives + negatives)), maskValue);
  const shares = tf.div(isPositive, tf.maximum(tf.sum(isPositive, 0, true), 1));
  const withImage = tf.sum(tf.mul(tf.mul(columns(parts.cosine, 0, positives), logitScale), shares), 0);
  const own: tf.Tensor2D = tf.reshape(withImage, [positives, 1]);
  const logProbs = columns(tf.logSoftmax(tf.concat([own, tf.add(among, absent) as tf.Tensor2D], 1)), 0, 1);
  const counted = tf.reshape(tf.minimum(tf.sum(isPositive, 0), 1), [positives, 1]);
  return meanOf(tf.neg(tf.sum(tf.mul(logProbs, counted))), tf.sum(counted));
}
