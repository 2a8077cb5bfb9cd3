import type { BenchmarkResult, Metric } from "./benchmark.js";
import { assertSameItems, type Comparison, compareModels } from "./compare-models.js";
import type { Claim, TableColumn, TableSpec } from "./table.js";

/** A table with its numbers, ready for any format. Shares are in [0, 1], published numbers too. */
export interface BuiltTable {
  readonly name: string;
  readonly title: string;
  readonly columns: readonly {
    readonly label: string;
    readonly chance: number | null;
    readonly items: number | null;
  }[];
  readonly rows: readonly BuiltRow[];
  readonly claims: readonly BuiltClaim[];
  readonly notes: readonly string[];
}

/** One model of a table, as measured or as published. */
export interface BuiltRow {
  readonly model: string;
  readonly label: string;
  readonly published: boolean;
  /** One per column; null where nothing was run or published. */
  readonly cells: readonly (BuiltCell | null)[];
}

/** One number of a table. */
export interface BuiltCell {
  readonly value: number;
  readonly interval: readonly [number, number] | null;
  readonly n: number | null;
  /** The highest of its column, among the results or among the published numbers. */
  readonly best: boolean;
}

/** An order that a paper reports, and what the results say about it. */
export interface BuiltClaim {
  readonly column: string;
  /** "MosaiCLIP > NegCLIP > CLIP" */
  readonly order: string;
  readonly source: string;
  readonly secondHand: boolean;
  readonly check: Claim["check"] | null;
  /** One per neighbouring pair; models by their labels. */
  readonly comparisons: readonly Comparison[];
}

/**
 * Fills a table with results. Depends on nothing but its arguments.
 *
 * @throws Error on a limited or incomplete result, on two results of one model for one benchmark, and on results of one benchmark
 *   that were made with different versions, data or rules.
 */
export function buildTable(spec: TableSpec, results: readonly BenchmarkResult[]): BuiltTable {
  const used = results.filter((result) => spec.columns.some((column) => column.benchmark === result.benchmark));
  const byBenchmark = index(used);
  const find = (model: string, column: TableColumn) => byBenchmark.get(column.benchmark)?.get(model);
  const models = [
    ...spec.rows,
    ...[...new Set(used.map((result) => result.model.name))]
      .filter((name) => !spec.rows.some((row) => row.model === name))
      .map((name) => ({ model: name, label: name })),
  ];
  const labels = new Map(models.map((row) => [row.model, row.label]));
  const ours = models.map((row) => ({
    ...row,
    published: false,
    cells: spec.columns.map((column) => fromMetric(find(row.model, column), column)),
  }));
  const published = spec.rows.flatMap((row) => {
    const values = spec.published?.values[row.model];
    return values
      ? [{ ...row, published: true, cells: spec.columns.map((column) => fromPercent(values[column.label])) }]
      : [];
  });
  return {
    name: spec.name,
    title: spec.title,
    columns: spec.columns.map((column) => {
      const metric = [...(byBenchmark.get(column.benchmark)?.values() ?? [])][0]?.metrics[column.metric];
      return { label: column.label, chance: metric?.chance ?? column.chance ?? null, items: metric?.n ?? null };
    }),
    rows: [...markBest(published), ...markBest(ours)],
    claims: spec.columns.flatMap((column) =>
      (column.claims ?? []).map((claim) => buildClaim(claim, column, labels, find)),
    ),
    notes: [
      ...(spec.notes ?? []),
      ...publishedNotes(spec),
      ...missingNotes(spec, byBenchmark),
      ...tieNotes(byBenchmark),
      ...minerNotes(spec, used),
    ],
  };
}

type Find = (model: string, column: TableColumn) => BenchmarkResult | undefined;

function buildClaim(claim: Claim, column: TableColumn, labels: ReadonlyMap<string, string>, find: Find): BuiltClaim {
  const label = (model: string) => labels.get(model) ?? model;
  return {
    column: column.label,
    order: claim.order.map(label).join(" > "),
    source: claim.source,
    secondHand: claim.secondHand ?? false,
    check: claim.check ?? null,
    comparisons: claim.order.slice(1).map((worse, position) => {
      const better = claim.order[position]!;
      return compareModels(label(better), label(worse), column.metric, [find(better, column), find(worse, column)]);
    }),
  };
}

