export {
  type CountProgress,
  createProgress,
  type Progress,
  type ProgressKind,
  type StepProgress,
} from "@tesserae/shared";
export { type ContrastiveOptions, contrastive } from "./objective/contrastive.js";
export { givenNegatives } from "./objective/given-negatives.js";
export type {
  CollateContext,
  CollatedBatch,
  EmbeddingParts,
  Objective,
  PixelsOf,
  TrainingSample,
} from "./objective/objective.js";
export { type PrepareOptions, prepare } from "./prepare/prepare.js";
export type {
  PreparedCaption,
  PreparedCounts,
  PreparedFile,
  PreparedManifest,
  PreparedNegative,
  PreparedSubGraph,
} from "./prepare/prepared.js";
export { createProgram } from "./program.js";
export { type CommonFlags, type CommonFlagsInput, commonFlagsSchema } from "./recipe/common-flags.js";
export { defineRecipe, type Recipe, type RecipeFlags, type ScaleFlags } from "./recipe/define-recipe.js";
export { builtInMiners, loadMiner } from "./recipe/load-miner.js";
export { type LoadedRecipe, loadRecipe } from "./recipe/load-recipe.js";
export type { RecipeRequest } from "./recipe/recipe-request.js";
export { recipes } from "./recipes/recipes.js";
export { Interruption } from "./run/interruption.js";
export { type RunOptions, type RunRecord, runRecipe } from "./run/run-recipe.js";
export type { AverageOptions } from "./steps/average-models.js";
export { type EmbedOptions, embed } from "./steps/embed.js";
export { type NamedRecaptionerOptions, namedRecaptioner } from "./steps/named-recaptioner.js";
export { type RecaptionOptions, recaption } from "./steps/recaption.js";
export type { Stage } from "./steps/stages.js";
export type { Artefacts, Step, StepContext, StepPlan, StepResult } from "./steps/step.js";
export { train } from "./steps/train.js";
export type { TrainStep, TrainStepOptions } from "./steps/train-options.js";
export { type WiseFtOptions, wiseFt } from "./steps/wise-ft.js";
export { TrainError } from "./train-error.js";
