import type * as tf from "@tensorflow/tfjs-core";

/** What a loss makes of a batch, as named scalars: `objective` is minimised, the others are reported. */
export interface LossTerms {
  readonly objective: tf.Scalar;
  readonly [name: string]: tf.Scalar;
}

/** A pure, differentiable function of one batch, as a value that a run can write down. */
export interface Loss<Batch = ContrastiveBatch> {
  readonly name: string;
  /** Changes when the same batch may give another value. */
  readonly version: string;
  /** What it was made with, as plain JSON. */
  readonly options: Readonly<Record<string, unknown>>;
  /**
   * The caller disposes the terms.
   *
   * @throws LossError when the shapes of the batch do not belong together.
   */
  compute(batch: Batch): LossTerms;
  /**
   * The loss as a sum, for batches whose [B, m + r] cosines are too many to be held: each block compares a part of the batch and can be
   * differentiated by itself. The terms of all blocks add up to those of `compute`, to rounding. Default: it is computed whole.
   *
   * @param batch its masks and shapes count, not its embeddings
   * @param comparisons about how many cosines a block holds
   */
  readonly inBlocks?: (batch: Batch, comparisons: number) => Promise<readonly ((batch: Batch) => LossTerms)[]>;
}

/** Embedded images with their texts: m positives first, then r negatives. Embeddings have length one, unless noted. */
export interface ContrastiveBatch {
  /** [B, d] */
  readonly image: tf.Tensor2D;
  /** [m + r, d]; with knowledge added to them (`fuseKnowledge` of `@tesserae/models`) they may be longer than one. */
  readonly text: tf.Tensor2D;
  /** [m + r, d]: the texts before knowledge was added, for losses that compare those too. Default: `text`. */
  readonly plainText?: tf.Tensor2D;
  /** The factor of the logits, already exp'd. */
  readonly logitScale: tf.Scalar;
  /** int32 [m]: the image that each positive text was made for, MosaiCLIP's p(j). */
  readonly positiveImage: tf.Tensor1D;
  /** int32 [r]: the image that each negative was made for; -1: for none, so it is a negative like any other text. */
  readonly negativeImage: tf.Tensor1D;
  /** float [m + r]: 0 marks a padding row, which changes nothing. Default: no padding. */
  readonly textMask?: tf.Tensor1D;
  /**
   * float or bool [B, m + r]: 1 where a text is true of an image, 0 elsewhere. A positive text is then a positive of every image that it
   * is true of, as in MosaiCLIP's P(i) (Singh et al. 2023, section 3.5). Default: a positive is true of its own image, a
   * negative of none.
   */
  readonly positiveMask?: tf.Tensor2D;
  /** Training steps done so far, for losses with a warm-up: a number, or a scalar where the loss is traced once. */
  readonly step?: number | tf.Scalar;
}
