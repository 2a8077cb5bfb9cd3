import type * as tf from "@tensorflow/tfjs-core";
import type { Sample } from "@tesserae/data";
import type { LossTerms } from "@tesserae/losses";
import type { Clip, Tokenizer } from "@tesserae/models";
import type { MaybePromise, MiningReport, TextLimits, Vocabulary } from "@tesserae/negatives";
import type { SceneGraph } from "@tesserae/scene-graph";
import type { Rng } from "@tesserae/scene-graph/random";
import type { TextPacking } from "./text-packing.js";

/** One image of a batch with the caption that was drawn for it. */
export interface TrainingSample {
  readonly sample: Sample;
  readonly caption: SceneGraph;
}

/** What samples become a batch with. */
export interface CollateContext {
  readonly rng: Rng;
  readonly vocabulary: Vocabulary;
  readonly tokenizer: Tokenizer;
  /** What reads the phrases of a knowledge encoder. Default: `tokenizer`. */
  readonly phraseTokenizer?: Tokenizer;
  /** The limits of the curriculum's stage. */
  readonly max?: Partial<TextLimits>;
  /** Texts of the step before, to fill places that would be empty; absent at the first step. */
  readonly earlierTexts?: readonly string[];
  /** How texts are packed, so that few shapes occur. Default: ragged, at their own lengths. */
  readonly packing?: TextPacking;
  /** Parts that the batch will be embedded in. Default 1. */
  readonly parts?: number;
  /** Told what miners found. */
  readonly report?: (report: MiningReport) => void;
}

/** A batch as data: numbers in typed arrays, so that it may be made elsewhere. Texts stand beside it for a reader. */
export interface CollatedBatch {
  readonly texts: readonly string[];
  /** How many of them are the batch's own; the rest fill empty places. Default: all. */
  readonly ownTexts?: number;
}

/** Pixels of the images from one place up to another, [to - from, size, size, 3]: made when they are asked for. */
export type PixelsOf = (from: number, to: number) => tf.Tensor4D;

/** Embeddings of a batch in parts, so that only one part's activations are held at a time (`accumFreq`). */
export interface EmbeddingParts {
  readonly image: readonly (() => tf.Tensor2D)[];
  readonly text: readonly (() => tf.Tensor2D)[];
  /** The loss of all embeddings: those of the images' parts, those of the texts' parts. */
  loss(image: tf.Tensor2D, text: tf.Tensor2D, logitScale: tf.Scalar): LossTerms;
  /** The loss as a sum of functions, of which one is held at a time (`Loss.inBlocks`). Default: `loss` alone. */
  lossBlocks?(): Promise<readonly EmbeddingParts["loss"][]>;
}

/** What a model is trained on: samples to a batch, and the loss of a batch, whose `objective` is minimised. A plain value. */
export interface Objective<Batch extends CollatedBatch = CollatedBatch> {
  readonly name: string;
  readonly version: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Images that go with a sample, by their index in the data, such as NegCLIP's hard images. Default: none. */
  companion?(sample: Sample, rng: Rng): number | undefined;
  /** Whether empty places are filled with texts of the step before (`CollateContext.earlierTexts`). Default false. */
  readonly fillsFromEarlier?: boolean;
  /** Makes a batch; the same for the same samples and random numbers. */
  collate(samples: readonly TrainingSample[], context: CollateContext): MaybePromise<Batch>;
  /** Pure and differentiable; `pixels` are [images, size, size, 3]. */
  compute(clip: Clip, pixels: tf.Tensor4D, batch: Batch, step: tf.Scalar): LossTerms;
  /** For `accumFreq` above 1. Default: the objective can't be cut. */
  inParts?(clip: Clip, pixelsOf: PixelsOf, batch: Batch, count: number, step: number): EmbeddingParts;
  dispose?(): MaybePromise<void>;
}
