import type { BenchmarkResult } from "../results/result-schema.js";
import { belongsTo, type TableRow, type TableSpec } from "./table-spec.js";

/** What stands below a table: its own notes, the source of published numbers, what was not run, ties, seeds, miners. */
export function tableNotes(
  spec: TableSpec,
  results: readonly BenchmarkResult[],
  rows: readonly TableRow[],
): readonly string[] {
  return [
    ...(spec.notes ?? []),
    ...publishedNotes(spec),
    ...missingNotes(spec, results),
    ...seedNotes(results),
    ...tieNotes(results),
    ...minerNotes(spec, results, rows),
  ];
}

function publishedNotes({ published }: TableSpec): readonly string[] {
  if (!published) return [];
  const { source, secondHand, remarks = [] } = published;
  return [
    `Published numbers: ${source}${secondHand ? " (second-hand: read in notes about the paper)" : ""}.`,
    ...remarks,
  ];
}

function missingNotes(spec: TableSpec, results: readonly BenchmarkResult[]): readonly string[] {
  const run = new Set(results.map(({ benchmark }) => benchmark));
  const labelsByNeed = new Map<string, string[]>();
  for (const column of spec.columns) {
    if (column.value.benchmarks.every((benchmark) => run.has(benchmark))) continue;
    labelsByNeed.set(column.needs, [...(labelsByNeed.get(column.needs) ?? []), column.label]);
  }
  return [...labelsByNeed].map(([needs, labels]) => `${labels.join(", ")}: not run, needs ${needs}`);
}

/** What was compared. */
function seedNotes(results: readonly BenchmarkResult[]): readonly string[] {
  const names = new Set(results.map(({ model }) => model.name));
  const seeded = [...names].some((name) => /-seed-\d+$/.test(name));
  return seeded
    ? [
        "± is the standard deviation over training seeds; orders are tested by drawing seeds and items again, corrected for the number of orders (Holm).",
      ]
    : [];
}

function tieNotes(results: readonly BenchmarkResult[]): readonly string[] {
  const benchmarks = [...new Set(results.map(({ benchmark }) => benchmark))];
  return benchmarks.flatMap((benchmark) => {
    const tied = results
      .filter((result) => result.benchmark === benchmark && result.ties > 0)
      .sort((a, b) => a.model.name.localeCompare(b.model.name));
    const [first] = tied;
    if (!first) return [];
    const counts = tied.map(({ model, ties }) => `${model.name} ${ties}`).join(", ");
    return [`${benchmark}: equal scores, judged by the rule "${first.tieRule}": ${counts} of ${judged(first)}.`];
  });
}

/** What could have been a tie: items, or in retrieval the queries of both directions. */
function judged({ metrics, sampleCount }: BenchmarkResult): number {
  const queries = [metrics["imageToText@1"], metrics["textToImage@1"]].flatMap((metric) => metric?.n ?? []);
  return queries.length === 0 ? sampleCount : queries.reduce((sum, n) => sum + n, 0);
}

/** What models that the table does not name were trained with. */
function minerNotes(
  spec: TableSpec,
  results: readonly BenchmarkResult[],
  rows: readonly TableRow[],
): readonly string[] {
  const others = rows.filter((row) => !spec.rows.includes(row));
  const notes = results.flatMap(({ model }) =>
    model.miner && others.some((row) => belongsTo(row, undefined, model))
      ? [`${model.name} was trained with the miner ${model.miner.name} ${model.miner.version}.`]
      : [],
  );
  return [...new Set(notes)];
}
