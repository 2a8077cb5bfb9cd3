import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { renderTable, tables, worldTable } from "@tesserae/benchmarks";
import type { Output } from "@tesserae/shared";
import { BenchError } from "../bench-error.js";
import { findTable } from "../results/find-table.js";
import { readResults, resultPath } from "../results/result-files.js";
import { describeFalls, placesChart, valuesOf } from "../results/row-places.js";
import { rowRuns, trainMissing } from "../results/train-rows.js";
import { run } from "./run.js";
import type { TableOptions } from "./table.js";

export interface WorldTableOptions extends TableOptions {
  /** Training seeds of every row. */
  readonly seeds: number;
  /** Flags of every training run besides the rows' own, "key=value". */
  readonly set?: readonly string[] | undefined;
  /** File that the columns are drawn to, over the rows' places: an SVG. */
  readonly plot?: string | undefined;
  /** Says what would be trained, and trains nothing. */
  readonly dryRun?: boolean | undefined;
}

/** Fills the miniature of a table: trains its rows on the synthetic world (missing runs only), scores its columns, prints it. */
export async function fillWorldTable(name: string, options: WorldTableOptions, output: Output): Promise<void> {
  const spec = await findTable(name);
  const { world } = spec;
  if (!world) {
    const known = tables.filter((table) => table.world).map((table) => table.name);
    throw new BenchError(`${name}: has no counterpart on the synthetic world; these have: ${known.join(", ")}`);
  }
  const folder = options.results ?? `runs/${spec.name.replaceAll("/", "-")}`;
  const runs = rowRuns(world, folder, options.seeds, options.set);
  if (options.dryRun) {
    for (const { args } of runs) output.print(`train ${args.join(" ")}`);
    return;
  }
  await trainMissing(runs, output);
  const benchmarks = world.recipeScores ? [] : [...new Set(world.columns.flatMap(({ value }) => value.benchmarks))];
  for (const { folder: model } of runs) {
    const missing = benchmarks.filter(
      (benchmark) => !existsSync(resultPath(model, { benchmark, limited: false, sampleCount: 0 })),
    );
    if (missing.length > 0) await run(missing, { model: [model], seed: 0 }, output);
  }
  const { results } = await readResults(folder);
  const filled = renderTable(
    worldTable(spec, world),
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
