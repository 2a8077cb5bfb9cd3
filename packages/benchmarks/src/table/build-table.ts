import { type Comparison, judge } from "../results/compare-results.js";
import type { BenchmarkResult, ItemValues, ModelRecord } from "../results/result-schema.js";
import { holm } from "../statistics/holm.js";
import { seedTest } from "../statistics/seed-test.js";
import { chooseResults } from "./choose-results.js";
import type { Expression, ExpressionValue } from "./expression.js";
import { tableNotes } from "./table-notes.js";
import { belongsTo, type Claim, type TableColumn, type TableRow, type TableSpec } from "./table-spec.js";

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
  readonly curves: readonly BuiltCurve[];
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
  /** Mean over seeds where there are several. */
  readonly value: number;
  /** Standard deviation over seeds (n - 1), where there are several. */
  readonly deviation: number | null;
  /** Number of training seeds; null for published numbers that do not say it. */
  readonly seeds: number | null;
  /** 95 % interval over items; only for one seed. */
  readonly interval: readonly [number, number] | null;
  readonly n: number | null;
  /** Ours minus the published number of the same row and column. */
  readonly difference: number | null;
  /** The highest of its column, among the results or among the published numbers. */
  readonly best: boolean;
}

/** Values of every row along an axis. */
export interface BuiltCurve {
  readonly label: string;
  readonly axis: string;
  readonly points: readonly number[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly (BuiltCell | null)[] }[];
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
 * Fills a table with results. Depends on nothing but its arguments, and not on their order. What may not enter a table is left out,
 * with a note; models that no row names get rows of their own.
 */
export function buildTable(spec: TableSpec, results: readonly BenchmarkResult[]): BuiltTable {
  const chosen = chooseResults(spec, results);
  const rows = [...spec.rows, ...otherRows(spec, chosen.results)];
  const values = (row: TableRow, column: Pick<TableColumn, "value" | "scale">) =>
    evaluateSeeds(row, column.value, column.scale, chosen.results);
  const published = publishedRows(spec);
  const ours = rows.map((row) => ({
    ...pickRow(row),
    published: false,
    cells: spec.columns.map((column, index) => {
      const other = published.find(({ model }) => model === row.model)?.cells[index];
      return summariseSeeds(values(row, column), other?.value);
    }),
  }));
  return {
    name: spec.name,
    title: spec.title,
    columns: spec.columns.map((column) => {
      const found = rows.flatMap((row) => values(row, column));
      return { label: column.label, chance: found[0]?.chance ?? null, items: found[0]?.n ?? null };
    }),
    rows: [...markBest(published), ...markBest(ours)],
    curves: (spec.curves ?? []).map((curve) => ({
      label: curve.label,
      axis: curve.axis,
      points: curve.points.map(({ at }) => at),
      rows: rows.map((row) => ({
        label: row.label,
        cells: curve.points.map(({ value }) => withBest(summariseSeeds(values(row, { value }), undefined), false)),
      })),
    })),
    claims: corrected(
      spec.columns.flatMap((column) =>
        (column.claims ?? []).map((claim) => buildClaim(claim, column, rows, (row) => values(row, column))),
      ),
    ),
    notes: [...tableNotes(spec, chosen.results, rows), ...chosen.notes],
  };
}

type Unmarked = Omit<BuiltCell, "best">;

function pickRow({ model, label }: TableRow) {
  return { model, label };
}

/** A row for each model that no row of the table claims, seeds of one name together. */
function otherRows(spec: TableSpec, results: readonly BenchmarkResult[]): readonly TableRow[] {
  const scales = [undefined, ...spec.columns.flatMap(({ scale }) => (scale === undefined ? [] : [scale]))];
  const isKnown = (model: ModelRecord) => spec.rows.some((row) => scales.some((scale) => belongsTo(row, scale, model)));
  const names = results.filter(({ model }) => !isKnown(model)).map(({ model }) => model.name.replace(/-seed-\d+$/, ""));
  return [...new Set(names)].sort().map((name) => ({ model: name, label: name }));
}

/** The expression's value for each seed of a row. */
function evaluateSeeds(
  row: TableRow,
  expression: Expression,
  scale: string | undefined,
  results: readonly BenchmarkResult[],
): readonly ExpressionValue[] {
  const models = new Map<string, Map<string, BenchmarkResult>>();
  for (const result of results) {
    if (!belongsTo(row, scale, result.model)) continue;
    const own = models.get(result.model.name) ?? new Map<string, BenchmarkResult>();
    own.set(result.benchmark, result);
    models.set(result.model.name, own);
  }
  return [...models]
    .sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }))
    .flatMap(([, own]) => expression.evaluate((benchmark) => own.get(benchmark)) ?? []);
}

