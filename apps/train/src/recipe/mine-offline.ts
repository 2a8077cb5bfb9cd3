import type { Negative, NegativeMiner } from "@tesserae/negatives";
import { mineCaption } from "../prepare/mine-caption.js";
import type { PreparedTexts } from "../prepare/open-prepared.js";
import { TrainError } from "../train-error.js";

/**
 * A miner that works once for each caption, with random numbers of its own, so that training draws from the same negatives at every
 * step: the ones that `prepare` writes with the same miner, vocabulary and seed. With `prepared` they are read from there.
 *
 * @throws TrainError when the captions were prepared with another miner
 */
export function mineOffline(miner: NegativeMiner, seed: number, prepared?: PreparedTexts): NegativeMiner {
  if (prepared && (prepared.miner.name !== miner.name || prepared.miner.version !== miner.version)) {
    throw new TrainError(
      `the captions were prepared with miner ${prepared.miner.name} ${prepared.miner.version}, not ${miner.name} ${miner.version}; give that miner, or prepare them again`,
    );
  }
  const known = new Map<string, Promise<readonly Negative[]>>();
  return {
    ...miner,
    mine: (graphs, context) =>
      Promise.all(
        graphs.map((graph) => {
          const found =
            known.get(graph.caption) ??
            prepared?.of(graph.caption).then(({ negatives }) => negatives) ??
            mine(graph, context);
          if (!prepared) known.set(graph.caption, found);
          return found;
        }),
      ),
  };

  async function mine(
    graph: Parameters<typeof mineCaption>[1],
    context: Parameters<NegativeMiner["mine"]>[1],
  ): Promise<readonly Negative[]> {
    return mineCaption(miner, graph, seed, {
      ...(context.vocabulary ? { vocabulary: context.vocabulary } : {}),
      reject: () => {},
      // Training asks again itself.
      retries: 0,
      fail: (kind, detail) => {
        throw new TrainError(`miner ${miner.name} ${kind} for "${graph.caption}": ${detail}`);
      },
    });
  }
}
