import * as tf from "@tensorflow/tfjs-core";
import type { Loss } from "../contract/loss.js";
import { LossError } from "../contract/loss-error.js";
import { tidyTerms } from "../contract/tidy-terms.js";
import { maskValue, meanOf } from "../terms/contrastive-parts.js";

/** Pairs of regions and texts; all embeddings have length one. */
export interface RegionBatch {
  /** [R, d] */
  readonly region: tf.Tensor2D;
  /** [R, d]: the text of each region. */
  readonly text: tf.Tensor2D;
  /** int32 [R]: equal numbers mark texts that say the same. Needed for `multiPositive`. */
  readonly textId?: tf.Tensor1D;
  /** float [R]: 0 marks a padding pair. Default: no padding. */
  readonly mask?: tf.Tensor1D;
}

/** Options of ViLLA's stage 2. */
export interface RegionContrastiveLossOptions {
  /** Divides the cosines; not trained. Default 0.07. */
  readonly temperature?: number;
  /**
   * Whether regions whose texts say the same, such as "there is a red image" and "the color is red", share their targets evenly.
   * Where such texts are equal to the word, it changes nothing. Default false, as in the released code, where such regions are
   * negatives of each other.
   */
  readonly multiPositive?: boolean;
}

/**
 * ViLLA's stage 2 (Varma et al. 2023; villa/losses/stage2_losses.py): InfoNCE between regions and their texts in
 * both directions, half each, mean over regions.
 *
 * Terms: `objective`, half of `regionToText` + `textToRegion`.
 *
 * @throws LossError, when computing, on shapes that differ, and on `multiPositive` without `textId`.
 */
export function regionContrastiveLoss({
  temperature = 0.07,
  multiPositive = false,
}: RegionContrastiveLossOptions = {}): Loss<RegionBatch> {
  return {
    name: "region-contrastive",
    version: "1",
    options: { temperature, multiPositive },
    compute: ({ region, text, textId, mask }) =>
      tidyTerms(() => {
        const count = region.shape[0];
        if (region.shape.join() !== text.shape.join()) {
          throw new LossError(
            `regionContrastiveLoss: region is [${region.shape}] and text is [${text.shape}]; one text a region is expected.`,
          );
        }
        if (multiPositive && textId?.shape[0] !== count) {
          throw new LossError(
            `regionContrastiveLoss: multiPositive needs textId with one number for each of the ${count} regions.`,
          );
        }
        const present = mask ?? tf.ones<tf.Rank.R1>([count]);
        const across = tf.reshape(present, [1, count]);
        const same =
          multiPositive && textId
            ? tf.cast(tf.equal(tf.reshape(textId, [count, 1]), tf.reshape(textId, [1, count])), "float32")
            : tf.eye(count);
        const equals: tf.Tensor2D = tf.mul(same, across);
        const targets = tf.div(equals, tf.maximum(tf.sum(equals, 1, true), 1));
        const logits: tf.Tensor2D = tf.div(tf.matMul(region, text, false, true), temperature);
        const oneWay = (logits: tf.Tensor2D) => {
          const logProbs = tf.logSoftmax(tf.add(logits, tf.mul(tf.sub(1, across), maskValue)));
          const losses = tf.neg(tf.sum(tf.mul(logProbs, targets), 1));
          return meanOf(tf.sum(tf.mul(losses, present)), tf.sum(present));
        };
        const regionToText = oneWay(logits);
        const textToRegion = oneWay(tf.transpose(logits));
        return { objective: tf.mul(tf.add(regionToText, textToRegion), 0.5), regionToText, textToRegion };
      }),
  };
}
