export {
  type CountProgress,
  createProgress,
  type Progress,
  type ProgressKind,
  type StepProgress,
} from "@tesserae/shared";
export { type AdamW, type AdamWOptions, createAdamW } from "./adamw.js";
export { type TrainConfig, type TrainConfigInput, trainConfigSchema } from "./config.js";
export { cosineLr } from "./cosine-lr.js";
export { loadConfig, parseConfig } from "./load-config.js";
export { builtInMiners, loadMiner } from "./load-miner.js";
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
export { type RunRecord, type TrainOptions, train } from "./train.js";
export { TrainError } from "./train-error.js";
