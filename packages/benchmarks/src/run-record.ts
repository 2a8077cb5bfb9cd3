import type { BenchmarkInfo, BenchmarkResult, Scorer } from "./benchmark.js";

/** What a result says besides its numbers: the benchmark and its rules, the model, and how many of the items were scored. */
export function runRecord(
  info: BenchmarkInfo,
  scorer: Scorer,
  { scored, available, skipped, seed }: Record<"scored" | "available" | "skipped" | "seed", number>,
): Omit<BenchmarkResult, "metrics" | "ties"> {
  return {
    benchmark: info.name,
    benchmarkVersion: info.version,
    split: info.split,
    dataRevision: info.dataRevision,
    sampleCount: scored,
    skipped,
    limited: scored < available,
    tieRule: info.tieRule,
    averaging: info.averaging,
    seed,
    model: { name: scorer.name, revision: scorer.revision },
    citation: info.citation,
    licence: info.licence,
  };
}
