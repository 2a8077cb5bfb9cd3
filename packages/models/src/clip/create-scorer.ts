import * as tf from "@tensorflow/tfjs-core";
import { positiveInteger } from "../config/check-argument.js";
import { encodeKnowledge, fuseKnowledge } from "../knowledge/knowledge-encoder.js";
import { type PhraseTokenizer, packTriples, type Triple } from "../knowledge/pack-triples.js";
import { ModelError } from "../model-error.js";
import { packTokens } from "../packing/pack-tokens.js";
import { type Box, cropImage } from "../pixels/crop-image.js";
import { preprocess } from "../pixels/preprocess.js";
import type { RgbImage } from "../pixels/rgb-image.js";
import type { Tokenizer } from "../tokenizers/tokenizer.js";
import type { Clip } from "./clip.js";
import { encodeImages } from "./encode-images.js";
import { encodeTexts } from "./encode-texts.js";

/** An image that a scorer is asked about: a file, or bytes with a name; a box asks for a crop of it. */
export type ImageRef = ({ readonly path: string } | { readonly bytes: Uint8Array; readonly name: string }) & {
  /** What lies beyond the image is black. */
  readonly box?: Box;
};

/** Embeds images and texts for evaluation; what the benchmarks take. */
export interface ClipScorer<Image = ImageRef> {
  readonly name: string;
  readonly revision: string;
  /** "dot-product" where texts carry knowledge and are not of length one: they are compared as they are, as in Structure-CLIP's eval.py. */
  readonly measure?: "dot-product";
  embedImages(images: readonly Image[]): Promise<readonly Float32Array[]>;
  embedTexts(captions: readonly string[]): Promise<readonly Float32Array[]>;
}

/** What a scorer needs besides the model. */
export interface ScorerOptions<Image = ImageRef> {
  /**
   * Gives the **whole** image, as it was decoded; the scorer cuts out its `box` and resizes it once, as Pillow does. Errors are
   * passed on.
   *
   * @param size side that the image will be resized to; of use only where a picture is drawn and not decoded.
   */
  loadImage(image: Image, size: number): Promise<RgbImage>;
  /** Images or texts in one run; the last batch is filled up, so shapes do not vary. Default 64. */
  readonly batchSize?: number;
  /**
   * The facts of a candidate caption, which a model with a knowledge encoder needs: its texts are then t + λk (Structure-CLIP's eval.py),
   * and may be longer than one. Other models don't ask.
   */
  readonly triplesOf?: (caption: string) => readonly Triple[];
  /** What reads the words of facts; default: the model's own tokenizer. */
  readonly phraseTokenizer?: PhraseTokenizer;
  /** Written into results. */
  readonly name: string;
  /** Says which weights these are; see `weightsRevision` of `@tesserae/models/node`. */
  readonly revision: string;
}

/**
 * A scorer of a CLIP. Embeddings have length one, so their dot product is the cosine.
 *
 * @throws ModelError when `batchSize` is no positive whole number, or the model has a knowledge encoder and `triplesOf` is missing
 */
export function createScorer<Image = ImageRef>(
  clip: Clip,
  tokenizer: Tokenizer,
  { loadImage, batchSize = 64, triplesOf, phraseTokenizer = tokenizer, name, revision }: ScorerOptions<Image>,
): ClipScorer<Image> {
  positiveInteger("createScorer: batchSize", batchSize);
  if (clip.knowledge !== undefined && triplesOf === undefined) {
    throw new ModelError(
      "createScorer: the model has a knowledge encoder; give triplesOf, which says the facts of a caption (triples(parse(caption)) of @tesserae/scene-graph).",
    );
  }
  const known = (captions: readonly string[], texts: tf.Tensor2D): tf.Tensor2D => {
    const { knowledge } = clip;
    if (knowledge === undefined || triplesOf === undefined) return texts;
    const filler = Array.from({ length: texts.shape[0] - captions.length }, () => []);
    const facts = packTriples([...captions.map(triplesOf), ...filler], phraseTokenizer);
    return fuseKnowledge(texts, encodeKnowledge(knowledge, facts), knowledge.config.weight);
  };
  const { imageSize } = clip.towers.image;
  const load = async (image: Image): Promise<RgbImage> => {
    const whole = await loadImage(image, imageSize);
    const { box } = image as { readonly box?: Box };
    return box === undefined ? whole : cropImage(whole, box);
  };
  return {
    name,
    revision,
    ...(clip.knowledge !== undefined && { measure: "dot-product" }),
    embedImages: async (images) => {
      const embeddings: Float32Array[] = [];
      for (let first = 0; first < images.length; first += batchSize) {
        const batch = await Promise.all(images.slice(first, first + batchSize).map(load));
        const filler = Array.from({ length: batchSize - batch.length }, () => batch[0]!);
        const embedded = tf.tidy(() => encodeImages(clip, preprocess([...batch, ...filler], imageSize)));
        embeddings.push(...(await takeRows(embedded, batch.length)));
      }
      return embeddings;
    },
    embedTexts: (captions) => embedTexts(clip, tokenizer, captions, batchSize, known),
  };
}

async function embedTexts(
  clip: Clip,
  tokenizer: Tokenizer,
  captions: readonly string[],
  batchSize: number,
  known: (captions: readonly string[], texts: tf.Tensor2D) => tf.Tensor2D,
): Promise<Float32Array[]> {
  const sequences = captions.map((caption) => tokenizer.encode(caption));
  // Texts of similar length share a batch, so that the lengths, and with them the shapes, are few.
  const byLength = Array.from(captions.keys()).sort((a, b) => sequences[b]!.length - sequences[a]!.length || a - b);
  const embeddings: Float32Array[] = new Array(captions.length);
  for (let first = 0; first < captions.length; first += batchSize) {
    const members = byLength.slice(first, first + batchSize);
    const tokens = packTokens(
      members.map((member) => sequences[member]!),
      { chunks: 1, countMultiple: batchSize },
    );
    const texts = members.map((member) => captions[member]!);
    const rows = await takeRows(
      tf.tidy(() => known(texts, encodeTexts(clip, tokens))),
      members.length,
    );
    rows.forEach((row, i) => {
      embeddings[members[i]!] = row;
    });
  }
  return embeddings;
}

/** The first rows of a matrix as arrays; frees the tensor. */
async function takeRows(matrix: tf.Tensor2D, count: number): Promise<Float32Array[]> {
  const width = matrix.shape[1];
  const data = await matrix.data<"float32">();
  matrix.dispose();
  return Array.from({ length: count }, (_, row) => Float32Array.from(data.subarray(row * width, (row + 1) * width)));
}
