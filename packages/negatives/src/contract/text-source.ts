import type { SceneGraph } from "@tesserae/scene-graph";
import type { Vocabulary } from "../vocabulary/build-vocabulary.js";
import type { MiningReport } from "./mining-report.js";
import type { Negative } from "./negative.js";
import type { MaybePromise, MineContext } from "./negative-miner.js";

/** The most positives and negatives that one image has. */
export interface TextLimits {
  readonly positives: number;
  readonly negatives: number;
}

/** The texts of one image, each with its graph. Texts that are equal but for case, punctuation and articles stand once. */
export interface ImageTexts {
  /** Texts that are true of the image. */
  readonly positives: readonly SceneGraph[];
  /** Texts that are not. */
  readonly negatives: readonly Negative[];
}

export interface TextContext extends Pick<MineContext, "rng" | "signal" | "reject"> {
  /** The words of the corpus, for sources and miners made with `vocabulary: "corpus"`. */
  readonly vocabulary?: Vocabulary;
  /** A lower limit for this call, such as that of a curriculum's stage. It bounds what a source draws, not what it always adds (the caption). */
  readonly max?: Partial<TextLimits>;
  /** Told what each miner found and where it failed, once a call. Add them up with `mergeReports`. */
  readonly report?: (report: MiningReport) => void;
}

/** Makes the texts that an image is compared with from its caption's graph. A plain object: no registry, no base class. */
export interface TextSource {
  readonly name: string;
  /** Changes when the same graph and seed may give other texts. */
  readonly version: string;
  /** What the source was made with, as plain JSON, so that a run can be written down and compared. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The most texts that one image can get: what batches are padded to. */
  readonly max: TextLimits;
  /**
   * Which images a positive belongs to: "own", the image that it was made for; "graph", every image of the batch whose caption's graph
   * entails it (MosaiCLIP's P(i), section 3.5).
   */
  readonly positivesOf: "own" | "graph";
  /** Texts for each graph, in order, drawn anew at every call. The caption, where a source gives it, is the first positive. */
  texts(graphs: readonly SceneGraph[], context: TextContext): MaybePromise<readonly ImageTexts[]>;
  dispose?(): MaybePromise<void>;
}
