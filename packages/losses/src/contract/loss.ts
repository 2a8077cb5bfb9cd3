import type * as tf from "@tensorflow/tfjs-core";

/**
 * Named scalars. A trainer minimises the sum of the terms whose name ends in "Loss"; the others are only reported.
 */
export type LossTerms = Readonly<Record<string, tf.Scalar>>;

/** A pure, differentiable function of one batch. */
export interface Loss<Batch = ContrastiveBatch> {
  readonly name: string;
  /**
   * The caller disposes the terms.
   *
   * @throws LossError when the shapes of the batch do not belong together.
   */
  compute(batch: Batch): LossTerms;
}

/** Embedded images with their texts: m positives first, then r negatives. All embeddings have length one. */
export interface ContrastiveBatch {
  /** [B, d] */
  readonly image: tf.Tensor2D;
  /** [m + r, d] */
  readonly text: tf.Tensor2D;
  /** The factor of the logits, already exp'd. */
  readonly logitScale: tf.Scalar;
  /** int32 [m]: the image of each positive text. */
  readonly positiveImage: tf.Tensor1D;
  /** int32 [r]: the image that each negative was made for; -1: for none, so it is a negative like any other text. */
  readonly negativeImage: tf.Tensor1D;
  /** float [m + r]: 0 marks a padding row, which changes nothing. Default: no padding. */
  readonly textMask?: tf.Tensor1D;
  /**
   * float [B, m + r]: 1 where a text is true of an image, 0 elsewhere. A positive text is then a positive of every image that it
   * is true of, as in MosaiCLIP's P(i) (Singh et al. 2023, section 3.5), and a negative that is true of an image is not compared with it. Give
   * each text once: an image's target is shared by columns. Default: a positive is true of its own image, a negative of none.
   */
  readonly matches?: tf.Tensor2D;
  /** Training steps done so far, for losses with a warm-up. */
  readonly step?: number;
}
