import { BenchmarkError } from "../benchmark/benchmark-error.js";
import { type PairedTestResult, pairedTest } from "../statistics/paired-test.js";
import { itemValues } from "./item-values.js";
import type { BenchmarkResult, ItemValues } from "./result-schema.js";

/** What the results say about "this model is better than that one", at the 95 % level. */
export type Verdict =
  | "significant"
  | "same direction, not significant"
  | "no difference"
  | "opposite direction, not significant"
  | "contradicted"
  | "one training seed"
  | "not run";

/** Two models on one number. */
export interface Comparison {
  readonly better: string;
  readonly worse: string;
  readonly verdict: Verdict;
  /** Absent when one of the two was not run, or with one seed. */
  readonly test?: PairedTestResult;
}

/**
 * Tests whether the first model is better than the second on a metric of one benchmark.
 *
 * @throws BenchmarkError when the two results are not about the same items, or hold no per-item values.
 */
export function compareResults(
  metric: string,
  a: BenchmarkResult,
  b: BenchmarkResult,
): { readonly verdict: Verdict; readonly test: PairedTestResult } {
  const difference = differenceBetween(a, b);
  if (difference !== undefined) {
    throw new BenchmarkError(
      `${a.benchmark}: the results of ${a.model.name} and ${b.model.name} cannot be compared: ${difference}; ` +
        "run both again with the same version, data, policy and limit",
    );
  }
  const first = itemValues(a, metric);
  const second = itemValues(b, metric);
  if (!first || !second) {
    throw new BenchmarkError(
      `${a.benchmark}: the results of ${a.model.name} and ${b.model.name} hold no per-item values of "${metric}"; run them again`,
    );
  }
  return compareValues(first, second, a.seed);
}

/** Paired test of the values of two models on the same items. */
export function compareValues(
  a: ItemValues,
  b: ItemValues,
  seed: number,
): { readonly verdict: Verdict; readonly test: PairedTestResult } {
  const { values, groups, clusters } = a;
  const test = pairedTest(values, b.values, { ...(groups && { groups }), ...(clusters && { clusters }), seed });
  return { verdict: judge(test), test };
}

/** In what two results of a benchmark differ so that they say nothing about each other, or nothing. */
export function differenceBetween(a: BenchmarkResult, b: BenchmarkResult): string | undefined {
  const fields = {
    benchmark: (one: BenchmarkResult) => one.benchmark,
    benchmarkVersion: (one: BenchmarkResult) => one.benchmarkVersion,
    family: (one: BenchmarkResult) => `${one.family.name} ${one.family.version}`,
    dataRevision: (one: BenchmarkResult) => one.dataRevision,
    sampleCount: (one: BenchmarkResult) => one.sampleCount,
    policy: (one: BenchmarkResult) => JSON.stringify(one.policy),
  };
  for (const [name, read] of Object.entries(fields)) {
    if (read(a) !== read(b)) return `${name} is "${read(a)}" and "${read(b)}"`;
  }
  return (a.limited || b.limited) && a.seed !== b.seed
    ? `they are limited and drawn with seeds ${a.seed} and ${b.seed}`
    : undefined;
}

/** What a test says at the 95 % level. */
export function judge(test: PairedTestResult): Verdict {
  if (test.difference === 0) return "no difference";
  const significant = test.pValue < 0.05;
  if (test.difference > 0) return significant ? "significant" : "same direction, not significant";
  return significant ? "contradicted" : "opposite direction, not significant";
}
