import type { BuiltTable } from "../build-table.js";
import { cellDetails, claimSource, comparisonText, percent, rowLabel } from "../format-cell.js";

/** A GitHub-flavoured Markdown table; the best of a column is bold. */
export function renderMarkdown(table: BuiltTable): string {
  const row = (cells: readonly string[]) => `| ${cells.map(escapeCell).join(" | ")} |`;
  const lines = [
    `**${table.title}** (percent; 95 % interval, or ± deviation over seeds)`,
    "",
    row(["method", ...table.columns.map((column) => column.label)]),
    `| --- |${" ---: |".repeat(table.columns.length)}`,
    row(["chance", ...table.columns.map((column) => (column.chance === null ? "" : percent(column.chance)))]),
    ...table.rows.map((built) =>
      row([
        rowLabel(built, table.rows),
        ...built.cells.map((cell) => {
          if (!cell) return built.published ? "-" : "not run";
          const value = cell.best ? `**${percent(cell.value)}**` : percent(cell.value);
          const details = cellDetails(cell);
          return details.length > 0 ? `${value} (${details.join(", ")})` : value;
        }),
      ]),
    ),
  ];
  for (const curve of table.curves) {
    lines.push("", row([`${curve.label} by ${curve.axis}`, ...curve.points.map(String)]));
    lines.push(`| --- |${" ---: |".repeat(curve.points.length)}`);
    for (const { label, cells } of curve.rows) {
      lines.push(row([label, ...cells.map((cell) => (cell ? percent(cell.value) : "not run"))]));
    }
  }
  if (table.claims.length > 0) {
    lines.push("", row(["column", "papers report", "in these results", "source"]), "| --- | --- | --- | --- |");
    for (const claim of table.claims) {
      const shown = claim.comparisons.map(
        (comparison) => `${comparison.better} > ${comparison.worse}: ${comparisonText(comparison)}`,
      );
      lines.push(row([claim.column, claim.order, shown.join("; "), claimSource(claim)]));
    }
  }
  if (table.notes.length > 0) lines.push("", ...table.notes.map((note) => `- ${note}`));
  return `${lines.join("\n")}\n`;
}

function escapeCell(text: string): string {
  return text.replaceAll("|", "\\|");
}
