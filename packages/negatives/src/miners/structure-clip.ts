import type { SceneGraph } from "@tesserae/scene-graph";
import { shuffled } from "@tesserae/scene-graph/random";
import { attributeSwaps, phraseSwaps, type SwapEdits } from "../candidates/swaps.js";
import { createMiner } from "../contract/create-miner.js";
import { createNegative } from "../contract/create-negative.js";
import type { Negative } from "../contract/negative.js";
import type { MineContext, NegativeMiner } from "../contract/negative-miner.js";

export interface StructureClipOptions {
  /** "one" (default): the attribute swap, or the relation swap where there is none. "both": one of each where possible. */
  readonly negatives?: "one" | "both";
  /** Which of several possible swaps is taken: the "first" in the order of the caption (default, as the released code) or a "random" one. */
  readonly choice?: "first" | "random";
}

/**
 * Structure-CLIP's semantic negatives (Huang et al., AAAI 2024). Two objects with different attributes exchange one attribute each;
 * where there are none, subject and object of a relation exchange their whole phrases. At most one negative a caption, with "both" at most two.
 * The phrase swap is the released code's (model/utils.py, `scene_graph`); the attribute swap was not released, and its rule and the
 * order of the rules are a reconstruction. Unlike the released code a swap must change what is said:
 * ends of a symmetric relation ("next to") are not swapped, and only the two spans are touched, not every occurrence of their words.
 */
export function structureClip({ negatives = "one", choice = "first" }: StructureClipOptions = {}): NegativeMiner {
  return createMiner({
    name: "structure-clip",
    version: "4",
    options: { negatives, choice },
    citation:
      "Huang et al. Structure-CLIP: Towards scene graph knowledge to enhance multi-modal structured representations. AAAI 2024",
    mineOne(graph, context) {
      const first = (kind: string, swaps: readonly SwapEdits[]) =>
        firstNegative(graph, kind, choice === "random" ? shuffled(context.rng, swaps) : swaps, context);
      const attribute = first("swap-attributes", attributeSwaps(graph));
      if (attribute && negatives === "one") return [attribute];
      return [attribute, first("swap-relation-ends", phraseSwaps(graph))];
    },
  });
}

function firstNegative(
  graph: SceneGraph,
  kind: string,
  swaps: readonly SwapEdits[],
  context: MineContext,
): Negative | undefined {
  for (const edits of swaps) {
    const negative = createNegative(graph, kind, edits, context);
    if (negative) return negative;
  }
  return undefined;
}
