import { z } from "zod";
import { averagingSchema, policySchema, tieRuleSchema } from "../families/policy.js";

/** One number of a result, in [0, 1]. */
export const metricSchema = z.object({
  value: z.number(),
  /** Items, queries or captions behind the value. */
  n: z.number(),
  /** At 95 %: Wilson's for a share of independent items, bootstrap elsewhere. */
  interval: z.tuple([z.number(), z.number()]).optional(),
  /** Expected value of blind guessing, computed from the items and the tie rule. */
  chance: z.number().optional(),
});
export type Metric = z.infer<typeof metricSchema>;

/** Which model was scored, and how it came to be. */
export const modelRecordSchema = z.object({
  name: z.string(),
  /** Checksum of the weights that were scored. */
  revision: z.string(),
  activation: z.string().optional(),
  /** How it was trained, where that is known: recipe, scale and seed. */
  method: z.string().optional(),
  scale: z.string().optional(),
  seed: z.number().optional(),
  miner: z.object({ name: z.string(), version: z.string() }).nullable().optional(),
});
export type ModelRecord = z.infer<typeof modelRecordSchema>;

/** Per-item values behind a metric, and how they are averaged: what paired tests and bootstraps take. */
export const itemValuesSchema = z.object({
  values: z.array(z.number()),
  groups: z.array(z.string()).optional(),
  clusters: z.array(z.union([z.string(), z.number()])).optional(),
});
export type ItemValues = z.infer<typeof itemValuesSchema>;

/** The record that result files hold, and tables are made of. Plain JSON. */
export const resultSchema = z.object({
  /** Version of this form. */
  schema: z.literal(2),
  benchmark: z.string(),
  /** Raised whenever a change can move a score. */
  benchmarkVersion: z.string(),
  /** `general` as in `Family`. */
  family: z.object({ name: z.string(), version: z.string(), general: z.boolean().optional() }),
  split: z.string(),
  /** Checksum or revision of the items. */
  dataRevision: z.string(),
  /** Items scored. */
  sampleCount: z.number(),
  /** Items that could not be scored, such as those whose image is missing. */
  skipped: z.number(),
  /** Whether the benchmark allows items to be left out (its images have died in part): then a table shows "n of N". */
  skippingAllowed: z.boolean().optional(),
  limited: z.boolean(),
  /** Why it is not the number that the reference's code would give; such a result enters no table. */
  unlikeReference: z.string().optional(),
  policy: policySchema,
  tieRule: tieRuleSchema,
  averaging: averagingSchema,
  seed: z.number(),
  model: modelRecordSchema,
  /** The metric that stands for the benchmark. */
  headline: z.string(),
  metrics: z.record(z.string(), metricSchema),
  /** Items in which a wrong answer scored exactly as high as the right one. */
  ties: z.number(),
  values: z.record(z.string(), itemValuesSchema),
  /** What the family's `judge` takes, to judge again by another policy. */
  predictions: z.unknown(),
  citation: z.string(),
  licence: z.string(),
  seconds: z.number().optional(),
  versions: z.record(z.string(), z.string()).optional(),
  machine: z.string().optional(),
});
export type BenchmarkResult = z.infer<typeof resultSchema>;

/** What benchmarks and their report read of a run's `run.json`; the trainer writes more. */
export const runRecordSchema = z.looseObject({
  name: z.string().optional(),
  /** Name of the recipe. */
  recipe: z.string().optional(),
  method: z.string().optional(),
  scale: z.string().optional(),
  seed: z.number().optional(),
  miner: z.object({ name: z.string(), version: z.string() }).nullable().optional(),
  /** What the recipe was run with. */
  flags: z.record(z.string(), z.unknown()).optional(),
});
export type RunRecord = z.infer<typeof runRecordSchema>;
