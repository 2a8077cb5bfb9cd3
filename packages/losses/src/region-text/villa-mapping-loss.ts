import * as tf from "@tensorflow/tfjs-core";
import type { Loss } from "../contract/loss.js";
import { LossError } from "../contract/loss-error.js";
import { tidyTerms } from "../contract/tidy-terms.js";
import { maskValue, meanOf } from "../terms/contrastive-parts.js";
import { softplus } from "../terms/softplus.js";

/** How well every region of every image fits every attribute. B images, R regions each (padded), K attributes. */
export interface MappingBatch {
  /** Cosines of projected regions and attribute embeddings [B, R, K]. */
  readonly scores: tf.Tensor3D;
  /** float [B, K]: 1 where the image's text has the attribute. */
  readonly labels: tf.Tensor2D;
  /** float [B, R]: 0 marks a padding region. Default: no padding. */
  readonly regionMask?: tf.Tensor2D;
}

/** Options of ViLLA's stage 1. */
export interface VillaMappingLossOptions {
  /** "formula": the paper's equation (second-hand). "code": the released code, see below. Default "formula". */
  readonly variant?: "formula" | "code";
  /** Divides the cosines. Default 0.07. */
  readonly temperature?: number;
}

/**
 * ViLLA's stage 1 (Varma et al. 2023): per image and attribute of its text, the image's best region against the
 * best regions of the batch's images whose text lacks the attribute; mean over these pairs.
 *
 * With s = max over regions / temperature, the loss of a pair is -log( e^s_ik / (e^s_ik + Σ_j e^s_jk) ), j over images without k.
 * The released code (villa/losses/stage1_losses.py) lets every image with k add e^0 = 1 to that sum: variant "code".
 *
 * Terms: `objective`.
 *
 * @throws LossError on another variant, and when computing, on labels that do not fit the scores.
 */
export function villaMappingLoss({
  variant = "formula",
  temperature = 0.07,
}: VillaMappingLossOptions = {}): Loss<MappingBatch> {
  if (variant !== "formula" && variant !== "code") {
    throw new LossError(`villaMappingLoss: variant is "${variant}"; expected "formula" or "code".`);
  }
  return {
    name: "villa-mapping",
    version: "1",
    options: { variant, temperature },
    compute: (batch) =>
      tidyTerms(() => {
        const { scores, labels, regionMask } = batch;
        const [images, regions, attributes] = scores.shape;
        if (labels.shape.join() !== [images, attributes].join()) {
          throw new LossError(
            `villaMappingLoss: scores are [${scores.shape}], so labels must be [${images}, ${attributes}], not [${labels.shape}].`,
          );
        }
        const padding = regionMask ? tf.mul(tf.sub(1, tf.reshape(regionMask, [images, regions, 1])), maskValue) : 0;
        const best = tf.div(tf.max(tf.add(scores, padding), 1), temperature);
        const lacks = tf.sub(1, labels);
        const others = variant === "code" ? tf.mul(best, lacks) : tf.add(best, tf.mul(labels, maskValue));
        const against = tf.logSumExp(others, 0, true);
        const pairs = tf.mul(softplus(tf.sub(against, best)), labels);
        return { objective: meanOf(tf.sum(pairs), tf.sum(labels)) };
      }),
  };
}
