import { type BenchmarkDefinition, tables } from "@tesserae/benchmarks";
import { type Output, textTable } from "@tesserae/shared";
import { type DataFolders, whatIsMissing } from "../data/data-source.js";
import { openBenchmarks } from "../data/open-benchmarks.js";
import { unknownName } from "../unknown-name.js";

export interface ListOptions extends DataFolders {
  readonly json?: boolean | undefined;
  /** Only what can be run here. */
  readonly here?: boolean | undefined;
}

/** Prints every benchmark and every table whose name begins with `filter`. */
export function list(filter: string | undefined, options: ListOptions, output: Output): void {
  const fits = ({ name }: { readonly name: string }) => filter === undefined || name.startsWith(filter);
  const entries = openBenchmarks(0)
    .filter(fits)
    .map((definition) => ({ definition, missing: whatIsMissing(definition, options) }))
    .filter(({ missing }) => !options.here || missing === null);
  const specs = tables.filter(fits);
  if (filter !== undefined && specs.length === 0 && !openBenchmarks(0).some(fits)) {
    const all = [...openBenchmarks(0), ...tables].map(({ name }) => name);
    throw unknownName("benchmark or table", filter, [...new Set(all.map((name) => name.split("/")[0]!)), ...all]);
  }
  if (options.json) {
    const benchmarks = entries.map(({ definition, missing }) => describe(definition, missing));
    output.print(JSON.stringify({ benchmarks, tables: specs.map(({ name, title }) => ({ name, title })) }, null, 2));
    return;
  }
  const rows = entries.map(({ definition: { name, version, sampleCount, family, policy, headline }, missing }) => [
    ...[name, version, sampleCount === null ? "by file" : String(sampleCount), family.name, headline],
    ...[policy.ties, policy.averaging, missing === null ? "here" : `not here: ${missing}`],
  ]);
  output.print(textTable(["benchmark", "version", "items", "family", "metric", "tie rule", "average", "data"], rows));
  const needed = entries.filter(({ missing }) => missing !== null);
  if (filter !== undefined) {
    for (const { definition } of needed) output.print(`\n${definition.name} needs ${definition.needs}`);
  } else if (needed.length > 0) {
    output.print('\n"list <name>" says what a benchmark needs and where to get it.');
  }
  if (specs.length === 0) return;
  output.print("");
  output.print(
    textTable(
      ["table", "title"],
      specs.map(({ name, title }) => [name, title]),
    ),
  );
}

function describe(definition: BenchmarkDefinition, missing: string | null) {
  const { family, read: _, loadImage: __, ...metadata } = definition;
  return { ...metadata, family: { name: family.name, version: family.version }, missing };
}
