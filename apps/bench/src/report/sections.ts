import type { BuiltTable, Verdict } from "@tesserae/benchmarks";
import { escapeHtml } from "./escape-html.js";
import type { ReportRun } from "./load-runs.js";
import { panel } from "./page.js";
import type { Series } from "./series.js";

const percent = (share: number) => (share * 100).toFixed(1);

/** The coloured names of the models. */
export function legend(series: readonly Series[]): string {
  return `<ul class="legend">${series.map((one) => `<li>${name(one)}</li>`).join("")}</ul>`;
}

/** The table of results; each column says its chance level. */
export function resultTable(table: BuiltTable, series: readonly Series[]): string {
  const head = table.columns.map((column) => `<th scope="col">${escapeHtml(column.label)}</th>`).join("");
  const chance = table.columns.map(({ chance }) => `<td>${chance === null ? "" : percent(chance)}</td>`).join("");
  const rows = table.rows.map((row) => {
    const found = series.find(({ model }) => model === row.model);
    const label = row.published ? `${escapeHtml(row.label)} (published)` : found ? name(found) : escapeHtml(row.label);
    const cells = row.cells.map((cell) => {
      if (!cell) return `<td class="muted">${row.published ? "–" : "not run"}</td>`;
      const spread =
        cell.deviation === null
          ? cell.interval && `${percent(cell.interval[0])}–${percent(cell.interval[1])}`
          : `±${(cell.deviation * 100).toFixed(2)}`;
      const interval = spread ? `<small>${spread}</small>` : "";
      const best = cell.best ? '<span class="hidden"> (best)</span>' : "";
      return `<td${cell.best ? ' class="best"' : ""}>${percent(cell.value)}${best}${interval}</td>`;
    });
    return `<tr><th scope="row">${label}</th>${cells.join("")}</tr>`;
  });
  return panel(
    table.title,
    `<p class="caption">Percent; below it the 95 % interval, or the deviation over training seeds. The best of a column is bold.</p><table>
<thead><tr><th scope="col">Method</th>${head}</tr></thead>
<tbody><tr><th scope="row" class="muted">Chance</th>${chance}</tr>${rows.join("")}</tbody></table>`,
  );
}

/** Orders that papers report, and whether the results show them. */
export function claimTable(table: BuiltTable): string {
  const rows = table.claims.flatMap((claim) =>
    claim.comparisons.map(({ better, worse, verdict, test }, index) => {
      const first = `<th scope="rowgroup" class="text" rowspan="${claim.comparisons.length}">${escapeHtml(claim.column)}</th>`;
      const source = `${escapeHtml(claim.source)}${claim.secondHand ? " (second-hand)" : ""}`;
      const last = `<td class="text muted" rowspan="${claim.comparisons.length}">${source}</td>`;
      const numbers = test
        ? `<td>${test.difference > 0 ? "+" : ""}${percent(test.difference)}<small>${percent(test.interval[0])} to ${percent(test.interval[1])}</small></td>` +
          `<td>${test.pValue < 0.001 ? "&lt; 0.001" : test.pValue.toFixed(3)}</td>`
        : "<td></td><td></td>";
      return `<tr>${index === 0 ? first : ""}<td class="text pair">${escapeHtml(better)} &gt; ${escapeHtml(worse)}</td>${numbers}<td class="text">${badge(verdict)}</td>${index === 0 ? last : ""}</tr>`;
    }),
  );
  return panel(
    "What papers report",
    `<p class="caption">Difference in points with its 95 % interval, and its p-value, by drawing training seeds and items again, corrected for the number of orders (Holm). Methods of one training seed are not compared.</p><table>
<thead><tr><th scope="col" class="text">Column</th><th scope="col" class="text">Papers report</th><th scope="col">Difference</th><th scope="col">p</th><th scope="col" class="text">Here</th><th scope="col" class="text">Source</th></tr></thead>
<tbody>${rows.join("")}</tbody></table>`,
  );
}

/** One row for each run: what was trained, and how long it took. */
export function runTable(runs: readonly ReportRun[], series: readonly Series[]): string {
  const rows = runs.map((run) => {
    const record = run.record ?? {};
    const found = series.find(({ models }) => models.includes(run.name));
    const miner = record.miner ? `${record.miner.name} ${record.miner.version}` : "none";
    const scoring = run.results.reduce((sum, { result }) => sum + (result.seconds ?? 0), 0);
    const cells = [
      text(record.method),
      run.record ? miner : "",
      text(record.steps),
      text(record.samplesSeen),
      text(record.seed),
      text(record.dataRevision),
      seconds(record.seconds),
      scoring > 0 ? seconds(scoring) : "",
    ];
    return `<tr><th scope="row">${found ? swatch(found) : ""}${escapeHtml(run.name)}</th>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`;
  });
  const head = ["Run", "Method", "Miner", "Steps", "Images seen", "Seed", "Data", "Training, s", "Scoring, s"];
  return panel(
    "Runs",
    `<table><thead><tr>${head.map((label) => `<th scope="col">${label}</th>`).join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>`,
  );
}

/** The complete record of every run, folded away. */
export function runRecords(runs: readonly ReportRun[]): string {
  return runs
    .filter((run) => run.record)
    .map((run) => {
      const json = escapeHtml(JSON.stringify(run.record, null, 2));
      return `<details><summary>All settings of ${escapeHtml(run.name)} (run.json)</summary><pre>${json}</pre></details>`;
    })
    .join("");
}

/** Where and with what the results were made. */
export function provenance(runs: readonly ReportRun[]): string {
  const results = runs.flatMap((run) => run.results.map(({ result }) => result));
  const distinct = (values: readonly (string | undefined)[]) =>
    [...new Set(values.filter((value) => value !== undefined))].join("; ");
  const versions = (record: Readonly<Record<string, string>> | undefined) =>
    record &&
    Object.entries(record)
      .map(([key, value]) => `${key} ${value}`)
      .join(", ");
  const entries: [string, string][] = [
    ["Machine", distinct(results.map((result) => result.machine))],
    ["Versions", distinct(results.map((result) => versions(result.versions)))],
    [
      "Benchmarks",
      distinct(
        results.map(
          (result) =>
            `${result.benchmark} ${result.benchmarkVersion} (${result.sampleCount} items, ${result.dataRevision}, ${result.tieRule}, ${result.averaging})`,
        ),
      ),
    ],
    [
      "Weights",
      distinct(
        results.map(
          ({ model }) => `${model.name}: ${model.revision}${model.activation ? `, ${model.activation}` : ""}`,
        ),
      ),
    ],
  ];
  return `<div class="panel"><dl>${entries.map(([key, value]) => `<dt>${key}</dt><dd>${escapeHtml(value)}</dd>`).join("")}</dl></div>`;
}

/** The coloured name of a model. */
export function name(series: Series): string {
  return swatch(series) + escapeHtml(series.label);
}

function swatch({ colour }: Series): string {
  return `<span class="swatch" style="background:${colour}"></span>`;
}

function badge(verdict: Verdict): string {
  const tone = verdict === "significant" ? " good" : verdict === "contradicted" ? " bad" : "";
  return `<span class="badge${tone}">${verdict}</span>`;
}

function text(value: unknown): string {
  return value === undefined || value === null ? "" : String(value);
}

function seconds(value: unknown): string {
  return typeof value === "number" ? value.toFixed(1) : "";
}
