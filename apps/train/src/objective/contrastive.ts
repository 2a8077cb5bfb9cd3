import * as tf from "@tensorflow/tfjs-core";
import { type ContrastiveBatch, clipLoss, type Loss, type LossTerms } from "@tesserae/losses";
import { type Clip, encodeImages, encodeKnowledge, encodeTexts, fuseKnowledge } from "@tesserae/models";
import type { TextSource } from "@tesserae/negatives";
import { type ContrastiveInput, collator } from "./collate.js";
import type { EmbeddingParts, Objective } from "./objective.js";
import { placeInParts } from "./text-parts.js";

/** Options of {@link contrastive}. */
export interface ContrastiveOptions {
  /** What each image is compared with. */
  readonly texts: TextSource;
  /** Default `clipLoss()`. */
  readonly loss?: Loss;
  /** NegCLIP's hard images: each sample brings a random one of its nearest neighbours, with a caption and negatives of its own. Default false. */
  readonly hardImages?: boolean;
  /** MosaiCLIP's cache: places without a negative hold texts of the step before, so that batches are not ragged. Default false. */
  readonly fillFromEarlier?: boolean;
  /** Structure-CLIP's λ: how much knowledge is added to a text. The model then has a knowledge encoder. Default 0: none. */
  readonly knowledgeWeight?: number;
}

/** Images against their texts: what all of the papers' systems train on, with the texts and the loss that each of them has. */
export function contrastive(options: ContrastiveOptions): Objective<ContrastiveInput> {
  const {
    texts: source,
    loss = clipLoss(),
    hardImages = false,
    fillFromEarlier = false,
    knowledgeWeight = 0,
  } = options;
  const { name, version, options: made } = source;
  return {
    name: loss.name,
    version: `${loss.version}/${version}`,
    options: {
      texts: { name, version, options: made },
      loss: { name: loss.name, version: loss.version, options: loss.options },
      hardImages,
      fillFromEarlier,
      knowledgeWeight,
    },
    ...(hardImages
      ? {
          companion: ({ hardNegativeImages: near = [] }, rng) =>
            near.length === 0 ? undefined : near[Math.floor(rng() * near.length)],
        }
      : {}),
    fillsFromEarlier: fillFromEarlier,
    collate: collator({ source, fillFromEarlier, knowledge: knowledgeWeight !== 0 }),
    compute: (clip, pixels, batch, step) => {
      const image = encodeImages(clip, pixels);
      const texts = embedTexts(clip, batch, 0);
      return loss.compute(contrastiveBatch(batch, image, texts, clip.logitScale(), step, knowledgeWeight));
    },
    inParts: partsOf(loss, knowledgeWeight),
    dispose: () => source.dispose?.(),
  };
}

/** Embeddings of one part's texts [rows, d]; with knowledge beside them [rows, 2 d]. Rows that fill a pack up are the last. */
function embedTexts(clip: Clip, { tokens, knowledge }: ContrastiveInput, part: number): tf.Tensor2D {
  const texts = encodeTexts(clip, tokens[part]!);
  return knowledge ? tf.concat([texts, encodeKnowledge(clip.knowledge!, knowledge[part]!)], 1) : texts;
}

/**
 * What a loss compares: the batch's places with their embeddings.
 *
 * @param image [images, d]
 * @param texts [rows, d or 2 d], each of the batch's different texts, in its order; rows that fill a pack up may follow
 */
function contrastiveBatch(
  batch: ContrastiveInput,
  image: tf.Tensor2D,
  texts: tf.Tensor2D,
  logitScale: tf.Scalar,
  step: tf.Scalar,
  knowledgeWeight: number,
): ContrastiveBatch {
  const rows = tf.tensor1d(batch.textRow, "int32");
  const placed = tf.gather(texts, rows);
  const { positiveMask, knowledge } = batch;
  const [plainText, known] = (knowledge ? tf.split(placed, 2, 1) : [placed]) as [tf.Tensor2D, tf.Tensor2D?];
  const text = known ? fuseKnowledge(plainText, known, knowledgeWeight) : plainText;
  return {
    image,
    text,
    ...(known ? { plainText } : {}),
    logitScale,
    positiveImage: tf.tensor1d(batch.positiveImage, "int32"),
    negativeImage: tf.tensor1d(batch.negativeImage, "int32"),
    textMask: tf.tensor1d(batch.textMask),
    ...(positiveMask ? { positiveMask: tf.tensor2d(positiveMask, [batch.images, batch.textMask.length], "bool") } : {}),
    step,
  };
}

/** Images and texts in parts, alike in size so that a backend meets few shapes; the loss sees all of them. */
function partsOf(loss: Loss, knowledgeWeight: number): NonNullable<Objective<ContrastiveInput>["inParts"]> {
  return (clip, pixelsOf, batch, count, step): EmbeddingParts => {
    const { images } = batch;
    const size = Math.ceil(images / count);
    const starts = Array.from({ length: Math.ceil(images / size) }, (_, part) => part * size);
    const inParts = { ...batch, textRow: batch.textRow.map(placeInParts(batch.tokens.map(({ count }) => count))) };
    const lossWith =
      (compute: (batch: ContrastiveBatch) => LossTerms): EmbeddingParts["loss"] =>
      (image, texts, logitScale) =>
        compute(contrastiveBatch(inParts, image, texts, logitScale, tf.scalar(step), knowledgeWeight));
    return {
      image: starts.map((from) => () => encodeImages(clip, pixelsOf(from, Math.min(from + size, images)))),
      text: batch.tokens.map((_, part) => () => embedTexts(clip, batch, part)),
      loss: lossWith(loss.compute),
      ...(loss.inBlocks
        ? { lossBlocks: async () => (await blocksOf(loss.inBlocks!, batch, knowledgeWeight)).map(lossWith) }
        : {}),
    };
  };
}

/** Cosines that a block of the loss compares: some 2 MB for each matrix that is made of them. */
const comparisons = 2 ** 19;

/** The blocks of a loss for a batch, which follow from its masks; embeddings of width one stand in for those to come. */
async function blocksOf(
  inBlocks: NonNullable<Loss["inBlocks"]>,
  batch: ContrastiveInput,
  knowledgeWeight: number,
): ReturnType<typeof inBlocks> {
  const stand = (rows: number, width: number) => tf.zeros<tf.Rank.R2>([rows, width]);
  const rows = batch.tokens.reduce((sum, { count }) => sum + count, 0);
  const [image, texts] = [stand(batch.images, 1), stand(rows, batch.knowledge ? 2 : 1)];
  const given = tf.tidy(() => ({
    ...contrastiveBatch(batch, image, texts, tf.scalar(1), tf.scalar(0), knowledgeWeight),
  }));
  try {
    return await inBlocks(given, comparisons);
  } finally {
    tf.dispose([texts, ...Object.values(given as Record<string, tf.Tensor>)]);
  }
}
