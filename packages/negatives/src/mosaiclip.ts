import type { SceneGraph } from "@tesserae/scene-graph";
import type { Vocabulary } from "./build-vocabulary.js";
import { createMiner } from "./create-miner.js";
import {
  changeAttribute,
  changeRelation,
  replaceObject,
  replaceOnlyAttribute,
  type Transform,
} from "./graph-transforms.js";
import type { Negative } from "./negative.js";
import type { MineContext, NegativeMiner, Rng } from "./negative-miner.js";
import { normaliseCaption } from "./normalise-caption.js";
import { pick, shuffle } from "./random.js";
import { subGraphs } from "./sub-graphs.js";

/** How often each kind of sub-graph is drawn; they need not sum to 1. */
export interface MosaiclipProbabilities {
  /** p1: single objects with an attribute (f_obj). */
  readonly object: number;
  /** p2: relations (f_rel). */
  readonly relation: number;
  /** p3: relations of objects with attributes (f_attr). */
  readonly attribute: number;
}

export interface MosaiclipOptions {
  /** The lists that replacements are drawn from, uniformly. The paper's come from Visual Genome; `buildVocabulary` makes them from a corpus. */
  readonly vocabulary: Vocabulary;
  /** Sub-graphs kept as positives. Default 3 (appendix H.1). */
  readonly maxPositives?: number;
  /** Negatives kept. Default 6 (appendix H.1). */
  readonly maxNegatives?: number;
  /** Default 0.15, 0.425, 0.425: the paper's pre-training values (p2 = p3). */
  readonly probabilities?: MosaiclipProbabilities;
  /** "uniform" (default, the paper's) or "same-type": a colour for a colour, so that fewer replacements happen to be true of the image. */
  readonly attributeReplacement?: "uniform" | "same-type";
}

/** What MosaiCLIP trains on for one image, besides its caption. All texts differ. */
export interface MosaiclipPairs {
  /** Sub-graphs; `caption` is the positive text. */
  readonly positives: readonly SceneGraph[];
  /** Edited sub-graphs; `edits` refer to the sub-graph's text, which is in `source`. */
  readonly negatives: readonly Negative[];
}

/**
 * MosaiCLIP's negatives (Singh et al., EMNLP 2023): each is a changed sub-graph of the caption, so a short text such as "blue dog left of
 * box"; `edits` refer to the text of the unchanged sub-graph (in `source`), not to the caption. See `mosaiclipPairs` for the positives.
 */
export function mosaiclip(options: MosaiclipOptions): NegativeMiner {
  return createMiner({
    name: "mosaiclip",
    version: "1",
    citation:
      "Singh et al. Coarse-to-fine contrastive learning in image-text-graph space for improved vision-language compositionality. EMNLP 2023",
    mineOne: (graph, context) => drawPairs(graph, options, context).negatives,
  });
}

/**
 * Positive sub-graphs and their negatives for one caption (sections 3.3, 3.4 and appendix B). Pairs of a sub-graph and its kind of change
 * are drawn without replacement, the kind by `probabilities`; each negative then changes one of them, its kind drawn by the same probabilities. Where a caption
 * has no relation and no attribute, single objects are used and replaced (a reconstruction: the paper does not say).
 * Texts are unique within the image, and no positive is among the negatives.
 */
export function mosaiclipPairs(graph: SceneGraph, options: MosaiclipOptions, rng: Rng): MosaiclipPairs {
  return drawPairs(graph, options, { rng });
}

interface Pair {
  readonly graph: SceneGraph;
  readonly transform: Transform;
  /** Probability of its kind of change. */
  readonly weight: number;
}

/** Fruitless tries in a row after which a caption's negatives are taken as exhausted, for each pair. */
const patience = 8;

const defaultProbabilities: MosaiclipProbabilities = { object: 0.15, relation: 0.425, attribute: 0.425 };

function drawPairs(whole: SceneGraph, options: MosaiclipOptions, { rng, reject }: MineContext): MosaiclipPairs {
  const { vocabulary, maxPositives = 3, maxNegatives = 6, attributeReplacement = "uniform" } = options;
  const positives = new Map<string, SceneGraph>();
  const chosen: Pair[] = [];
  for (const pair of pairsInRandomOrder(whole, options.probabilities ?? defaultProbabilities, rng)) {
    const text = normaliseCaption(pair.graph.caption);
    if (positives.size >= maxPositives && !positives.has(text)) continue;
    positives.set(text, pair.graph);
    chosen.push(pair);
  }
  const context = { vocabulary, whole, attributeReplacement, rng, ...(reject ? { reject } : {}) };
  const negatives = new Map<string, Negative>();
  let fruitless = 0;
  const kinds = [...new Set(chosen.map(({ transform }) => transform))].map((transform) => {
    const pairs = chosen.filter((pair) => pair.transform === transform);
    return { weight: pairs[0]!.weight, pairs };
  });
  while (negatives.size < maxNegatives && fruitless < patience * chosen.length) {
    const { graph, transform } = pick(pickWeighted(kinds, rng).pairs, rng)!;
    const negative = transform(graph, context);
    const text = negative && normaliseCaption(negative.caption);
    fruitless++;
    if (!negative || text === undefined) continue;
    if (negatives.has(text) || positives.has(text)) reject?.("duplicate");
    else {
      negatives.set(text, negative);
      fruitless = 0;
    }
  }
  return { positives: [...positives.values()], negatives: [...negatives.values()] };
}

const subGraphsOf = new WeakMap<SceneGraph, ReturnType<typeof subGraphs>>();

function cachedSubGraphs(graph: SceneGraph): ReturnType<typeof subGraphs> {
  let found = subGraphsOf.get(graph);
  if (!found) {
    found = subGraphs(graph);
    subGraphsOf.set(graph, found);
  }
  return found;
}

/** Draws a kind by its probability among those that still have sub-graphs, then one of its sub-graphs, until none is left. */
function* pairsInRandomOrder(graph: SceneGraph, probabilities: MosaiclipProbabilities, rng: Rng): Generator<Pair> {
  const { single, related } = cachedSubGraphs(graph);
  const hasAttribute = ({ objects }: SceneGraph) => objects.some(({ attributes }) => attributes.length > 0);
  const kinds = [
    {
      weight: probabilities.object,
      transform: replaceOnlyAttribute,
      graphs: shuffle(single.filter(hasAttribute), rng),
    },
    { weight: probabilities.relation, transform: changeRelation, graphs: shuffle(related, rng) },
    { weight: probabilities.attribute, transform: changeAttribute, graphs: shuffle(related.filter(hasAttribute), rng) },
  ].filter(({ weight, graphs }) => weight > 0 && graphs.length > 0);
  if (kinds.length === 0) {
    for (const one of shuffle(single, rng)) yield { graph: one, transform: replaceObject, weight: 1 };
    return;
  }
  for (;;) {
    const open = kinds.filter(({ graphs }) => graphs.length > 0);
    if (open.length === 0) return;
    const kind = pickWeighted(open, rng);
    yield { graph: kind.graphs.pop()!, transform: kind.transform, weight: kind.weight };
  }
}

function pickWeighted<T extends { readonly weight: number }>(items: readonly T[], rng: Rng): T {
  let rest = rng() * items.reduce((sum, { weight }) => sum + weight, 0);
  for (const item of items) {
    rest -= item.weight;
    if (rest < 0) return item;
  }
  return items.at(-1)!;
}
