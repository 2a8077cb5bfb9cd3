import { tableSpecs } from "@tesserae/benchmarks";
import type { DataFolders } from "../benchmark-entry.js";
import { openBenchmarks } from "../open-benchmarks.js";
import type { Output } from "../progress.js";
import { textTable } from "../text-table.js";

/** Prints every benchmark and every table. */
export function list(options: DataFolders, output: Output): void {
  const benchmarks = openBenchmarks(0, options);
  const rows = benchmarks.map((entry) => [
    entry.name,
    entry.version,
    entry.items === null ? "by file" : String(entry.items),
    `${(entry.chance * 100).toFixed(1)} %`,
    entry.tieRule,
    entry.averaging,
    entry.missing === null ? "here" : `not here: ${entry.missing}`,
  ]);
  output.print(textTable(["benchmark", "version", "items", "chance", "tie rule", "average", "data"], rows));
  const needs = new Set(benchmarks.flatMap(({ missing, needs }) => (missing === null ? [] : [needs])));
  for (const need of needs) output.print(`\nwhat is not here needs ${need}`);
  output.print("");
  output.print(
    textTable(
      ["table", "title"],
      tableSpecs.map((spec) => [spec.name, spec.title]),
    ),
  );
}
