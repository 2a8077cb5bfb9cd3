import type { SceneGraph } from "@tesserae/scene-graph";
import { normaliseCaption } from "../guarantee/normalise-caption.js";
import type { Negative } from "./negative.js";
import type { MineContext, NegativeMiner } from "./negative-miner.js";

/** The parts of a miner that looks at one caption at a time. */
export interface MinerDefinition {
  readonly name: string;
  readonly version: string;
  readonly citation?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  /** The negatives of one caption. Duplicates are dropped and counted for you. */
  mineOne(graph: SceneGraph, context: MineContext): readonly (Negative | undefined)[];
}

/** Makes a `NegativeMiner` from a function of one caption: loops over the batch, heeds the abort signal, drops duplicates. */
export function createMiner({ mineOne, ...description }: MinerDefinition): NegativeMiner {
  return {
    ...description,
    mine(batch, context) {
      return batch.map((graph) => {
        context.signal?.throwIfAborted();
        return distinct(mineOne(graph, context), context);
      });
    },
  };
}

/** The first negative of each text. */
export function distinct(
  negatives: readonly (Negative | undefined)[],
  context: Pick<MineContext, "reject">,
): Negative[] {
  const seen = new Set<string>();
  const kept: Negative[] = [];
  for (const negative of negatives) {
    if (negative === undefined) continue;
    const text = normaliseCaption(negative.caption);
    if (seen.has(text)) context.reject?.("duplicate");
    else {
      seen.add(text);
      kept.push(negative);
    }
  }
  return kept;
}
