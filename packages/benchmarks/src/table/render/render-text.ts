import type { BuiltTable } from "../build-table.js";
import { cellDetails, claimSource, comparisonText, percent, rowLabel } from "../format-cell.js";

/** A cell is some lines: the value, and below it its interval or deviation, and its difference to the published number. */
type Lines = readonly string[];

/** Plain text for a terminal. Columns that do not fit `width` follow in further blocks. */
export function renderText(table: BuiltTable, width: number): string {
  const labels = ["chance", ...table.rows.map((row) => rowLabel(row, table.rows))];
  const labelWidth = Math.max("method".length, ...labels.map((label) => label.length));
  const columns = table.columns.map((column, index): readonly Lines[] => [
    column.label.split(" "),
    [column.chance === null ? "" : percent(column.chance)],
    ...table.rows.map((row) => cellLines(row.cells[index]!, row.published)),
  ]);
  const lines = [`${table.title} (percent; below: 95 % interval or ± deviation over seeds; * best of the column)`, ""];
  for (const block of intoBlocks(columns, width - labelWidth))
    lines.push(...renderBlock(["method", ...labels], block, labelWidth), "");
  for (const curve of table.curves) {
    const points = curve.points.map((at, index): readonly Lines[] => [
      [String(at)],
      ...curve.rows.map(({ cells }) => (cells[index] ? [percent(cells[index].value)] : ["not run"])),
    ]);
    const names = curve.rows.map(({ label }) => label);
    lines.push(`${curve.label} by ${curve.axis}`);
    for (const block of intoBlocks(points, width - labelWidth))
      lines.push(...renderBlock([curve.axis, ...names], block, Math.max(labelWidth, curve.axis.length)), "");
  }
  lines.push(...renderClaims(table, width));
  for (const note of table.notes)
    lines.push(...wrap(note, width, "  ").map((line, index) => (index === 0 ? line : `  ${line}`)));
  return `${lines.join("\n").trimEnd()}\n`;
}

function cellLines(cell: BuiltTable["rows"][number]["cells"][number] | undefined, published: boolean): Lines {
  if (!cell) return [published ? "-" : "not run"];
  const value = `${percent(cell.value)}${cell.best ? "*" : " "}`;
  return [value, ...cellDetails(cell)];
}

function columnWidth(column: readonly Lines[]): number {
  return 2 + Math.max(...column.flat().map((line) => line.length));
}

function intoBlocks(columns: readonly (readonly Lines[])[], width: number): readonly (readonly (readonly Lines[])[])[] {
  const blocks: (readonly Lines[])[][] = [];
  let room = 0;
  for (const column of columns) {
    const needed = columnWidth(column);
    if (blocks.length === 0 || needed > room) {
      blocks.push([]);
      room = width;
    }
    blocks.at(-1)!.push(column);
    room -= needed;
  }
  return blocks;
}

function renderBlock(
  labels: readonly string[],
  columns: readonly (readonly Lines[])[],
  labelWidth: number,
): readonly string[] {
  return labels.flatMap((label, row) => {
    const height = Math.max(1, ...columns.map((column) => column[row]!.length));
    const rendered = Array.from({ length: height }, (_, line) => {
      const cells = columns.map((column) => {
        const cell = column[row]!;
        // Headings stand on their last line, cells on their first.
        const text = row === 0 ? cell[line - (height - cell.length)] : cell[line];
        return (text ?? "").padStart(columnWidth(column));
      });
      const start = line === (row === 0 ? height - 1 : 0) ? label : "";
      return `${start.padEnd(labelWidth)}${cells.join("")}`.trimEnd();
    });
    return row === 0
      ? [...rendered, "-".repeat(labelWidth + columns.reduce((sum, column) => sum + columnWidth(column), 0))]
      : rendered;
  });
}

function renderClaims(table: BuiltTable, width: number): readonly string[] {
  if (table.claims.length === 0) return [];
  const pairs = new Map(
    table.claims.flatMap((claim) =>
      claim.comparisons.map((comparison) => {
        const pair = `${comparison.better} > ${comparison.worse}`;
        return [`${claim.column}: ${pair}`, { column: claim.column, pair, text: comparisonText(comparison) }] as const;
      }),
    ),
  );
  const rows = [...pairs.values()];
  const columnSpace = 2 + Math.max(...rows.map(({ column }) => column.length));
  const pairSpace = 2 + Math.max(...rows.map(({ pair }) => pair.length));
  const sources = table.claims.map((claim) => `${claim.column}: ${claim.order} in ${claimSource(claim)}`);
  return [
    "Orders that papers report, and what these results say (difference in points over seeds and items, p corrected for their number):",
    ...rows.map(({ column, pair, text }, index) => {
      const heading = rows[index - 1]?.column === column ? "" : column;
      return `  ${heading.padEnd(columnSpace)}${pair.padEnd(pairSpace)}${text}`;
    }),
    "",
    "Where they report it:",
    ...sources.flatMap((source) => wrap(source, width - 4, "  ").map((line) => `  ${line}`)),
    "",
  ];
}

/** Breaks at spaces; lines after the first are indented. */
function wrap(text: string, width: number, indent: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(lines.length === 0 ? word : `${indent}${word}`);
  }
  return lines;
}
