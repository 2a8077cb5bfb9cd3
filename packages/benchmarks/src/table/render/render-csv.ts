import { stringify } from "csv-stringify/browser/esm/sync";
import type { BuiltTable } from "../build-table.js";

const columns = [
  "table",
  "method",
  "published",
  "column",
  "value",
  "deviation",
  "seeds",
  "low",
  "high",
  "difference",
  "n",
  "chance",
  "best",
];

/** One line per cell (RFC 4180), shares in [0, 1] with six decimals. Cells without a number are left out. */
export function renderCsv(table: BuiltTable): string {
  const lines = table.rows.flatMap((row) =>
    row.cells.flatMap((cell, index) => {
      if (!cell) return [];
      const { label, chance } = table.columns[index]!;
      const { value, deviation, seeds, interval, difference, n, best } = cell;
      const numbers = [value, deviation, seeds, interval?.[0], interval?.[1], difference, n, chance];
      return [[table.name, row.label, String(row.published), label, ...numbers.map(decimal), String(best)]];
    }),
  );
  return stringify([columns, ...lines], { record_delimiter: "windows" });
}

function decimal(number: number | null | undefined): string {
  return number === null || number === undefined ? "" : String(Number(number.toFixed(6)));
}
