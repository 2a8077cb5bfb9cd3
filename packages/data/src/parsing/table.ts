import type { Options } from "csv-parse";

/** A row of a table as csv-parse gives it with `tableOptions`. */
export interface TableRow {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** How csv-parse reads tables separated by tabs: quotes as pandas writes them, lines that end in either way, also mixed. */
export const tableOptions = {
  delimiter: "\t",
  info: true,
  record_delimiter: ["\r\n", "\n"],
  relax_column_count: true,
  relax_quotes: true,
} satisfies Options;

/** Whether a row comes from a line with nothing in it. */
export function isEmptyRow(record: TableRow["record"]): boolean {
  return record.length === 1 && record[0]!.trim() === "";
}
