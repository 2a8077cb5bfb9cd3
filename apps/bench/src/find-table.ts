import { type TableSpec, tableSpecs } from "@tesserae/benchmarks";
import { unknownName } from "./unknown-name.js";

/** The table of that name. @throws BenchError that lists the tables there are */
export function findTable(name: string): TableSpec {
  const spec = tableSpecs.find((candidate) => candidate.name === name);
  if (spec) return spec;
  throw unknownName(
    "table",
    name,
    tableSpecs.map((candidate) => candidate.name),
  );
}
