import type { BenchmarkResult } from "../results/result-schema.js";
import { type BuiltTable, buildTable } from "./build-table.js";
import { renderCsv } from "./render/render-csv.js";
import { renderHtml } from "./render/render-html.js";
import { renderLatex } from "./render/render-latex.js";
import { renderMarkdown } from "./render/render-markdown.js";
import { renderText } from "./render/render-text.js";
import type { TableSpec } from "./table-spec.js";
import { withoutEmpty } from "./without-empty.js";

/** A format of `renderTable`. */
export type TableFormat = "text" | "markdown" | "csv" | "json" | "latex" | "html";

/** How a table is printed. */
export interface RenderOptions {
  /** Default "text". */
  readonly format?: TableFormat;
  /** Characters a line of text may take before columns move to a second block. Default 120. */
  readonly width?: number;
}

/** The formats that `renderTable` knows. */
export const tableFormats: readonly TableFormat[] = ["text", "markdown", "csv", "json", "latex", "html"];

/**
 * A table as a string: chance, value and 95 % interval of every cell, the best of a column marked, the orders that papers report and
 * whether the results show them, and what was not run. The same arguments always give the same string.
 *
 * @throws Error as `buildTable`, and RangeError on a format that is none of `tableFormats`.
 */
export function renderTable(spec: TableSpec, results: readonly BenchmarkResult[], options: RenderOptions = {}): string {
  const { format = "text", width = 120 } = options;
  if (!tableFormats.includes(format)) {
    throw new RangeError(`renderTable: there is no format "${format}"; expected one of ${tableFormats.join(", ")}`);
  }
  const table = buildTable(spec, results);
  return renderers[format](format === "json" ? table : withoutEmpty(table), width);
}

const renderers: Readonly<Record<TableFormat, (table: BuiltTable, width: number) => string>> = {
  text: renderText,
  markdown: renderMarkdown,
  csv: renderCsv,
  json: (table) => `${JSON.stringify(table, null, 2)}\n`,
  latex: renderLatex,
  html: renderHtml,
};
