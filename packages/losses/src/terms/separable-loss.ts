import * as tf from "@tensorflow/tfjs-core";
import type { ContrastiveBatch, Loss, LossTerms } from "../contract/loss.js";
import { tidyTerms } from "../contract/tidy-terms.js";
import { type ContrastiveParts, contrastiveParts } from "./contrastive-parts.js";

/** A mean as what it is made of, so that the parts of a batch add up. A count of 1 makes it a sum. */
export interface Mean {
  readonly sum: tf.Tensor;
  /** Follows from the batch's masks alone, not from its embeddings. */
  readonly count: tf.Tensor | number;
}

type MeansOf = (parts: ContrastiveParts, batch: ContrastiveBatch) => Readonly<Record<string, Mean>>;

/** A loss that is a weighted sum of means over images and of means over positive texts. */
export interface SeparableLoss {
  /** What each image adds, compared with all texts. */
  readonly ofImages: MeansOf;
  /** What each positive text adds, compared with all images. Default: nothing. */
  readonly ofTexts?: MeansOf;
  /** The terms from the means, each of them linear in those: the terms of blocks then add up to those of the whole. */
  readonly combine: (means: Readonly<Record<string, tf.Scalar>>) => LossTerms;
}

/** A part of a batch that is a batch itself, and what is computed of it. */
interface Block {
  readonly cut: (batch: ContrastiveBatch) => ContrastiveBatch;
  readonly means: MeansOf;
}

/** How a separable loss is computed: whole, and in blocks of images and of texts. */
export function separableLoss({
  ofImages,
  ofTexts = () => ({}),
  combine,
}: SeparableLoss): Required<Pick<Loss, "compute" | "inBlocks">> {
  return {
    compute: (batch) =>
      tidyTerms(() => {
        const parts = contrastiveParts(batch);
        const means = Object.entries({ ...ofImages(parts, batch), ...ofTexts(parts, batch) });
        return combine(Object.fromEntries(means.map(([name, { sum, count }]) => [name, divide(sum, count)])));
      }),
    inBlocks: async (batch, comparisons) => {
      const { image, text, positiveImage } = batch;
      const [images, texts, positives] = [image.shape[0], text.shape[0], positiveImage.shape[0]];
      const blocks: readonly Block[] = [
        ...ranges(images, Math.floor(comparisons / texts)).map((range) => ({
          cut: (whole: ContrastiveBatch) => someImages(whole, range),
          means: ofImages,
        })),
        ...ranges(positives, Math.floor(comparisons / images)).map((range) => ({
          cut: (whole: ContrastiveBatch) => someTexts(whole, range),
          means: ofTexts,
        })),
      ];
      const counts = new Map<string, number>();
      for (const block of blocks) await addCounts(counts, batch, block);
      return blocks.map(({ cut, means }) => (whole: ContrastiveBatch) => {
        return tidyTerms(() => {
          const some = cut(whole);
          const zero = tf.scalar(0);
          const own = Object.entries(means(contrastiveParts(some), some));
          return combine({
            ...Object.fromEntries([...counts.keys()].map((name) => [name, zero])),
            ...Object.fromEntries(own.map(([name, { sum }]) => [name, divide(sum, counts.get(name)!)])),
          });
        });
      });
    },
  };
}

/** Adds a block's counts to those of the blocks before. */
async function addCounts(counts: Map<string, number>, batch: ContrastiveBatch, { cut, means }: Block): Promise<void> {
  const found = tf.tidy(() => {
    const some = cut(batch);
    return Object.entries(means(contrastiveParts(some), some)).map(([name, { count }]) => ({
      name,
      count: typeof count === "number" ? tf.scalar(count) : count,
      isFixed: typeof count === "number",
    }));
  });
  for (const { name, count, isFixed } of found) {
    const own = (await count.data())[0]!;
    counts.set(name, isFixed ? own : (counts.get(name) ?? 0) + own);
    count.dispose();
  }
}

function divide(sum: tf.Tensor, count: tf.Tensor | number): tf.Scalar {
  if (typeof count === "number") return count === 1 ? (sum as tf.Scalar) : tf.div(sum, Math.max(count, 1));
  return tf.div(sum, tf.maximum(count, 1));
}

/** [from, to) of equal length, which is at least 1, the last one maybe shorter. */
function ranges(count: number, most: number): (readonly [from: number, to: number])[] {
  const length = Math.min(count, Math.max(1, most));
  return Array.from({ length: Math.ceil(count / length) }, (_, index) => [
    index * length,
    Math.min(count, (index + 1) * length),
  ]);
}

const indices = ([from, to]: readonly [number, number]) =>
  tf.tensor1d(
    Int32Array.from({ length: to - from }, (_, index) => from + index),
    "int32",
  );

/** Some images with all texts; texts that were made for other images are nobody's. */
function someImages(batch: ContrastiveBatch, range: readonly [number, number]): ContrastiveBatch {
  const { image, positiveImage, negativeImage, positiveMask } = batch;
  const rows = indices(range);
  const first = tf.scalar(range[0], "int32");
  return {
    ...batch,
    image: tf.gather(image, rows),
    positiveImage: tf.sub(positiveImage, first),
    negativeImage: negativeImage.size === 0 ? negativeImage : tf.sub(negativeImage, first),
    ...(positiveMask ? { positiveMask: tf.gather(positiveMask, rows) } : {}),
  };
}

/** All images with some positive texts, without negatives. */
function someTexts(batch: ContrastiveBatch, range: readonly [number, number]): ContrastiveBatch {
  const { text, plainText, positiveImage, textMask, positiveMask } = batch;
  const rows = indices(range);
  return {
    ...batch,
    text: tf.gather(text, rows),
    positiveImage: tf.gather(positiveImage, rows),
    negativeImage: tf.tensor1d([], "int32"),
    ...(plainText ? { plainText: tf.gather(plainText, rows) } : {}),
    ...(textMask ? { textMask: tf.gather(textMask, rows) } : {}),
    ...(positiveMask ? { positiveMask: tf.gather(positiveMask, rows, 1) } : {}),
  };
}
