import { mineWithReport } from "../contract/mine-with-report.js";
import type { NegativeMiner } from "../contract/negative-miner.js";
import type { TextSource } from "../contract/text-source.js";
import { sample } from "../vocabulary/random.js";

export interface MinedNegativesOptions {
  /** At most this many negatives a caption, drawn uniformly from all that the miner finds. Default 1. */
  readonly max?: number;
  /** Further attempts where the miner throws. Default 2. */
  readonly retries?: number;
}

/**
 * Negatives of a miner as a text source. What the miner throws on costs its own negatives and nothing else: `context.report` is told.
 *
 * @throws RangeError where `max` is not a whole number from 0
 */
export function minedNegatives(miner: NegativeMiner, { max = 1, retries = 2 }: MinedNegativesOptions = {}): TextSource {
  if (!Number.isInteger(max) || max < 0) {
    throw new RangeError(`minedNegatives: max is ${max}; give a whole number from 0`);
  }
  return {
    name: miner.name,
    version: miner.version,
    options: { ...miner.options, max },
    max: { positives: 0, negatives: max },
    positivesOf: "own",
    dispose: () => miner.dispose?.(),
    async texts(graphs, { max: limits, report, ...context }) {
      const count = Math.min(max, limits?.negatives ?? max);
      if (count === 0) return graphs.map(() => ({ positives: [], negatives: [] }));
      const mined = await mineWithReport(miner, graphs, { ...context, retries });
      report?.(mined.report);
      return mined.negatives.map((negatives) => ({
        positives: [],
        negatives: sample(negatives, count, context.rng),
      }));
    },
  };
}
