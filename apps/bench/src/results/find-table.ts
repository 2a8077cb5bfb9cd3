import { existsSync } from "node:fs";
import { type TableSpec, tables } from "@tesserae/benchmarks";
import { BenchError } from "../bench-error.js";
import { importFile, isFile } from "../import-file.js";
import { unknownName } from "../unknown-name.js";

/** The table of that name, or of a file whose default export is one. @throws BenchError that lists the tables there are */
export async function findTable(name: string): Promise<TableSpec> {
  const spec = tables.find((candidate) => candidate.name === name);
  if (spec) return spec;
  if (!isFile(name)) {
    throw unknownName(
      "table",
      name,
      tables.map((candidate) => candidate.name),
    );
  }
  if (!existsSync(name)) throw new BenchError(`${name}: no such file; expected one whose default export is a table`);
  const own = (await importFile(name)) as Partial<TableSpec> | null;
  if (typeof own?.name !== "string" || !Array.isArray(own.rows) || !Array.isArray(own.columns)) {
    throw new BenchError(`${name}: its default export is no table; expected { name, title, rows, columns, … }`);
  }
  return own as TableSpec;
}
