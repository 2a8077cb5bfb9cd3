import * as tf from "@tensorflow/tfjs-core";
import { positiveInteger } from "../config/check-argument.js";
import { packTokens } from "../packing/pack-tokens.js";
import { preprocess } from "../pixels/preprocess.js";
import type { RgbImage } from "../pixels/rgb-image.js";
import type { Tokenizer } from "../tokenizers/tokenizer.js";
import type { Clip } from "./clip.js";
import { encodeImages } from "./encode-images.js";
import { encodeTexts } from "./encode-texts.js";

/** Embeds images and texts for evaluation; what the benchmarks take. */
export interface ClipScorer {
  readonly name: string;
  readonly revision: string;
  embedImages(paths: readonly string[]): Promise<readonly Float32Array[]>;
  embedTexts(captions: readonly string[]): Promise<readonly Float32Array[]>;
}

/** What a scorer needs besides the model. */
export interface ScorerOptions {
  /** Gives the image of a path, resized to size x size. Its errors are passed on. */
  loadImage(path: string, size: number): Promise<RgbImage>;
  /** Images or texts in one run; the last batch is filled up, so shapes do not vary. Default 64. */
  readonly batchSize?: number;
  /** Written into results. */
  readonly name: string;
  readonly revision: string;
}

/**
 * A scorer of a CLIP. Embeddings have length one, so their dot product is the cosine.
 *
 * @throws ModelError when `batchSize` is no positive whole number.
 */
export function createScorer(
  clip: Clip,
  tokenizer: Tokenizer,
  { loadImage, batchSize = 64, name, revision }: ScorerOptions,
): ClipScorer {
  positiveInteger("createScorer: batchSize", batchSize);
  const { imageSize } = clip.config.vision;
  return {
    name,
    revision,
    embedImages: async (paths) => {
      const embeddings: Float32Array[] = [];
      for (let first = 0; first < paths.length; first += batchSize) {
        const batch = paths.slice(first, first + batchSize);
        const images = await Promise.all(batch.map((path) => loadImage(path, imageSize)));
        const filler = Array.from({ length: batchSize - images.length }, () => images[0]!);
        const embedded = tf.tidy(() => encodeImages(clip, preprocess([...images, ...filler], imageSize)));
        embeddings.push(...(await takeRows(embedded, images.length)));
      }
      return embeddings;
    },
    embedTexts: async (captions) => {
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
        const rows = await takeRows(encodeTexts(clip, tokens), members.length);
        rows.forEach((row, i) => {
          embeddings[members[i]!] = row;
        });
      }
      return embeddings;
    },
  };
}

/** The first rows of a matrix as arrays; frees the tensor. */
async function takeRows(matrix: tf.Tensor2D, count: number): Promise<Float32Array[]> {
  const width = matrix.shape[1];
  const data = await matrix.data<"float32">();
  matrix.dispose();
  return Array.from({ length: count }, (_, row) => Float32Array.from(data.subarray(row * width, (row + 1) * width)));
}
