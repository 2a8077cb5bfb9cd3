import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomic } from "@tesserae/shared";
import { stringify } from "csv-stringify/sync";

/** Where `--report-to` writes besides `metrics.jsonl`. */
export const reportTargets = ["csv", "tensorboard"] as const;

/** Writes `metrics.csv` from `metrics.jsonl`: a row a record, a column for every value; those of records by dots, such as `validation.textToImage@1`. */
export async function writeMetricsCsv(run: string): Promise<void> {
  const text = await readFile(join(run, "metrics.jsonl"), "utf8").catch(() => "");
  const rows = text
    .split("\n")
    .filter(Boolean)
    .map((line) => flat(JSON.parse(line) as object));
  const columns = [...new Set(["part", "step", ...rows.flatMap((row) => Object.keys(row))])];
  await writeFileAtomic(join(run, "metrics.csv"), stringify(rows, { header: true, columns }));
}

function flat(record: object, prefix = ""): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).flatMap(([key, value]) =>
      typeof value === "object" && value !== null
        ? Object.entries(flat(value, `${prefix}${key}.`))
        : [[`${prefix}${key}`, value]],
    ),
  );
}
