import { differenceBetween } from "../results/compare-results.js";
import type { BenchmarkResult } from "../results/result-schema.js";
import type { TableSpec } from "./table-spec.js";

/** Results that may enter a table, and why others may not. */
export interface ChosenResults {
  readonly results: readonly BenchmarkResult[];
  readonly notes: readonly string[];
}

/**
 * Leaves out, with a note each, what would make a table say something wrong: limited and incomplete results, several results of one
 * model for one benchmark, and those that differ from the others of their benchmark in version, data or policy (the most frequent
 * kind stays; among equally frequent ones the newest version).
 */
export function chooseResults(spec: TableSpec, results: readonly BenchmarkResult[]): ChosenResults {
  const wanted = new Set(
    [
      ...spec.columns.map(({ value }) => value),
      ...(spec.curves ?? []).flatMap(({ points }) => points.map(({ value }) => value)),
    ].flatMap(({ benchmarks }) => benchmarks),
  );
  const notes: string[] = [];
  const chosen: BenchmarkResult[] = [];
  for (const benchmark of [...wanted].sort()) {
    const whole = results
      .filter((result) => result.benchmark === benchmark)
      .filter((result) => {
        const reason = whyLeftOut(result);
        if (reason) notes.push(`${benchmark} of ${result.model.name} is left out: ${reason}.`);
        return reason === undefined;
      });
    const comparable = mostFrequentKind(whole);
    const [first] = comparable;
    if (first === undefined) continue;
    for (const result of whole) {
      if (comparable.includes(result)) continue;
      const difference = differenceBetween(result, first);
      notes.push(`${benchmark} of ${result.model.name} is left out: compared with ${first.model.name}, ${difference}.`);
    }
    const byModel = groupByModel(comparable);
    for (const [model, same] of byModel) {
      const revisions = new Set(same.map((result) => result.model.revision));
      if (revisions.size > 1)
        notes.push(`${benchmark} of ${model} is left out: ${same.length} results of different weights have that name.`);
      else chosen.push(same[0]!);
    }
  }
  for (const { benchmark, model, skipped, sampleCount } of chosen) {
    if (skipped > 0)
      notes.push(
        `${benchmark} of ${model.name}: ${sampleCount} of ${sampleCount + skipped} items; the images of the others are missing.`,
      );
  }
  return { results: chosen, notes };
}

function whyLeftOut({
  limited,
  sampleCount,
  skipped,
  skippingAllowed,
  unlikeReference,
}: BenchmarkResult): string | undefined {
  if (limited) return `it was run with a limit (${sampleCount} items)`;
  if (skipped > 0 && !skippingAllowed) return `${skipped} of ${sampleCount + skipped} items lacked their image`;
  if (unlikeReference !== undefined) return unlikeReference;
  return undefined;
}

function mostFrequentKind(results: readonly BenchmarkResult[]): readonly BenchmarkResult[] {
  const kinds: { readonly first: BenchmarkResult; readonly members: BenchmarkResult[] }[] = [];
  for (const result of results) {
    const kind = kinds.find(({ first }) => differenceBetween(first, result) === undefined);
    if (kind) kind.members.push(result);
    else kinds.push({ first: result, members: [result] });
  }
  const [best] = kinds.sort(
    (a, b) =>
      b.members.length - a.members.length ||
      Number(b.first.benchmarkVersion) - Number(a.first.benchmarkVersion) ||
      a.first.dataRevision.localeCompare(b.first.dataRevision),
  );
  return best?.members ?? [];
}

function groupByModel(results: readonly BenchmarkResult[]): ReadonlyMap<string, readonly BenchmarkResult[]> {
  const groups = new Map<string, BenchmarkResult[]>();
  for (const result of results) {
    const group = groups.get(result.model.name) ?? [];
    group.push(result);
    groups.set(result.model.name, group);
  }
  return groups;
}
