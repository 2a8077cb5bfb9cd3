import { buildTable, checkTable, type TableSpec, worldTable } from "@tesserae/benchmarks";
import { type Output, textTable } from "@tesserae/shared";
import { BenchError } from "../bench-error.js";
import { findTable } from "../results/find-table.js";
import { readResults } from "../results/result-files.js";

export interface CheckOptions {
  readonly results?: string | undefined;
  /** Percentage points by which a number may differ from the published one. */
  readonly tolerance: number;
  readonly json?: boolean | undefined;
  /** Checks the table's miniature: whether the orders that the paper reports hold there. */
  readonly world?: boolean | undefined;
}

/** Prints what a table expects and what the results hold. @returns whether all of it is met */
export async function check(name: string, options: CheckOptions, output: Output): Promise<boolean> {
  const table = await findTable(name);
  const spec = options.world ? miniature(table) : table;
  const folder = options.results ?? (options.world ? `runs/${table.name.replaceAll("/", "-")}` : undefined);
  const { results, problems } = folder === undefined ? { results: [], problems: [] } : await readResults(folder);
  const checks = checkTable(
    spec,
    results.map(({ result }) => result),
    { tolerance: options.tolerance, allClaims: options.world === true },
  );
  const { notes } = buildTable(
    spec,
    results.map(({ result }) => result),
  );
  const leftOut = [
    ...problems.map((problem) => `Left out: ${problem}`),
    ...notes.filter((note) => /left out/.test(note)),
  ];
  const failed = checks.filter(({ ok }) => !ok).length;
  if (options.json) {
    output.print(
      JSON.stringify({ table: spec.name, tolerance: options.tolerance, failed, checks, notes: leftOut }, null, 2),
    );
    return failed === 0;
  }
  output.print(
    textTable(
      ["check", "expected", "got", ""],
      checks.map(({ what, expected, got, ok }) => [what, expected, got, ok ? "ok" : "FAILED"]),
    ),
  );
  for (const note of leftOut) output.print(note);
  output.print(failed === 0 ? `${checks.length} checks passed` : `${failed} of ${checks.length} checks failed`);
  return failed === 0;
}

function miniature(table: TableSpec): TableSpec {
  if (table.world) return worldTable(table, table.world);
  throw new BenchError(`${table.name}: has no counterpart on the synthetic world; check it without --world`);
}
