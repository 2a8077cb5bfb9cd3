import type { BuiltTable } from "./build-table.js";

/** A filled table without what nothing is known of: own rows without a number, claims about them. An unfilled one stays as it is. */
export function withoutEmpty(table: BuiltTable): BuiltTable {
  const isFilled = ({ published, cells }: BuiltTable["rows"][number]) =>
    !published && cells.some((cell) => cell !== null);
  if (!table.rows.some(isFilled)) return table;
  const empty = table.rows.filter((row) => !row.published && !isFilled(row)).map(({ label }) => label);
  const claims = table.claims.flatMap((claim) => {
    const comparisons = claim.comparisons.filter(({ verdict }) => verdict !== "not run");
    return comparisons.length > 0 ? [{ ...claim, comparisons }] : [];
  });
  return {
    ...table,
    rows: table.rows.filter((row) => row.published || isFilled(row)),
    claims,
    notes: empty.length > 0 ? [...table.notes, `Not run: ${empty.join(", ")}.`] : table.notes,
  };
}
