import { isNegative, type MineContext, type Negative, type NegativeMiner } from "@tesserae/negatives";
import type { SceneGraph } from "@tesserae/scene-graph";
import { seededRng } from "@tesserae/scene-graph/random";
import type { PreparedNegative } from "./prepared.js";

/** What is told of mining a caption besides its result, and the words of the corpus for miners that ask for them. */
export interface MineObserver extends Pick<MineContext, "vocabulary"> {
  /** The miner threw a candidate away. */
  reject(reason: string): void;
  /** The miner threw, or gave something that is no negative; `detail` is one line. */
  fail(kind: MineFailure, detail: string): void;
}

/** How a miner fails at a caption. */
export type MineFailure = "threw an error" | "gave no list of negatives" | "gave what is no negative";

/**
 * The negatives of one caption. They depend on the graph, the miner, its vocabulary and the seed alone, so
 * that a prepared file and a miner at work during training give the same bytes, in any order and on any number of threads.
 * What is equal to the caption or follows from it is dropped and told to the observer, whatever the miner.
 */
export async function mineCaption(
  miner: NegativeMiner,
  graph: SceneGraph,
  seed: number,
  observer: MineObserver,
): Promise<PreparedNegative[]> {
  const negatives: PreparedNegative[] = [];
  for (const negative of await candidates(miner, graph, seed, observer)) {
    if (!isNegative(negative, graph)) {
      observer.fail("gave what is no negative", `"${negative.caption}"`);
      continue;
    }
    const { caption, kind, edits, source, graph: said } = negative;
    const { name, version } = miner;
    const from = source === undefined ? {} : { source };
    negatives.push({ caption, miner: name, version, kind, edits, ...from, graph: said });
  }
  return negatives;
}

async function candidates(
  miner: NegativeMiner,
  graph: SceneGraph,
  seed: number,
  { reject, fail, vocabulary }: MineObserver,
): Promise<readonly Negative[]> {
  let mined: readonly (readonly Negative[])[];
  try {
    mined = await miner.mine([graph], {
      rng: seededRng(seed, "negatives", graph.caption),
      reject,
      ...(vocabulary ? { vocabulary } : {}),
    });
  } catch (error) {
    fail("threw an error", String((error as Error | undefined)?.message ?? error).split("\n")[0]!);
    return [];
  }
  const list: unknown = Array.isArray(mined) && mined.length === 1 ? mined[0] : undefined;
  if (Array.isArray(list) && list.every(isWellFormed)) return list;
  fail("gave no list of negatives", "expected one list for each graph, of { caption, kind, edits, graph }");
  return [];
}

function isWellFormed(value: unknown): value is Negative {
  const negative = value as Partial<Negative> | null | undefined;
  return (
    typeof negative?.caption === "string" &&
    typeof negative.kind === "string" &&
    Array.isArray(negative.edits) &&
    Array.isArray(negative.graph?.objects) &&
    Array.isArray(negative.graph.relations)
  );
}
