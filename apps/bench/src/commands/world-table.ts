import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { renderTable, tables, worldTable } from "@tesserae/benchmarks";
import type { Output } from "@tesserae/shared";
import { BenchError } from "../bench-error.js";
import { chooseBenchmarks, openBenchmarks } from "../data/open-benchmarks.js";
import { findTable } from "../results/find-table.js";
import { findResults, readResults } from "../results/result-files.js";
import { describeFalls, placesChart, valuesOf } from "../results/row-places.js";
import { type RowOptions, rowRuns, trainMissing, withOwnRows } from "../results/train-rows.js";
import { run } from "./run.js";
import type { TableOptions } from "./table.js";

export interface WorldTableOptions extends TableOptions, RowOptions {
  /** File that the columns are drawn to, over the rows' places: an SVG. */
  readonly plot?: string | undefined;
  /** Says what would be trained, and trains nothing. */
  readonly dryRun?: boolean | undefined;
}

/** Fills the miniature of a table: trains its rows on the synthetic world (missing runs only), scores its columns, prints it. */
export async function fillWorldTable(name: string, options: WorldTableOptions, output: Output): Promise<void> {
  const spec = await findTable(name);
  if (!spec.world) {
    const known = tables.filter((table) => table.world).map((table) => table.name);
    throw new BenchError(`${name}: has no counterpart on the synthetic world; these have: ${known.join(", ")}`);
  }
  const world = withOwnRows(spec.world, options);
  const folder = options.results ?? `runs/${spec.name.replaceAll("/", "-")}`;
  const runs = rowRuns(world, folder, options);
  if (options.dryRun) {
    for (const { args } of runs) output.print(`train ${args.join(" ")}`);
    return;
  }
  await trainMissing(runs, output, options.runsAtOnce);
  const benchmarks = world.recipeScores ? [] : [...new Set(world.columns.flatMap(({ value }) => value.benchmarks))];
  const trained = runs.map((run) => ({ model: run.folder, folder: run.folder, benchmarks }));
  const others = (world.scorers ?? []).map(({ model, scorer, benchmarks: own }) => ({
    model: scorer,
    folder: join(folder, model),
    benchmarks: own,
  }));
  await scoreMissing([...trained, ...others], folder, options, output);
  const { results, problems } = await readResults(folder);
  const table = worldTable(spec, world);
  const changed = options.set?.length ? [`Every row was trained with ${options.set.join(", ")}.`] : [];
  const left = problems.map((problem) => `Left out: ${problem}`);
  const filled = renderTable(
    { ...table, notes: [...(table.notes ?? []), ...changed, ...left] },
    results.map(({ result }) => result),
    { format: options.format, width: Math.max(60, output.columns) },
  );
  output.print(filled.trimEnd());
  const values = valuesOf(
    world,
    results.map(({ result }) => result),
  );
  for (const line of describeFalls(world, values)) output.print(line);
  if (options.plot !== undefined) {
    await writeFile(options.plot, `${placesChart(world, values)}\n`);
    output.print(`drawn to ${options.plot}`);
  }
}

/** A model of the table, and what it is to be scored on. */
interface Scored {
  /** What `bench run --model` takes. */
  readonly model: string;
  /** Where its results lie. */
  readonly folder: string;
  readonly benchmarks: readonly string[];
}

/**
 * Scores what has no whole result yet, of the weights as they are and of the benchmark as it is; models that lack the
 * same together: items are made once for all of them.
 */
async function scoreMissing(
  models: readonly Scored[],
  out: string,
  { backend, threads }: RowOptions,
  output: Output,
): Promise<void> {
  const seed = 0;
  const wanted = [...new Set(models.flatMap(({ benchmarks }) => benchmarks))];
  const definitions = await chooseBenchmarks(openBenchmarks(seed), wanted);
  const versions = new Map(definitions.map(({ name, version }) => [name, version]));
  const byMissing = new Map<string, string[]>();
  for (const { model, folder, benchmarks } of models) {
    const { results } = await findResults(folder);
    const has = (name: string) =>
      results.some(
        ({ result: { benchmark, benchmarkVersion, limited } }) =>
          benchmark === name && benchmarkVersion === versions.get(name) && !limited,
      );
    const missing = benchmarks.filter((benchmark) => !has(benchmark)).join(" ");
    if (missing !== "") byMissing.set(missing, [...(byMissing.get(missing) ?? []), model]);
  }
  for (const [missing, model] of byMissing) {
    await run(missing.split(" "), { model, seed, out, backend, threads }, output);
  }
}
