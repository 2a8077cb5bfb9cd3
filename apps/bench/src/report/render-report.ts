import { type BenchmarkResult, buildTable, type TableSpec } from "@tesserae/benchmarks";
import { lossChart, overviewChart, productivityChart, validationCharts } from "./charts.js";
import { choiceRecords, chooseExamples, type Example } from "./choose-examples.js";
import { escapeHtml } from "./escape-html.js";
import type { ReportRun } from "./load-runs.js";
import { page, panel } from "./page.js";
import { claimTable, exampleCards, legend, provenance, resultTable, runRecords, runTable } from "./sections.js";
import { createSeries } from "./series.js";

/** A picture as a data URI, or null when it is not here. */
export type Picture = (image: string) => Promise<string | null>;

/** One HTML page that needs no other file and no network. The same runs always give the same page. */
export async function renderReport(spec: TableSpec, runs: readonly ReportRun[], picture: Picture): Promise<string> {
  const results = runs.flatMap((run) => run.results.map(({ result }) => result));
  const table = buildTable(spec, results);
  const models = [...new Set([...runs.map((run) => run.name), ...results.map((result) => result.model.name)])];
  const series = createSeries(models, new Map(spec.rows.map((row) => [row.model, row.label])));
  const colours = legend(series);
  const sections: [string, string][] = [];
  const add = (title: string, content: string | null) => {
    if (content) sections.push([title, content]);
  };
  if (results.length > 0) {
    const notes = `<ul class="notes">${table.notes.map((note) => `<li>${escapeHtml(note)}</li>`).join("")}</ul>`;
    add(
      "Results",
      resultTable(table, series) + panel("All columns at a glance", colours + overviewChart(table, series)) + notes,
    );
    if (table.claims.length > 0) add("What papers report, and what is seen here", claimTable(table));
  }
  const productivity = productivityChart(runs, series);
  add(
    "Productivity",
    productivity &&
      panel(
        "Accuracy by length",
        `${colours}${productivity}<p class="muted">Bands are 95 % intervals; the dashed line is chance.</p>`,
      ),
  );
  const training = [lossChart(runs, series), ...validationCharts(runs, series)].filter((chart) => chart !== null);
  add(
    "Training",
    training.length > 0 ? training.map((chart) => panel("Training curve", colours + chart)).join("") : null,
  );
  add("Examples, right and wrong", await exampleSection(results, series, picture));
  add("Runs", runTable(runs, series) + runRecords(runs));
  if (results.length > 0) add("How the numbers were made", provenance(runs));
  const folders = `${runs.length} runs: ${runs.map((run) => run.folder).join(", ")}.`;
  const parts = sections.map(([name, content]) => `<section><h2>${escapeHtml(name)}</h2>${content}</section>`);
  return page(table.title, [`<p class="muted">${escapeHtml(folders)}</p>`, ...parts].join("\n"));
}

async function exampleSection(
  results: readonly BenchmarkResult[],
  series: Parameters<typeof exampleCards>[1],
  picture: Picture,
): Promise<string | null> {
  const choices = results.filter((result) => choiceRecords(result) && result.values.accuracy);
  const names = [...new Set(choices.map((result) => result.benchmark))];
  const parts: string[] = [];
  for (const benchmark of names) {
    const examples = chooseExamples(choices.filter((result) => result.benchmark === benchmark));
    const shown: { example: Example; picture: string | null }[] = [];
    for (const example of examples) shown.push({ example, picture: await picture(example.item.images[0]!) });
    parts.push(`<h3>${escapeHtml(benchmark)}</h3>${exampleCards(shown, series)}`);
  }
  if (parts.length === 0) return null;
  const intro =
    "Per task: items that the best model gets right and the worst gets wrong, one that all get right, and items that the best gets wrong.";
  return `<p class="muted">${intro}</p>${parts.join("")}`;
}
