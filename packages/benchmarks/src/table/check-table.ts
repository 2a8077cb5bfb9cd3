import type { Comparison } from "../results/compare-results.js";
import type { BenchmarkResult } from "../results/result-schema.js";
import { buildTable } from "./build-table.js";
import { comparisonText } from "./format-cell.js";
import type { TableSpec } from "./table-spec.js";

/** One expectation of a table, and whether the results meet it. */
export interface TableCheck {
  /** "relation swap, MosaiCLIP > NegCLIP" or "Rel, MosaiCLIP" */
  readonly what: string;
  readonly expected: string;
  readonly got: string;
  readonly ok: boolean;
}

/**
 * Compares results with what a table expects: every published number within `tolerance` percentage points (default 1), and every
 * claim that asks to be checked; with `allClaims` the others too, which pass unless they are contradicted. What was not run does not pass.
 */
export function checkTable(
  spec: TableSpec,
  results: readonly BenchmarkResult[],
  { tolerance = 1, allClaims = false }: { readonly tolerance?: number; readonly allClaims?: boolean } = {},
): readonly TableCheck[] {
  const table = buildTable(spec, results);
  const numbers = table.rows
    .filter((row) => row.published)
    .flatMap((row) => {
      const ours = table.rows.find((other) => !other.published && other.model === row.model);
      return row.cells.flatMap((cell, column): TableCheck[] => {
        if (!cell) return [];
        const got = ours?.cells[column];
        return [
          {
            what: `${table.columns[column]!.label}, ${row.label}`,
            expected: `${(cell.value * 100).toFixed(1)} ± ${tolerance}`,
            got: got ? (got.value * 100).toFixed(1) : "not run",
            ok: got != null && Math.abs(got.value - cell.value) * 100 <= tolerance + 1e-9,
          },
        ];
      });
    });
  const claims = table.claims.flatMap(({ column, check, comparisons }) =>
    check === null && !allClaims
      ? []
      : comparisons.map((comparison) => ({
          what: `${column}, ${comparison.better} > ${comparison.worse}`,
          expected: check === "significant" ? "significant" : "not worse at the 95 % level",
          got: comparisonText(comparison),
          ok: check === "significant" ? comparison.verdict === "significant" : isNotWorse(comparison),
        })),
  );
  return [...numbers, ...claims];
}

function isNotWorse({ verdict }: Comparison): boolean {
  return verdict !== "contradicted" && verdict !== "not run";
}
