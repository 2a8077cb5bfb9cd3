import type { Loss } from "@tesserae/losses";
import type { TextSource } from "@tesserae/negatives";
import type { KnowledgeOptions } from "../loop/start-knowledge.js";
import type { Objective } from "../objective/objective.js";
import type { CommonFlags, CommonFlagsInput } from "../recipe/common-flags.js";
import type { Stage } from "./stages.js";
import type { Step } from "./step.js";

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
  /** A run's flags with those that have another value in this step. */
  flagsOf(flags: CommonFlags): CommonFlags;
}

/** Whether a step is one that `train` made, so that its batches can be made elsewhere. */
export function isTrainStep(step: Step): step is TrainStep {
  return "objective" in step && "stages" in step && "flagsOf" in step;
}
