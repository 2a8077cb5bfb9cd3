import { checkTable } from "@tesserae/benchmarks";
import { findTable } from "../find-table.js";
import type { Output } from "../progress.js";
import { preferWhole, readResults } from "../result-files.js";
import { textTable } from "../text-table.js";

export interface CheckOptions {
  readonly results?: string | undefined;
  /** Percentage points by which a number may differ from the published one. */
  readonly tolerance: number;
}

/** Prints what a table expects and what the results hold. @returns whether all of it is met */
export async function check(name: string, { results, tolerance }: CheckOptions, output: Output): Promise<boolean> {
  const spec = findTable(name);
  const stored = results === undefined ? [] : preferWhole(await readResults(results));
  const checks = checkTable(
    spec,
    stored.map(({ result }) => result),
    { tolerance },
  );
  output.print(
    textTable(
      ["check", "expected", "got", ""],
      checks.map(({ what, expected, got, ok }) => [what, expected, got, ok ? "ok" : "FAILED"]),
    ),
  );
  const failed = checks.filter(({ ok }) => !ok).length;
  output.print(failed === 0 ? `${checks.length} checks passed` : `${failed} of ${checks.length} checks failed`);
  return failed === 0;
}
