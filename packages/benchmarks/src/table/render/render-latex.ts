import type { BuiltTable } from "../build-table.js";
import { cellDetails, percent, rowLabel } from "../format-cell.js";

/** A `tabular` in booktabs style; the best of a column is bold, intervals are small. */
export function renderLatex(table: BuiltTable): string {
  const row = (cells: readonly string[]) => `${cells.join(" & ")} \\\\`;
  const lines = [
    "% needs \\usepackage{booktabs}",
    "\\begin{table}",
    "\\centering",
    `\\caption{${escapeLatex(table.title)} (percent; 95\\,\\% interval or $\\pm$ deviation over seeds).}`,
    `\\begin{tabular}{l${"r".repeat(table.columns.length)}}`,
    "\\toprule",
    row(["method", ...table.columns.map((column) => escapeLatex(column.label))]),
    "\\midrule",
    row(["chance", ...table.columns.map((column) => (column.chance === null ? "" : percent(column.chance)))]),
    ...table.rows.map((built) =>
      row([
        escapeLatex(rowLabel(built, table.rows)),
        ...built.cells.map((cell) => {
          if (!cell) return "--";
          const value = cell.best ? `\\textbf{${percent(cell.value)}}` : percent(cell.value);
          const details = cellDetails(cell).map((detail) => detail.replace("–", "--").replace("±", "$\\pm$"));
          return details.length > 0 ? `${value} {\\scriptsize ${details.join(", ")}}` : value;
        }),
      ]),
    ),
    "\\bottomrule",
    "\\end{tabular}",
    "\\end{table}",
    ...table.notes.map((note) => `% ${note}`),
  ];
  return `${lines.join("\n")}\n`;
}

function escapeLatex(text: string): string {
  return text.replace(/[\\{}&%$#_^~]/g, (character) =>
    character === "\\" ? "\\textbackslash{}" : "^~".includes(character) ? `\\${character}{}` : `\\${character}`,
  );
}
