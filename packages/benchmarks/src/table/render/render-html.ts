import type { BuiltTable } from "../build-table.js";
import { cellDetails, claimSource, comparisonText, percent, rowLabel } from "../format-cell.js";

/** A page of its own: one HTML file without links to elsewhere. */
export function renderHtml(table: BuiltTable): string {
  const head = ["method", ...table.columns.map(({ label }) => label)].map((label) => `<th>${escapeHtml(label)}</th>`);
  const chance = table.columns.map((column) => `<td>${column.chance === null ? "" : percent(column.chance)}</td>`);
  const rows = table.rows.map((row) => {
    const cells = row.cells.map((cell) => {
      if (!cell) return `<td class="empty">${row.published ? "–" : "not run"}</td>`;
      const value = cell.best ? `<strong>${percent(cell.value)}</strong>` : percent(cell.value);
      return `<td>${value}${cellDetails(cell)
        .map((detail) => `<small>${detail}</small>`)
        .join("")}</td>`;
    });
    return `<tr><th scope="row">${escapeHtml(rowLabel(row, table.rows))}</th>${cells.join("")}</tr>`;
  });
  const claims = table.claims.flatMap((claim) =>
    claim.comparisons.map((comparison) => {
      const pair = `${comparison.better} > ${comparison.worse}`;
      const cells = [claim.column, pair, comparisonText(comparison), claimSource(claim)];
      return `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`;
    }),
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(table.title)}</title><style>${style}</style></head><body><h1>${escapeHtml(table.title)}</h1>
<p>Percent; small: 95 % interval or deviation over seeds, and the difference to the published number. Bold: best of the column.</p>
<div class="scroll"><table><thead><tr>${head.join("")}</tr></thead><tbody><tr><th scope="row">chance</th>${chance.join("")}</tr>
${rows.join("\n")}</tbody></table></div>
${claims.length > 0 ? `<h2>Orders that papers report</h2><div class="scroll"><table><tbody>${claims.join("\n")}</tbody></table></div>` : ""}
<ul>${table.notes.map((note) => `<li>${escapeHtml(note)}</li>`).join("")}</ul></body></html>
`;
}

const style =
  ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:1rem;max-width:80rem}.scroll{overflow-x:auto}" +
  "table{border-collapse:collapse}th,td{padding:.25rem .6rem;text-align:right;border-bottom:1px solid #8886;vertical-align:top}" +
  "th:first-child{text-align:left}small{display:block;opacity:.75}.empty{opacity:.6}";

function escapeHtml(text: string): string {
  return text.replace(
    /[&<>"]/g,
    (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[character]!,
  );
}