function summariseSeeds(values: readonly ExpressionValue[], published: number | undefined): Unmarked | null {
  const [first] = values;
  if (!first) return null;
  const mean = values.reduce((sum, { value }) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, { value }) => sum + (value - mean) ** 2, 0);
  const several = values.length > 1;
  return {
    value: mean,
    deviation: several ? Math.sqrt(squares / (values.length - 1)) : null,
    seeds: values.length,
    interval: several ? null : (first.interval ?? null),
    n: first.n,
    difference: published === undefined ? null : mean - published,
  };
}

function publishedRows(spec: TableSpec) {
  return spec.rows.flatMap((row) => {
    const values = spec.published?.values[row.model];
    const deviations = spec.published?.deviations?.[row.model];
    if (!values) return [];
    const cells = spec.columns.map((_, index): Unmarked | null => {
      const value = values[index];
      if (value === null || value === undefined) return null;
      const deviation = deviations?.[index] ?? null;
      return {
        ...{ value: value / 100, deviation: deviation === null ? null : deviation / 100 },
        ...{ seeds: null, interval: null, n: null, difference: null },
      };
    });
    return [{ ...pickRow(row), published: true, cells }];
  });
}

function markBest(rows: readonly (Omit<BuiltRow, "cells"> & { cells: readonly (Unmarked | null)[] })[]): BuiltRow[] {
  const highest = (column: number) =>
    Math.max(...rows.map((row) => row.cells[column]?.value ?? Number.NEGATIVE_INFINITY));
  return rows.map((row) => ({
    ...row,
    cells: row.cells.map((cell, column) => withBest(cell, rows.length > 1 && cell?.value === highest(column))),
  }));
}

function withBest(cell: Unmarked | null, best: boolean): BuiltCell | null {
  return cell && { ...cell, best };
}

function buildClaim(
  claim: Claim,
  column: TableColumn,
  rows: readonly TableRow[],
  values: (row: TableRow) => readonly ExpressionValue[],
): BuiltClaim {
  const label = (model: string) => rows.find((row) => row.model === model)?.label ?? model;
  const of = (model: string) => {
    const row = rows.find((candidate) => candidate.model === model);
    return row ? itemsBySeed(values(row)) : undefined;
  };
  return {
    column: column.label,
    order: claim.order.map(label).join(" > "),
    source: claim.source,
    secondHand: claim.secondHand ?? false,
    check: claim.check ?? null,
    comparisons: claim.order.slice(1).map((worse, position): Comparison => {
      const better = claim.order[position]!;
      const names = { better: label(better), worse: label(worse) };
      const [a, b] = [of(better), of(worse)];
      if (!a || !b) return { ...names, verdict: "not run" };
      if (a.length === 1 || b.length === 1) return { ...names, verdict: "one training seed" };
      const { groups, clusters } = a[0]!;
      const [first, second] = [a, b].map((seeds) => seeds.map((items) => items.values));
      const test = seedTest(first!, second!, { ...(groups && { groups }), ...(clusters && { clusters }) });
      return { ...names, verdict: judge(test), test };
    }),
  };
}

/** Values by item of each seed. */
function itemsBySeed(values: readonly ExpressionValue[]): readonly ItemValues[] | undefined {
  const items = values.flatMap((value) => value.items ?? []);
  return items.length > 0 && items.length === values.length ? items : undefined;
}

/** The p-values of all comparisons of a table, corrected for their number. */
function corrected(claims: readonly BuiltClaim[]): readonly BuiltClaim[] {
  const tests = claims.flatMap(({ comparisons }) => comparisons.flatMap(({ test }) => test ?? []));
  const pValues = holm(tests.map(({ pValue }) => pValue));
  const pValueOf = new Map(tests.map((test, index) => [test, pValues[index]!]));
  return claims.map((claim) => ({
    ...claim,
    comparisons: claim.comparisons.map((comparison) => {
      if (!comparison.test) return comparison;
      const test = { ...comparison.test, pValue: pValueOf.get(comparison.test)! };
      return { ...comparison, test, verdict: judge(test) };
    }),
  }));
}
