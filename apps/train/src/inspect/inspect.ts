import { type MiningReport, mineWithReport, type NegativeMiner, type Vocabulary } from "@tesserae/negatives";
import type { SceneGraph } from "@tesserae/scene-graph";
import type { TrainConfig } from "../recipe/common-flags.js";
import { describeCaption } from "./describe-caption.js";
import { loadMiner, methodMiners } from "../recipe/load-miner.js";
import { seededRng, shuffled } from "@tesserae/scene-graph/random";

/** For how many captions a miner found a negative, and how many it found. */
export type MinerCoverage = Pick<MiningReport, "miner" | "version" | "captions" | "covered" | "negatives">;

/**
 * Prints some captions with their graphs, sub-graphs and negatives, and counts what the methods' miners and the
 * configuration's find in all of them. A miner that fails here costs its own negatives, not the run.
 *
 * @param print receives one caption's text
 */
export async function inspect(
  config: Pick<TrainConfig, "inspect" | "miner" | "seed">,
  graphs: readonly SceneGraph[],
  vocabulary: Vocabulary,
  print: (text: string) => void,
): Promise<readonly MinerCoverage[]> {
  const references = new Set([...methodMiners, ...(config.miner === undefined ? [] : [config.miner])]);
  const miners = await Promise.all([...references].map((reference) => loadMiner(reference, vocabulary)));
  const chosen = permutation(graphs.length, seededRng(config.seed, "inspect")).subarray(0, config.inspect);
  for (const index of chosen) print(`\n${await describeCaption(graphs[index]!, miners, config.seed)}`);
  const found: MinerCoverage[] = [];
  for (const miner of miners) {
    found.push(await coverage(miner, graphs, config.seed));
    await miner.dispose?.();
  }
  return found;
}

async function coverage(miner: NegativeMiner, graphs: readonly SceneGraph[], seed: number): Promise<MinerCoverage> {
  const { report } = await mineWithReport(miner, graphs, { rng: seededRng(seed, "coverage", miner.name) });
  const { version, captions, covered, negatives } = report;
  return { miner: miner.name, version, captions, covered, negatives };
}
