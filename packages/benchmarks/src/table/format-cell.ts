import type { Comparison } from "../results/compare-results.js";
import type { BuiltCell, BuiltRow } from "./build-table.js";

/** A share as percent with one decimal. */
export function percent(share: number): string {
  return (share * 100).toFixed(1);
}

/** A difference of shares in points, with its sign. */
export function signedPercent(share: number): string {
  return `${share > 0 ? "+" : ""}${percent(share)}`;
}

/** "68.1–74.0" */
export function percentRange([low, high]: readonly [number, number]): string {
  return `${percent(low)}–${percent(high)}`;
}

/** What stands with a value: "± 0.4 (3 seeds)" or "68.1–74.0", and "+0.3" to the published number; empty parts left out. */
export function cellDetails({ deviation, seeds, interval, difference }: BuiltCell): readonly string[] {
  const spread =
    deviation === null
      ? interval && percentRange(interval)
      : `±${(deviation * 100).toFixed(2)}${seeds === null ? "" : ` (${seeds})`}`;
  return [...(spread ? [spread] : []), ...(difference === null ? [] : [signedPercent(difference)])];
}

/** Label of a row; published and own rows are told apart where a table has both. */
export function rowLabel(row: BuiltRow, rows: readonly BuiltRow[]): string {
  if (!rows.some((other) => other.published)) return row.label;
  return `${row.label} (${row.published ? "published" : "ours"})`;
}

/** Whether the order is seen at the 95 % level, with the difference in points and its interval: "holds: +3.2 [1.1, 5.3], p = 0.002". */
export function comparisonText({ verdict, test }: Comparison): string {
  if (!test) return verdict;
  const [low, high] = test.interval;
  const p = test.pValue < 0.001 ? "p < 0.001" : `p = ${test.pValue.toFixed(3)}`;
  return `${answer(verdict)}: ${signedPercent(test.difference)} [${percent(low)}, ${percent(high)}], ${p}`;
}

function answer(verdict: Comparison["verdict"]): string {
  return verdict === "significant" ? "holds" : verdict === "contradicted" ? "does not hold" : "undecided";
}

/** Where an order was reported. */
export function claimSource(claim: { readonly source: string; readonly secondHand: boolean }): string {
  return claim.secondHand ? `${claim.source} (second-hand)` : claim.source;
}
