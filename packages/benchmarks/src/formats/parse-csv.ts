import { parse } from "csv-parse/browser/esm/sync";
import { BenchmarkError } from "../benchmark/benchmark-error.js";

/**
 * Rows of a CSV file by the names of its columns.
 *
 * @param columns those that have to be there.
 * @throws BenchmarkError on a missing column or a broken row.
 */
export function parseCsv<Column extends string>(
  text: string,
  columns: readonly Column[],
  source: string,
  origin: string,
): readonly Readonly<Record<Column, string>>[] {
  let rows: Record<Column, string>[];
  try {
    rows = parse(text, { columns: true, bom: true, skip_empty_lines: true });
  } catch (error) {
    throw new BenchmarkError(`${source}: ${(error as Error).message}; expected the CSV of ${origin}`);
  }
  const present = Object.keys(rows[0] ?? {});
  const missing = columns.filter((column) => !present.includes(column));
  if (missing.length > 0) {
    throw new BenchmarkError(
      `${source}: lacks the column ${missing.join(", ")} (it has ${present.join(", ") || "no row"}); expected the CSV of ${origin}`,
    );
  }
  return rows;
}
