import type { Progress } from "@tesserae/shared";
import type { CommonFlags } from "../recipe/common-flags.js";
import type { RecipeRequest } from "../recipe/recipe-request.js";

/** What a step made, by kind, as paths inside the run's folder: `model`, `start`, `neighbours`, `captions`, or kinds of your own. */
export type Artefacts = Readonly<Record<string, string>>;

/** What a step does its work with. */
export interface StepContext {
  /** The step's own folder, which exists. */
  readonly folder: string;
  /** Folder of the run, which artefacts are relative to. */
  readonly run: string;
  /** Name of the run. */
  readonly name: string;
  readonly flags: CommonFlags;
  /** What earlier steps made; of each kind, the latest. */
  readonly artefacts: Artefacts;
  readonly progress: Progress;
  /** Threads that make a training's batches ahead. Default: none, the main thread makes them. */
  readonly workers?: number;
  /** What the recipe was loaded from, for those threads to load it too. */
  readonly request?: RecipeRequest;
  /** Aborted when the user interrupts: save and stop. */
  readonly signal: AbortSignal;
  /** Appends one line to the run's `metrics.jsonl`. */
  metric(record: { readonly step: number } & Readonly<Record<string, unknown>>): Promise<void>;
  /** Drops the lines of this step's later steps, and its validations of this one, when it goes on from an earlier one. */
  rewindMetrics(step: number): Promise<void>;
  /**
   * Says what the step is made of that is known only now, such as the revision of the data: a resumed run must be made of the same.
   *
   * @throws TrainError where it is not
   */
  confirm(key: string, value: unknown): Promise<void>;
}

/** What is said of a step beforehand, by `--dry-run`. */
export interface StepPlan {
  /** One line each: steps, texts an image, memory. */
  readonly lines: readonly string[];
  /** Files that are missing, each with where it comes from: without them the step fails. */
  readonly missing: readonly string[];
  /** Weights that are not here and are fetched from the hub by their name. Default: none. */
  readonly fetched?: readonly string[];
}

/** What a step came to. */
export interface StepResult {
  readonly artefacts: Artefacts;
  /** Goes into the run's record. */
  readonly record?: Readonly<Record<string, unknown>>;
}

/** A part of a recipe: reads artefacts, writes its folder, can be resumed. A plain object made by a factory. */
export interface Step {
  /** Differs between the steps of a recipe. */
  readonly name: string;
  /** Changes when the same inputs may give other artefacts. */
  readonly version: string;
  /** What it was made with, as plain JSON: a run refuses to go on with something else. */
  readonly options: Readonly<Record<string, unknown>>;
  /** What it would do; throws nothing for what is missing. Default: nothing is said. */
  plan?(context: Pick<StepContext, "flags" | "artefacts">): Promise<StepPlan>;
  /** Does the work, or goes on with it where it was stopped. */
  run(context: StepContext): Promise<StepResult>;
}
