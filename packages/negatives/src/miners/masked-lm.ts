import { parse, type SceneGraph } from "@tesserae/scene-graph";
import { shuffled } from "@tesserae/scene-graph/random";
import { type Atom, atoms } from "../candidates/atoms.js";
import { distinct } from "../contract/create-miner.js";
import { createNegative } from "../contract/create-negative.js";
import type { Negative } from "../contract/negative.js";
import type { MineContext, NegativeMiner } from "../contract/negative-miner.js";
import { isAbsentObject } from "../vocabulary/draw.js";

export interface MaskedLmOptions {
  /**
   * Fills in masked captions: for each, words for the one masked place, the likeliest first. Called once a batch; calls a model that you bring.
   */
  readonly fill: (masked: readonly string[], signal?: AbortSignal) => Promise<readonly (readonly string[])[]>;
  /** What stands in the masked place. Default "[MASK]"; RoBERTa has "<mask>". */
  readonly mask?: string;
  /** Places masked in a caption, one negative each at most. Default 3. */
  readonly maxNegatives?: number;
  /** Names the model; part of the miner's version, since another model gives other negatives. */
  readonly model: string;
}

/**
 * Lets a masked language model replace one object, attribute or relation of the caption (as CE-CLIP, Zhang et al., CVPR 2024): the likeliest
 * word that makes a negative is taken. Not seeded beyond the choice of places: the same negatives need the same model.
 *
 * @throws Error where `fill` returns another number of lists than it was given captions
 */
export function maskedLm({ fill, mask = "[MASK]", maxNegatives = 3, model }: MaskedLmOptions): NegativeMiner {
  return {
    name: "masked-lm",
    version: `1 (${model})`,
    citation:
      "Zhang et al. Contrasting intra-modal and ranking cross-modal hard negatives to enhance visio-linguistic compositional understanding. CVPR 2024",
    async mine(batch, context) {
      context.signal?.throwIfAborted();
      const places = batch.map((graph) => shuffled(context.rng, atoms(graph)).slice(0, maxNegatives));
      const masked = places.flatMap((list, i) => list.map(({ span }) => withMask(batch[i]!.caption, span, mask)));
      const filled = masked.length > 0 ? await fill(masked, context.signal) : [];
      if (filled.length !== masked.length) {
        throw new Error(
          `masked-lm: fill returned ${filled.length} lists for ${masked.length} masked captions; return one for each`,
        );
      }
      let at = 0;
      return batch.map((graph, i) =>
        distinct(
          places[i]!.map((atom) => firstNegative(graph, atom, filled[at++]!, context)),
          context,
        ),
      );
    },
  };
}

const withMask = (caption: string, { start, end }: Atom["span"], mask: string) =>
  caption.slice(0, start) + mask + caption.slice(end);

function firstNegative(
  graph: SceneGraph,
  { type, span }: Atom,
  words: readonly string[],
  context: MineContext,
): Negative | undefined {
  for (const word of words) {
    const text = word.trim();
    if (!/^[\p{L}\p{N}]/u.test(text)) continue;
    if (type === "object" && !parse(text).objects.every(({ name }) => isAbsentObject(name, graph))) {
      context.reject?.("follows from the caption");
      continue;
    }
    const options = { ...context, readGraph: (caption: string) => parse(caption) };
    const negative = createNegative(graph, `fill-${type}`, [{ span, text }], options);
    if (negative) return negative;
  }
  return undefined;
}
