/**
 * FSC-CLIP whole (Oh et al., EMNLP 2024): its global loss on images and texts, and its local one on patches and words.
 *
 *     train run fsc-clip.ts
 *
 * The paper's tokens are those that leave the text tower; here each word is read by itself.
 */
import * as tf from "@tensorflow/tfjs-core";
import { fscClipLocalLoss, fscClipLoss } from "@tesserae/losses";
import {
  type Clip,
  encodeFeatureMap,
  encodeImages,
  encodeRegionFeatures,
  encodeTexts,
  packTexts,
} from "@tesserae/models";
import { caption, combineTexts, minedNegatives, negclip } from "@tesserae/negatives";
import { type CollatedBatch, defineRecipe, type Objective, train } from "@tesserae/train";

/** Texts of a batch, the images' captions first, and the words that each consists of. */
interface WordBatch extends CollatedBatch {
  readonly tokens: ReturnType<typeof packTexts>;
  /** Every different word. */
  readonly wordTokens: ReturnType<typeof packTexts>;
  /** Row of each word [texts · mostWords]; the mask is 0 where a text has no more. */
  readonly wordRow: Int32Array;
  readonly wordMask: Float32Array;
  /** The image that each negative was made for; -1: the image has none. */
  readonly negativeImage: Int32Array;
}

const mostWords = 24;
const source = combineTexts(caption(), minedNegatives(negclip(), { max: 1 }));
const [whole, local] = [fscClipLoss(), fscClipLocalLoss()];

export const fscClip: Objective<WordBatch> = {
  name: "fsc-clip-whole",
  version: "1",
  options: { texts: source.options, whole: whole.options, local: local.options },
  collate: async (samples, context) => {
    const captions = samples.map((sample) => sample.caption);
    const groups = await source.texts(captions, context);
    const negatives = groups.map(({ negatives: [first] }) => first?.caption);
    const texts = [
      ...captions.map((graph) => graph.caption),
      ...negatives.map((text, i) => text ?? captions[i]!.caption),
    ];
    const words = texts.map((text) => text.split(" ").slice(0, mostWords));
    const rowOf = new Map([...new Set(words.flat())].map((word, row) => [word, row]));
    const places = words.flatMap((own) => Array.from({ length: mostWords }, (_, place) => rowOf.get(own[place] ?? "")));
    // Few shapes, so that the step is traced once: counts are rounded up, lengths are those of the longest before.
    const packed = { chunks: 1, countMultiple: 32, keepFiller: true, lengthMultiple: 8 };
    return {
      texts,
      tokens: packTexts(context.tokenizer, texts, packed),
      wordTokens: packTexts(context.tokenizer, [...rowOf.keys()], packed),
      wordRow: Int32Array.from(places, (row) => row ?? 0),
      wordMask: Float32Array.from(places, (row) => (row === undefined ? 0 : 1)),
      negativeImage: Int32Array.from(negatives, (text, image) => (text === undefined ? -1 : image)),
    };
  },
  compute: (clip, pixels, batch, step) => {
    const count = batch.wordRow.length / mostWords;
    const negativeImage = tf.tensor1d(batch.negativeImage, "int32");
    const positiveImage = tf.range(0, pixels.shape[0], 1, "int32");
    const [image, logitScale] = [encodeImages(clip, pixels), clip.logitScale()];
    const text = tf.slice(encodeTexts(clip, batch.tokens), [0, 0], [count, -1]);
    const all = whole.compute({ image, text, positiveImage, negativeImage, logitScale, step });
    const words = tf.gather(encodeTexts(clip, batch.wordTokens), tf.tensor1d(batch.wordRow, "int32"));
    const tokens = tf.reshape(words, [count, mostWords, -1]) as tf.Tensor3D;
    const tokenMask = tf.tensor2d(batch.wordMask, [count, mostWords]);
    const near = local.compute({ patches: encodePatches(clip, pixels), tokens, tokenMask, negativeImage, logitScale });
    return { ...all, objective: tf.add(all.objective, near.objective), local: near.objective };
  },
};

/** Every patch by itself in the shared space: [images, patches, d]. */
function encodePatches(clip: Clip, pixels: tf.Tensor4D): tf.Tensor3D {
  const map = encodeFeatureMap(clip, pixels);
  const [images, height, width, channels] = map.shape;
  const patches = encodeRegionFeatures(clip, tf.reshape(map, [-1, 1, 1, channels]));
  return tf.reshape(patches, [images, height * width, -1]);
}

export default defineRecipe({
  name: "fsc-clip",
  flags: { steps: 200, batchSize: 32 },
  scales: { world: {} },
  steps: () => [train({ objective: fscClip as unknown as Objective })],
});
