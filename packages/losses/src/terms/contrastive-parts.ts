import * as tf from "@tensorflow/tfjs-core";
import type { ContrastiveBatch } from "../contract/loss.js";
import { LossError } from "../contract/loss-error.js";

/** Added to masked logits: far below any of them, yet finite, so that nothing times it is NaN. */
export const maskValue = -1e9;

/** What every loss on a {@link ContrastiveBatch} starts from. B images, m positive and r negative texts. */
export interface ContrastiveParts {
  readonly images: number;
  readonly positives: number;
  readonly negatives: number;
  /** Cosines [B, m + r]. */
  readonly cosine: tf.Tensor2D;
  /** 1 for texts that are no padding [1, m + r]. */
  readonly textMask: tf.Tensor2D;
  /** 1 where image i is compared with text k [1 or B, m + r]: not with padding, nor with a negative that is true of it. */
  readonly candidateMask: tf.Tensor2D;
  /** 1 where text k is a positive of image i [B, m]; a padding text is nobody's. */
  readonly isPositive: tf.Tensor2D;
  /** 1 where text k was made for image i [B, m], likewise. */
  readonly isOwn: tf.Tensor2D;
  /** Number of positives of each image [B, 1]. */
  readonly positiveCount: tf.Tensor2D;
}

/**
 * Checks a batch and derives cosines and masks.
 *
 * @throws LossError when the shapes do not belong together.
 */
export function contrastiveParts(batch: ContrastiveBatch): ContrastiveParts {
  const { image, text, plainText, positiveImage, negativeImage } = batch;
  const positiveMask = batch.positiveMask && tf.cast(batch.positiveMask, "float32");
  const [images, width] = image.shape;
  const [texts, textWidth] = text.shape;
  const positives = positiveImage.shape[0];
  const negatives = negativeImage.shape[0];
  if (width !== textWidth) {
    throw new LossError(`image is [${image.shape}] and text is [${text.shape}]; their widths must be equal.`);
  }
  if (positives === 0) throw new LossError("positiveImage is empty; a batch needs at least one positive text.");
  if (texts !== positives + negatives) {
    throw new LossError(
      `text has ${texts} rows; positiveImage and negativeImage name ${positives} + ${negatives}. Texts are positives first, then negatives.`,
    );
  }
  if (batch.textMask && batch.textMask.shape[0] !== texts) {
    throw new LossError(`textMask has ${batch.textMask.shape[0]} entries for ${texts} texts.`);
  }
  if (plainText && plainText.shape.join() !== text.shape.join()) {
    throw new LossError(`plainText is [${plainText.shape}] and text is [${text.shape}]; the same shape is expected.`);
  }
  if (positiveMask && positiveMask.shape.join() !== [images, texts].join()) {
    throw new LossError(
      `positiveMask is [${positiveMask.shape}]; one number for each image and text is expected, [${images},${texts}].`,
    );
  }
  const textMask = batch.textMask
    ? tf.reshape<tf.Rank.R2>(batch.textMask, [1, texts])
    : tf.ones<tf.Rank.R2>([1, texts]);
  const isOwn: tf.Tensor2D = tf.mul(oneHotOwner(positiveImage, images), columns(textMask, 0, positives));
  const isPositive: tf.Tensor2D = positiveMask
    ? tf.mul(columns(positiveMask, 0, positives), columns(textMask, 0, positives))
    : isOwn;
  return {
    images,
    positives,
    negatives,
    cosine: tf.matMul(image, text, false, true),
    textMask,
    candidateMask: positiveMask ? tf.mul(textMask, notFalse(positiveMask, positives)) : textMask,
    isPositive,
    isOwn,
    positiveCount: tf.sum(isPositive, 1, true),
  };
}

/** 0 where a negative is true of an image [B, m + r]. */
function notFalse(positiveMask: tf.Tensor2D, positives: number): tf.Tensor2D {
  const [images, texts] = positiveMask.shape;
  if (positives === texts) return tf.ones([images, texts]);
  const rest: tf.Tensor2D = tf.sub(1, columns(positiveMask, positives, texts));
  return tf.concat([tf.ones<tf.Rank.R2>([images, positives]), rest], 1);
}

/** 1 where entry k of `owner` is i: [images, entries]. */
export function oneHotOwner(owner: tf.Tensor1D, images: number): tf.Tensor2D {
  const rows = tf.tensor2d(
    Int32Array.from({ length: images }, (_, image) => image),
    [images, 1],
    "int32",
  );
  const equal: tf.Tensor2D = tf.equal(rows, tf.reshape(owner, [1, owner.shape[0]]));
  return tf.cast(equal, "float32");
}

/** 1 where a negative was made for an image and is compared with it [B, r]. */
export function ownNegatives(
  { images, positives, negatives, candidateMask }: ContrastiveParts,
  { negativeImage }: ContrastiveBatch,
): tf.Tensor2D {
  return tf.mul(oneHotOwner(negativeImage, images), columns(candidateMask, positives, positives + negatives));
}

/** The mean of each image's `scores` [B, m + r] with its positives [B, 1]; 0 where it has none. */
export function positiveMean(
  scores: tf.Tensor2D,
  { positives, isPositive, positiveCount }: ContrastiveParts,
): tf.Tensor2D {
  return tf.div(tf.sum(tf.mul(columns(scores, 0, positives), isPositive), 1, true), tf.maximum(positiveCount, 1));
}

/** Columns `from` to `to`, the end left out. */
export function columns(matrix: tf.Tensor2D, from: number, to: number): tf.Tensor2D {
  const [rows, all] = matrix.shape;
  return from === 0 && to === all ? matrix : tf.slice(matrix, [0, from], [rows, to - from]);
}

/** `sum / max(count, 1)`: a mean that is 0, not NaN, of nothing. */
export function meanOf(sum: tf.Tensor, count: tf.Tensor): tf.Scalar {
  return tf.div(sum, tf.maximum(count, 1));
}
