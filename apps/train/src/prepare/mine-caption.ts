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
  /** Further attempts where the miner's promise is rejected, as by a service that answers 500. Default 2. */
  readonly retries?: number;
}

/** How a miner fails at a caption. */
export type MineFailure = "threw an error" | "gave no list of negatives" | "gave what is no negative";

/**
 * The negatives of one caption. They depend on the graph, the miner, its vocabulary and the seed alone, so
 * that a prepared file and a miner at work during training give the same bytes, in any order and on any number of threads.
 * What is equal to the caption or follows from it is dropped and told to the observer, whatever the miner. A miner that fails is asked again, with the same
 * random numbers; where it goes on failing, the caption has no negatives and the observer is told.
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
  { reject, fail, vocabulary, retries = 2 }: MineObserver,
): Promise<readonly Negative[]> {
  let mined: readonly (readonly Negative[])[];
  const mine = () =>
    miner.mine([graph], {
      rng: seededRng(seed, "negatives", graph.caption),
      reject,
      ...(vocabulary ? { vocabulary } : {}),
    });
  try {
    mined = await attempt(miner, mine, retries);
  } catch (error) {
    fail("threw an error", String((error as Error | undefined)?.message ?? error).split("\n")[0]!);
    return [];
  }
  const list: unknown = Array.isArray(mined) && mined.length === 1 ? mined[0] : undefined;
  if (Array.isArray(list) && list.every(isWellFormed)) return list;
  fail("gave no list of negatives", "expected one list for each graph, of { caption, kind, edits, graph }");
  return [];
}

/** Captions in a row that each miner failed on after all attempts. */
const lostInARow = new WeakMap<NegativeMiner, number>();
/** From so many on a service is taken as down: captions are asked for once, so that a long file does not wait for each. */
const mostLost = 20;
/** Milliseconds before the first further attempt, doubled before each next one. */
const firstDelay = 100;

/** What the miner gives, after further attempts where its promise is rejected; one that throws at once would throw again. */
async function attempt(
  miner: NegativeMiner,
  mine: () => ReturnType<NegativeMiner["mine"]>,
  retries: number,
): Promise<readonly (readonly Negative[])[]> {
  const lost = lostInARow.get(miner) ?? 0;
  for (let failures = 0; ; failures++) {
    const mining = mine();
    try {
      const mined = await mining;
      if (lost > 0) lostInARow.delete(miner);
      return mined;
    } catch (error) {
      if (failures >= retries || lost >= mostLost) {
        lostInARow.set(miner, lost + 1);
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, firstDelay * 2 ** failures));
    }
  }
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
