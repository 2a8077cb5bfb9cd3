import type { BenchmarkResult } from "./benchmark.js";
import { itemValues } from "./item-values.js";
import { type PairedTestResult, pairedTest } from "./paired-test.js";

/** What the results say about "this model is better than that one", at the 95 % level. */
export type Verdict =
  | "significant"
  | "same direction, not significant"
  | "no difference"
  | "opposite direction, not significant"
  | "contradicted"
  | "not run";

/** Two models on one metric. */
export interface Comparison {
  readonly better: string;
  readonly worse: string;
  readonly verdict: Verdict;
  /** Absent when one of the two was not run. */
  readonly test?: PairedTestResult;
}

/**
 * Tests whether the first model is better than the second on a metric of one benchmark.
 *
 * @throws Error when the two results are not about the same items, or hold no per-item values.
 */
export function compareModels(
  better: string,
  worse: string,
  metric: string,
  results: readonly [BenchmarkResult | undefined, BenchmarkResult | undefined],
): Comparison {
  const [a, b] = results;
  if (!a || !b) return { better, worse, verdict: "not run" };
  assertSameItems(a, b);
  const first = itemValues(a, metric);
  const second = itemValues(b, metric);
  if (!first || !second) {
    throw new Error(
      `${a.benchmark}: the results of ${a.model.name} and ${b.model.name} hold no per-item values of "${metric}"; run them again`,
    );
  }
  const { values, ...grouping } = first;
  const test = pairedTest(values, second.values, { ...grouping, seed: a.seed });
  return { better, worse, verdict: judge(test), test };
}

/** @throws Error that names the field in which two results of a benchmark cannot be compared. */
export function assertSameItems(a: BenchmarkResult, b: BenchmarkResult): void {
  for (const field of [
    "benchmark",
    "benchmarkVersion",
    "dataRevision",
    "sampleCount",
    "tieRule",
    "averaging",
  ] as const) {
    if (a[field] !== b[field]) {
      throw new Error(
        `${a.benchmark}: the results of ${a.model.name} and ${b.model.name} cannot be compared: ${field} is ` +
          `"${a[field]}" and "${b[field]}"; run both again with the same version, data and limit`,
      );
    }
  }
  if ((a.limited || b.limited) && a.seed !== b.seed) {
    throw new Error(
      `${a.benchmark}: limited results drawn with seeds ${a.seed} and ${b.seed} cannot be compared; run both with one seed`,
    );
  }
}

function judge(test: PairedTestResult): Verdict {
  if (test.difference === 0) return "no difference";
  const significant = test.pValue < 0.05;
  if (test.difference > 0) return significant ? "significant" : "same direction, not significant";
  return significant ? "contradicted" : "opposite direction, not significant";
}
