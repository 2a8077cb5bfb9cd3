import type { BuiltTable } from "./build-table.js";

/** One line per cell (RFC 4180), shares in [0, 1] at full precision. Cells without a number are left out. */
export function renderCsv(table: BuiltTable): string {
  const lines = [["table", "method", "published", "column", "value", "low", "high", "n", "chance", "best"]];
  for (const row of table.rows) {
    row.cells.forEach((cell, index) => {
      if (!cell) return;
      const column = table.columns[index]!;
      const numbers = [cell.value, cell.interval?.[0], cell.interval?.[1], cell.n, column.chance];
      lines.push([
        table.name,
        row.label,
        String(row.published),
        column.label,
        ...numbers.map((number) => String(number ?? "")),
        String(cell.best),
      ]);
    });
  }
  return lines.map((cells) => `${cells.map(quote).join(",")}\r\n`).join("");
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
