import type { NegativeMiner } from "@tesserae/negatives";
import type { SceneGraph } from "@tesserae/scene-graph";
import { createRng } from "./rng.js";

/** For how many captions a miner found a negative. */
export interface MinerCoverage {
  readonly miner: string;
  readonly version: string;
  readonly captions: number;
  /** Captions with at least one negative. */
  readonly covered: number;
  /** All negatives found. */
  readonly negatives: number;
}

/** Runs a miner over graphs once and counts. */
export async function coverage(
  miner: NegativeMiner,
  graphs: readonly SceneGraph[],
  seed: number,
): Promise<MinerCoverage> {
  const mined = await miner.mine(graphs, { rng: createRng(seed, "coverage", miner.name) });
  return {
    miner: miner.name,
    version: miner.version,
    captions: graphs.length,
    covered: mined.filter((negatives) => negatives.length > 0).length,
    negatives: mined.reduce((total, negatives) => total + negatives.length, 0),
  };
}