function index(results: readonly BenchmarkResult[]): ReadonlyMap<string, ReadonlyMap<string, BenchmarkResult>> {
  const byBenchmark = new Map<string, Map<string, BenchmarkResult>>();
  for (const result of results) {
    const what = `${result.benchmark} of ${result.model.name}`;
    if (result.limited) {
      throw new Error(
        `${what} was run with a limit (${result.sampleCount} items) and cannot enter a table; run it without --limit`,
      );
    }
    if (result.skipped > 0) {
      throw new Error(
        `${what} left out ${result.skipped} items and cannot enter a table; add the missing data and run it again`,
      );
    }
    const models = byBenchmark.get(result.benchmark) ?? new Map<string, BenchmarkResult>();
    byBenchmark.set(result.benchmark, models);
    if (models.has(result.model.name)) {
      throw new Error(
        `there are two results of ${what}; give only one of them, or run the models under different names`,
      );
    }
    for (const other of models.values()) assertSameItems(other, result);
    models.set(result.model.name, result);
  }
  return byBenchmark;
}

type Unmarked = Omit<BuiltCell, "best">;

function fromMetric(result: BenchmarkResult | undefined, column: TableColumn): Unmarked | null {
  if (!result) return null;
  const metric: Metric | undefined = result.metrics[column.metric];
  if (!metric) {
    const known = Object.keys(result.metrics).join(", ");
    throw new Error(`${column.benchmark} of ${result.model.name} has no metric "${column.metric}"; it has ${known}`);
  }
  return { value: metric.value, interval: metric.interval ?? null, n: metric.n };
}

function fromPercent(value: number | undefined): Unmarked | null {
  return value === undefined ? null : { value: value / 100, interval: null, n: null };
}

function markBest(rows: readonly (Omit<BuiltRow, "cells"> & { cells: readonly (Unmarked | null)[] })[]): BuiltRow[] {
  const highest = (column: number) => Math.max(...rows.map((row) => row.cells[column]?.value ?? -1));
  return rows.map((row) => ({
    ...row,
    cells: row.cells.map(
      (cell, column) => cell && { ...cell, best: rows.length > 1 && cell.value === highest(column) },
    ),
  }));
}

function publishedNotes(spec: TableSpec): readonly string[] {
  if (!spec.published) return [];
  const { source, secondHand } = spec.published;
  return [`Published numbers: ${source}${secondHand ? " (second-hand: read in notes about the paper)" : ""}.`];
}

function missingNotes(spec: TableSpec, results: ReadonlyMap<string, unknown>): readonly string[] {
  const labelsByNeed = new Map<string, string[]>();
  for (const column of spec.columns) {
    if (results.has(column.benchmark)) continue;
    labelsByNeed.set(column.needs, [...(labelsByNeed.get(column.needs) ?? []), column.label]);
  }
  return [...labelsByNeed].map(([needs, labels]) => `${labels.join(", ")}: not run, needs ${needs}`);
}

function tieNotes(results: ReadonlyMap<string, ReadonlyMap<string, BenchmarkResult>>): readonly string[] {
  return [...results].flatMap(([benchmark, models]) => {
    const tied = [...models.values()].filter(({ ties }) => ties > 0);
    const [first] = tied;
    if (!first) return [];
    const counts = tied.map(({ model, ties }) => `${model.name} ${ties}`).join(", ");
    return [`${benchmark}: equal scores, judged by the rule "${first.tieRule}": ${counts} of ${first.sampleCount}.`];
  });
}

/** What models that the table does not name were trained with. */
function minerNotes(spec: TableSpec, results: readonly BenchmarkResult[]): readonly string[] {
  const notes = results
    .map(({ model }) => model)
    .filter(({ name }) => !spec.rows.some((row) => row.model === name))
    .flatMap(({ name, miner }) =>
      miner ? [`${name} was trained with the miner ${miner.name} ${miner.version}.`] : [],
    );
  return [...new Set(notes)];
}
