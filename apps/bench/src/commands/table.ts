import { renderTable, type TableFormat } from "@tesserae/benchmarks";
import { findTable } from "../find-table.js";
import type { Output } from "../progress.js";
import { preferWhole, readResults } from "../result-files.js";

export interface TableOptions {
  readonly results?: string | undefined;
  readonly format: TableFormat;
}

/** Prints a table, filled with the results below a folder. Without a folder only published numbers and needs are shown. */
export async function table(name: string, { results, format }: TableOptions, output: Output): Promise<void> {
  const spec = findTable(name);
  const stored = results === undefined ? [] : preferWhole(await readResults(results));
  const rendered = renderTable(
    spec,
    stored.map(({ result }) => result),
    { format, width: Math.max(60, output.columns) },
  );
  output.print(rendered.trimEnd());
}
