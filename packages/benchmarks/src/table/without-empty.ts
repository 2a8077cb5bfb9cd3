import type { BuiltTable } from "./build-table.js";

/**
 * A filled table without what nothing is known of: own rows without a number, claims about them, and claims about rows of one training
 * seed, which say nothing about methods. An unfilled one stays as it is.
 */
export function withoutEmpty(table: BuiltTable): BuiltTable {
  const isFilled = ({ published, cells }: BuiltTable["rows"][number]) =>
    !published && cells.some((cell) => cell !== null);
  if (!table.rows.some(isFilled)) return table;
  const empty = table.rows.filter((row) => !row.published && !isFilled(row)).map(({ label }) => label);
  const claims = table.claims.flatMap((claim) => {
    const comparisons = claim.comparisons.filter(({ test }) => test);
    return comparisons.length > 0 ? [{ ...claim, comparisons }] : [];
  });
  const verdicts = table.claims.flatMap(({ comparisons }) => comparisons.map(({ verdict }) => verdict));
  const notes = [
    ...(verdicts.includes("one training seed")
      ? ["Rows of one training seed are not compared: another seed may turn their order. Orders need two seeds a row."]
      : []),
    ...(empty.length > 0 ? [`Not run: ${empty.join(", ")}.`] : []),
  ];
  return {
    ...table,
    rows: table.rows.filter((row) => row.published || isFilled(row)),
    claims,
    notes: [...table.notes, ...notes],
  };
}
