import type { BenchmarkData } from "../families/family.js";
import type { Policy } from "../families/policy.js";
import { judgedByAnother } from "../results/judge-again.js";
import type { BenchmarkResult } from "../results/result-schema.js";
import { summarise } from "../results/summarise.js";
import type { BenchmarkDefinition } from "./benchmark-definition.js";
import { BenchmarkError } from "./benchmark-error.js";
import { chooseItems } from "./choose-items.js";
import { type ImageRef, imageKey } from "./image-ref.js";
import type { Scorer } from "./scorer.js";
import { createSimilarity } from "./similarity.js";

/** What a benchmark has to say of itself to be run. */
export type RunnableBenchmark<Data extends BenchmarkData> = Pick<
  BenchmarkDefinition<Data>,
  "name" | "version" | "family" | "policy" | "headline" | "split" | "citation" | "licence" | "mayLackImages"
>;

/** Options of one run of a benchmark. */
export interface RunOptions {
  /** Identifies the items: a checksum of the files. Default "unknown". */
  readonly dataRevision?: string;
  /** Score only this many items, drawn with `seed`. The result is marked `limited` and cannot enter a table. */
  readonly limit?: number;
  /** Seeds the draw of `limit` and the bootstrap. Default 0. */
  readonly seed?: number;
  /** Default: the reference's, which the data may bring; else the benchmark's own. */
  readonly policy?: Policy;
  /** Items without one of their images are left out and counted. Default: all images are there. */
  readonly isUsable?: (image: ImageRef) => boolean;
  /** Name of an image in the result. Default: `imageKey`. */
  readonly nameImage?: (image: ImageRef) => string;
  /** Called with the images and texts embedded so far, and how many there are. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Scores a model on a benchmark's items.
 *
 * @throws BenchmarkError on items that the family cannot score, when no item is left, and on vectors that cannot be compared.
 */
export async function runBenchmark<Data extends BenchmarkData>(
  benchmark: RunnableBenchmark<Data>,
  data: Data,
  scorer: Scorer,
  options: RunOptions = {},
): Promise<BenchmarkResult> {
  const reference = data.policies?.[0] ?? benchmark.policy;
  const { limit, seed = 0, policy = reference, dataRevision = "unknown", nameImage = imageKey } = options;
  const { family, name } = benchmark;
  family.check(data, name);
  const usable = options.isUsable ?? (() => true);
  const complete = data.items.filter((item) => family.images(item).every(usable));
  if (complete.length === 0) {
    throw new BenchmarkError(`${name}: none of its ${data.items.length} items has its images`);
  }
  const chosen = chooseItems(complete, limit, seed);
  const similarity = createSimilarity(scorer, options.onProgress);
  const predictions = await family.predict({ ...data, items: chosen }, similarity, nameImage);
  const judgement = family.judge(predictions, policy);
  return {
    schema: 2,
    benchmark: name,
    benchmarkVersion: benchmark.version,
    family: { name: family.name, version: family.version, ...(family.general && { general: true }) },
    split: benchmark.split,
    dataRevision,
    sampleCount: chosen.length,
    skipped: data.items.length - complete.length,
    ...(benchmark.mayLackImages && { skippingAllowed: true }),
    limited: chosen.length < complete.length,
    ...unlikeReference(data, policy, reference, family.unlikeReference?.(predictions)),
    policy,
    tieRule: policy.ties,
    averaging: policy.averaging,
    seed,
    model: { name: scorer.name, revision: scorer.revision },
    headline: benchmark.headline,
    ...summarise(judgement, policy, seed),
    ties: judgement.ties,
    predictions,
    citation: benchmark.citation,
    licence: benchmark.licence,
  };
}

/** A reason to keep a result out of tables, where there is one. */
function unlikeReference(
  data: BenchmarkData,
  policy: Policy,
  reference: Policy,
  predicted: string | undefined,
): { unlikeReference?: string } {
  if (policy.name !== reference.name) return { unlikeReference: judgedByAnother(policy, reference) };
  const reason = data.unlikeReference ?? predicted;
  return reason === undefined ? {} : { unlikeReference: reason };
}
