import {
  type MiningReport,
  mergeReports,
  mineWithReport,
  type Negative,
  type NegativeMiner,
} from "@tesserae/negatives";
import type { SceneGraph } from "@tesserae/scene-graph";
import { seededRng } from "@tesserae/scene-graph/random";

/** What a miner found in a corpus. */
export interface MinedCorpus {
  readonly report: MiningReport;
  /** Captions with a relation, and how many of them have a negative. */
  readonly related: { readonly captions: number; readonly covered: number };
  readonly negatives: readonly (readonly Negative[])[];
}

/** Captions of one call: a miner that throws or hangs costs no more than these. */
const batchSize = 500;
/** Milliseconds for one batch. */
const timeLimit = 60_000;

/** Mines a corpus in batches, with one generator of random numbers for the whole. */
export async function mineCorpus(
  miner: NegativeMiner,
  graphs: readonly SceneGraph[],
  seed: number,
  onProgress?: (done: number, total: number) => void,
): Promise<MinedCorpus> {
  const rng = seededRng(seed);
  const reports: MiningReport[] = [];
  const negatives: (readonly Negative[])[] = [];
  for (let start = 0; start < graphs.length; start += batchSize) {
    const batch = graphs.slice(start, start + batchSize);
    const mined = await mineWithReport(miner, batch, { rng, timeLimit });
    reports.push(mined.report);
    negatives.push(...mined.negatives);
    onProgress?.(negatives.length, graphs.length);
  }
  const related = graphs.flatMap(({ relations }, i) => (relations.length > 0 ? [negatives[i]!] : []));
  return {
    report: mergeReports(reports),
    related: { captions: related.length, covered: related.filter((list) => list.length > 0).length },
    negatives,
  };
}
