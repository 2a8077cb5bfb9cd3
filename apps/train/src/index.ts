export {
  type CountProgress,
  createProgress,
  type Progress,
  type ProgressKind,
  type StepProgress,
} from "@tesserae/shared";
export { type AdamW, type AdamWOptions, createAdamW } from "./adamw.js";
export { type TrainConfig, type TrainConfigInput, trainConfigSchema } from "./recipe/common-flags.js";
export { cosineLr } from "./cosine-lr.js";
export { loadConfig, parseConfig } from "./recipe/load-recipe.js";
export { builtInMiners, loadMiner } from "./recipe/load-miner.js";
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
export { type RunRecord, type TrainOptions, train } from "./steps/train.js";
export { TrainError } from "./train-error.js";
