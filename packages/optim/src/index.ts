export { type AdamW, type AdamWOptions, type AdamWState, type AdamWUpdate, adamW, type UpdateTime } from "./adamw.js";
export { applyUpdates } from "./apply-updates.js";
export { type ClippedGradients, clipByGlobalNorm } from "./clip-by-global-norm.js";
export { constantSchedule } from "./constant-schedule.js";
export { type CosineScheduleOptions, cosineSchedule } from "./cosine-schedule.js";
export { maskByPattern, type PatternRule } from "./mask-by-pattern.js";
export { OptimError } from "./optim-error.js";
export type { Parameters } from "./parameters.js";
export type { Schedule, WarmupOptions } from "./schedule.js";
