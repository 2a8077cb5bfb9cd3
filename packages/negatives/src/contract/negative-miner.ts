import type { SceneGraph } from "@tesserae/scene-graph";
import type { Rng } from "@tesserae/scene-graph/random";
import type { Vocabulary } from "../vocabulary/build-vocabulary.js";
import type { Negative } from "./negative.js";

export type MaybePromise<T> = T | Promise<T>;

/** Equal sources of random numbers give equal negatives. */
export type { Rng } from "@tesserae/scene-graph/random";

/** Why a candidate did not become a negative. */
export type RejectReason =
  | "same text"
  | "follows from the caption"
  | "duplicate"
  | "overlapping edits"
  | "not at a word boundary"
  | "inside a quotation"
  | "reads otherwise"
  | "does not agree"
  | "may be true of the image";

export interface MineContext {
  readonly rng: Rng;
  /** Mining stops with the signal's reason when it is aborted. */
  readonly signal?: AbortSignal;
  /** Told of every candidate that was thrown away. */
  readonly reject?: (reason: RejectReason) => void;
  /** The words of the corpus, for miners made with `vocabulary: "corpus"`. */
  readonly vocabulary?: Vocabulary;
}

/** Makes hard negatives of captions. A plain object: no registry, no base class. */
export interface NegativeMiner {
  readonly name: string;
  /** Changes when the same input and seed may give other negatives. */
  readonly version: string;
  /** Where the method is published. */
  readonly citation?: string;
  /** What the miner was made with, as plain JSON, so that a run can be written down and compared. Default: nothing. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** One list for each graph of the batch, in its order; a list is empty where no negative was found. */
  mine(batch: readonly SceneGraph[], context: MineContext): MaybePromise<readonly (readonly Negative[])[]>;
  dispose?(): MaybePromise<void>;
}
