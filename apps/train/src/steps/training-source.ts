import { type BatchSource, type BatchSourceOptions, createBatchSource } from "../loop/batch-source.js";
import type { CommonFlags } from "../recipe/common-flags.js";
import { type Stage, stageLimits } from "./stages.js";

/** Options of {@link trainingSource}. */
export interface TrainingSourceOptions extends Omit<BatchSourceOptions, "batchSize" | "seed" | "limits" | "context"> {
  readonly flags: CommonFlags;
  readonly context: Omit<BatchSourceOptions["context"], "parts">;
  readonly stages: readonly Stage[];
  /** Steps of the whole training, which the stages share. */
  readonly steps: number;
}

/** The batches of a training: the same in the main thread and in the threads that make them ahead. */
export function trainingSource({ flags, stages, steps, context, ...options }: TrainingSourceOptions): BatchSource {
  return createBatchSource({
    ...options,
    batchSize: flags.batchSize,
    seed: flags.seed,
    context: { ...context, parts: flags.accumFreq },
    limits: stageLimits(stages, steps),
  });
}
