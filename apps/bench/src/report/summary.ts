import type { BuiltRow, BuiltTable } from "@tesserae/benchmarks";

const percent = (share: number) => (share * 100).toFixed(1);

/** What the results say, in a sentence or two: who leads where, and whether the papers' orders are seen. Nothing without results. */
export function summary(table: BuiltTable): string | null {
  const rows = table.rows.filter((row) => !row.published && row.cells.some((cell) => cell !== null));
  if (rows.length === 0) return null;
  const columns = table.columns.filter((_, index) => rows.some((row) => row.cells[index]));
  const wins = rows.map((row) => ({ row, count: row.cells.filter((cell) => cell?.best).length }));
  const [leader] = [...wins].sort((a, b) => b.count - a.count);
  const lead =
    rows.length === 1 || leader!.count === 0
      ? `${rows.map(({ label }) => label).join(", ")}: ${columns.length} of ${table.columns.length} columns were run.`
      : `${leader!.row.label} is best in ${leader!.count} of ${columns.length} columns${firstColumn(table, leader!.row)}.`;
  const comparisons = table.claims.flatMap((claim) => claim.comparisons).filter(({ test }) => test !== undefined);
  if (comparisons.length === 0) return lead;
  const count = (verdict: string) => comparisons.filter((one) => one.verdict === verdict).length;
  return (
    `${lead} Of ${comparisons.length} orders that papers report, ${count("significant")} are seen here at the 95 % level, ` +
    `${count("contradicted")} are contradicted, and the others are not decided.`
  );
}

/** ", with 74.0 in relation swap against a chance of 50.0": the first column that the row has. */
function firstColumn(table: BuiltTable, row: BuiltRow): string {
  const index = row.cells.findIndex((cell) => cell !== null);
  const { label, chance } = table.columns[index]!;
  const against = chance === null ? "" : ` against a chance of ${percent(chance)}`;
  return `, with ${percent(row.cells[index]!.value)} in ${label}${against}`;
}
