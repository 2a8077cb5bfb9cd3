import { renderTable, type TableFormat } from "@tesserae/benchmarks";
import type { Output } from "@tesserae/shared";
import { findTable } from "../results/find-table.js";
import { readResults } from "../results/result-files.js";

export interface TableOptions {
  readonly results?: string | undefined;
  readonly format: TableFormat;
}

/** Prints a table, filled with the results below a folder. Without a folder only published numbers and needs are shown. */
export async function table(name: string, { results, format }: TableOptions, output: Output): Promise<void> {
  const spec = await findTable(name);
  const stored = results === undefined ? { results: [], problems: [] } : await readResults(results);
  const rendered = renderTable(
    { ...spec, notes: [...(spec.notes ?? []), ...stored.problems.map((problem) => `Left out: ${problem}`)] },
    stored.results.map(({ result }) => result),
    { format, width: Math.max(60, output.columns) },
  );
  output.print(rendered.trimEnd());
}
