import type { RejectReason } from "./negative-miner.js";

/** What kept a caption from being mined, or a miner's negative from being used. */
export type MiningProblem =
  | "caption too long"
  | "control characters"
  | "miner threw"
  | "time limit"
  | "wrong number of lists"
  | "not a negative";

/** What a miner found in a batch, what was thrown away and what was wrong. */
export interface MiningReport {
  readonly miner: string;
  readonly version: string;
  readonly captions: number;
  /** Captions with at least one negative. */
  readonly covered: number;
  readonly negatives: number;
  /** Negatives by kind. */
  readonly kinds: Readonly<Record<string, number>>;
  /** Candidates thrown away, by reason. */
  readonly rejects: Readonly<Partial<Record<RejectReason, number>>>;
  /** Captions left without negatives, and negatives dropped, because something was wrong, by what it was. */
  readonly problems: Readonly<Partial<Record<MiningProblem, number>>>;
  /** The first ten of them, a line each: which caption, what was wrong, what was done. */
  readonly examples: readonly string[];
}

/**
 * Adds up the reports of one miner's batches.
 *
 * @throws RangeError without a report, or where they are of different miners
 */
export function mergeReports(reports: readonly MiningReport[]): MiningReport {
  const [first] = reports;
  if (first === undefined) throw new RangeError("mergeReports: there is no report; give at least one");
  const other = reports.find(({ miner, version }) => miner !== first.miner || version !== first.version);
  if (other !== undefined) {
    throw new RangeError(
      `mergeReports: reports of ${first.miner} ${first.version} and ${other.miner} ${other.version}; give those of one miner`,
    );
  }
  const total = (count: (report: MiningReport) => number) => reports.reduce((sum, report) => sum + count(report), 0);
  return {
    miner: first.miner,
    version: first.version,
    captions: total(({ captions }) => captions),
    covered: total(({ covered }) => covered),
    negatives: total(({ negatives }) => negatives),
    kinds: sumCounts(reports.map(({ kinds }) => kinds)),
    rejects: sumCounts(reports.map(({ rejects }) => rejects)),
    problems: sumCounts(reports.map(({ problems }) => problems)),
    examples: reports.flatMap(({ examples }) => examples).slice(0, 10),
  };
}

function sumCounts<R extends object>(records: readonly R[]): R {
  const sums: Record<string, number> = {};
  for (const record of records) {
    for (const [key, count] of Object.entries(record) as [string, number][]) sums[key] = (sums[key] ?? 0) + count;
  }
  return sums as R;
}

/** One line that says how much of the captions a miner covers, and what to look at where that is little. */
export function describeCoverage({
  miner,
  captions,
  covered,
  negatives,
  rejects,
  problems,
  examples,
}: MiningReport): string {
  const share = captions === 0 ? 0 : (100 * covered) / captions;
  const line = `miner "${miner}": ${negatives} negatives, ${covered} of ${captions} captions covered (${share.toFixed(1)} %)`;
  if (covered > 0 && Object.keys(problems).length === 0) return line;
  const counts = [...Object.entries(problems), ...Object.entries(rejects)].map(([what, count]) => `${what}: ${count}`);
  const example = examples[0] === undefined ? "" : `; first: ${examples[0]}`;
  return `${covered === 0 ? "NO NEGATIVES: " : ""}${line}${counts.length > 0 ? `; ${counts.join(", ")}` : ""}${example}`;
}
