import { decompose } from "@tesserae/augment";
import type { Negative, NegativeMiner } from "@tesserae/negatives";
import type { SceneGraph } from "@tesserae/scene-graph";
import { mineCaption } from "../prepare/mine-caption.js";
import { TrainError } from "../train-error.js";

/** Texts to compare a caption with, as graphs whose captions they are. */
export interface CandidateTexts {
  readonly subGraphs: readonly SceneGraph[];
  readonly negatives: readonly Pick<Negative, "caption" | "graph">[];
}

/** Sub-graphs and negatives of captions that are the same at every step, so that training can only draw from them. */
export interface MinedTexts {
  readonly miner: Pick<NegativeMiner, "name" | "version">;
  of(graph: SceneGraph): Promise<CandidateTexts>;
  dispose?(): Promise<void>;
}

/**
 * Mines a caption when it is first asked for, with random numbers of its own: the same texts as those that `prepare`
 * writes with the same miner, vocabulary and seed.
 * @throws TrainError from `of` where the miner fails
 */
export function mineOnce(miner: NegativeMiner, seed: number): MinedTexts {
  const known = new Map<string, Promise<CandidateTexts>>();
  const mine = async (graph: SceneGraph): Promise<CandidateTexts> => ({
    subGraphs: decompose(graph),
    negatives: await mineCaption(miner, graph, seed, {
      reject: () => {},
      fail: (kind, detail) => {
        throw new TrainError(`miner ${miner.name} ${kind} for "${graph.caption}": ${detail}`);
      },
    }),
  });
  return {
    miner,
    of: (graph) => {
      const found = known.get(graph.caption) ?? mine(graph);
      known.set(graph.caption, found);
      return found;
    },
    dispose: async () => miner.dispose?.(),
  };
}
