import type { Loss } from "@tesserae/losses";
import type { TextLimits, TextSource } from "@tesserae/negatives";
import type { KnowledgeOptions } from "../loop/start-knowledge.js";
import type { Objective } from "../objective/objective.js";
import type { CommonFlagsInput } from "../recipe/common-flags.js";
import type { Step } from "./step.js";

/** A part of a training with limits of its own: MosaiCLIP's curriculum (section 3.6). */
export interface Stage {
  /** Its part of the steps; the shares of all stages add up to 1. */
  readonly share: number;
  /** Most positive and negative sub-graphs of an image while it lasts. Default: those of the text source. */
  readonly max?: Partial<TextLimits>;
}

/** Options of `train`: a text source with a loss, or an objective. */
export interface TrainStepOptions {
  /** Differs between the steps of a recipe. Default "train". */
  readonly name?: string;
  /** What each image is compared with. Default: its caption. */
  readonly texts?: TextSource;
  /** Default `clipLoss()`. */
  readonly loss?: Loss;
  /** NegCLIP's hard images, given by the data or by an `embed` step before. Default false. */
  readonly hardImages?: boolean;
  /** MosaiCLIP's cache of sentences: empty places hold texts of the step before. Default false. */
  readonly fillFromEarlier?: boolean;
  /** Structure-CLIP's knowledge encoder, with the weight of knowledge in a text. Default: none. */
  readonly knowledge?: KnowledgeOptions & { readonly weight: number };
  /** In place of all of these: an objective of your own. */
  readonly objective?: Objective;
  /** Default: one, without limits. */
  readonly stages?: readonly Stage[];
  /** Flags with another value in this step. */
  readonly flags?: Partial<CommonFlagsInput>;
}

/** The step that `train` makes, with what it trains on: so that a batch can be looked at without training. */
export interface TrainStep extends Step {
  readonly objective: Objective;
  readonly stages: readonly Stage[];
}
