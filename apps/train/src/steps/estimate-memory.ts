/** A tower's sizes. */
export interface TowerSize {
  readonly width: number;
  /** Blocks. */
  readonly layers: number;
}

/** What a training's memory follows from. */
export interface MemoryFactors {
  /** Numbers of the model, those of a knowledge encoder included. */
  readonly weights: number;
  readonly vision: TowerSize & { readonly tokens: number };
  readonly text: TowerSize;
  /** Images of one step, hard images included. */
  readonly images: number;
  /** Positives and negatives of one image. */
  readonly textsAnImage: number;
  /** Parts that a step is embedded in. */
  readonly parts: number;
  /** Bytes of decoded images that are kept from step to step. */
  readonly keptImages: number;
}

/** Bytes of the process before a model is made: Node.js, the engine, the words (measured). */
const baseBytes = 340 * 2 ** 20;
/** Numbers held for each weight: it and two moments, before and after the update, its gradient, what saves a checkpoint (measured). */
const numbersAWeight = 12.5;
/** Numbers held for each number of a block's output until its gradient is computed (measured). */
const numbersAnActivation = 20;
/** Factor of the activations where images have several texts: their number differs, and the engine keeps the memory of each shape (measured). */
const shapesKept = 2.5;
/** Matrices of images by texts that a contrastive loss holds. */
const matrices = 6;
/** Tokens that a text has on average, start and end included: captions and what is made of them (measured on the photos). */
const tokensOf = { caption: 14, other: 10 };

/**
 * Peak bytes of a training, without threads that make batches ahead. The constants are of runs on 216 photos, see the test beside this
 * file.
 */
export function estimateMemory(factors: MemoryFactors): number {
  const { weights, vision, text, images, textsAnImage, parts, keptImages } = factors;
  const words = tokensOf.caption + Math.max(0, textsAnImage - 1) * tokensOf.other;
  const anImage = vision.tokens * vision.width * vision.layers + words * text.width * text.layers;
  const shapes = textsAnImage > 1 && parts === 1 ? shapesKept : 1; // parts share their memory
  const activations = (images / parts) * anImage * numbersAnActivation * shapes;
  const logits = (matrices * images * images * textsAnImage) / parts;
  return baseBytes + keptImages + 4 * (weights * numbersAWeight + activations + logits);
}
