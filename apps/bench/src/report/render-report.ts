import { type BenchmarkResult, buildTable, type TableSpec, withoutEmpty, worldTable } from "@tesserae/benchmarks";
import { escapeHtml } from "./escape-html.js";
import { exampleSection, type Picture } from "./examples.js";
import { columnBars, groupBars } from "./group-bars.js";
import type { ReportRun } from "./load-runs.js";
import { page, panel } from "./page.js";
import { productivityChart } from "./productivity-chart.js";
import { claimTable, legend, provenance, resultTable, runRecords, runTable } from "./sections.js";
import { createSeries } from "./series.js";
import { summary } from "./summary.js";
import { tradeOffChart } from "./trade-off-chart.js";
import { trainingCharts, validationCharts } from "./training-charts.js";

/** One HTML page that needs no other file and no network. The same runs always give the same page. */
export async function renderReport(given: TableSpec, runs: readonly ReportRun[], picture: Picture): Promise<string> {
  const results = runs.flatMap((run) => run.results.map(({ result }) => result));
  const spec = shownTable(given, results);
  const table = withoutEmpty(buildTable(spec, results));
  const models = [...new Set([...runs.map((run) => run.name), ...results.map((result) => result.model.name)])];
  const series = createSeries(models, new Map(spec.rows.map((row) => [row.model, row.label])));
  const colours = legend(series);
  const sections: [string, string][] = [];
  const add = (title: string, content: string | null) => {
    if (content) sections.push([title, content]);
  };
  const charts = (label: string, drawn: readonly (string | null)[], note = "") => {
    const shown = drawn.filter((chart) => chart !== null);
    return shown.length > 0 ? shown.map((chart) => panel(label, colours + chart + note)).join("") : null;
  };
  if (results.length > 0) {
    const notes = `<ul class="notes">${table.notes.map((note) => `<li>${escapeHtml(note)}</li>`).join("")}</ul>`;
    const columns = columnBars(table, series);
    const overview = columns === null ? "" : folded("All columns as bars", columns);
    add("Results", resultTable(table, series) + overview + notes);
    if (table.claims.length > 0) add("What papers report, and what is seen here", claimTable(table));
  }
  const inTable = spec.columns.flatMap(({ value }) => value.benchmarks);
  const scored = new Set(results.map(({ benchmark }) => benchmark));
  const benchmarkNames = [...new Set([...inTable.filter((name) => scored.has(name)), ...scored])];
  const title = (benchmark: string) => columnLabel(spec, benchmark) ?? benchmark;
  const byGroup: string[] = [];
  for (const benchmark of benchmarkNames) {
    const own = results.filter((result) => result.benchmark === benchmark);
    const drawn = groupBars(own, series);
    if (drawn) byGroup.push(folded(title(benchmark), drawn, byGroup.length === 0));
  }
  add("By relation and kind", byGroup.length > 0 ? byGroup.join("") : null);
  const bands =
    '<p class="muted">Bands are 95 % intervals, or the range over training seeds; the dashed line is chance.</p>';
  add("Productivity", charts("Accuracy by length", [productivityChart(results, series)], bands));
  add("Compositional against general ability", charts("Trade-off", [tradeOffChart(results, series)]));
  add("Training", charts("Training curve", [...trainingCharts(runs, series), ...validationCharts(runs, series)]));
  const examples = await exampleSection(results, benchmarkNames, series, picture, title);
  add("Examples, right and wrong", examples?.content ?? null);
  add("Runs", runTable(runs, series) + runRecords(runs));
  if (results.length > 0) add("How the numbers were made", provenance(runs));
  const leftOut = runs.flatMap((run) => run.leftOut);
  if (leftOut.length > 0) {
    add("Left out", `<ul class="notes">${leftOut.map((line) => `<li>${escapeHtml(line)}</li>`).join("")}</ul>`);
  }
  const folders = `${runs.length} runs: ${runs.map((run) => run.folder).join(", ")}.`;
  const said = summary(table);
  const contents = sections.map(([name]) => `<li><a href="#${anchor(name)}">${escapeHtml(name)}</a></li>`);
  const parts = sections.map(
    ([name, content]) => `<section id="${anchor(name)}"><h2>${escapeHtml(name)}</h2>${content}</section>`,
  );
  return page(
    table.title,
    [
      ...(said === null ? [] : [`<p>${escapeHtml(said)}</p>`]),
      `<p class="muted">${escapeHtml(folders)}</p>`,
      `<nav aria-label="Contents"><ul>${contents.join("")}</ul></nav>`,
      ...parts,
    ].join("\n"),
    examples?.rules,
  );
}

/** A part with a heading that opens and closes it. */
function folded(title: string, content: string, open = false): string {
  return `<details${open ? " open" : ""}><summary><h3>${escapeHtml(title)}</h3></summary>${panel(title, content)}</details>`;
}

/** The table, or its miniature where only that one's columns have results. */
function shownTable(spec: TableSpec, results: readonly BenchmarkResult[]): TableSpec {
  const run = new Set(results.map(({ benchmark }) => benchmark));
  const hasResults = ({ columns }: Pick<TableSpec, "columns">) =>
    columns.some(({ value }) => value.benchmarks.some((benchmark) => run.has(benchmark)));
  if (!spec.world || hasResults(spec)) return spec;
  const miniature = worldTable(spec, spec.world);
  return hasResults(miniature) ? miniature : spec;
}

function anchor(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]+/g, "-");
}

/** The label of the column that shows a benchmark alone. */
function columnLabel(spec: TableSpec, benchmark: string): string | undefined {
  return spec.columns.find(({ value }) => value.benchmarks.length === 1 && value.benchmarks[0] === benchmark)?.label;
}
