import { decompose, type SceneGraph } from "@tesserae/scene-graph";
import { pickWeighted, type Rng } from "@tesserae/scene-graph/random";

/** How often each kind of sub-graph is drawn first; they need not sum to 1. */
export interface SubGraphProbabilities {
  /** p1: one object. */
  readonly object: number;
  /** p2: several objects, none with an attribute. */
  readonly relation: number;
  /** p3: several objects, some with attributes. */
  readonly attribute: number;
}

export interface SampleSubGraphsOptions {
  /** How many to draw; fewer are returned where the graph has fewer. */
  readonly count: number;
  readonly rng: Rng;
  /** Default 2. */
  readonly maxObjects?: number;
  /** Default: every sub-graph is as likely. A kind with probability 0 is never drawn. */
  readonly probabilities?: SubGraphProbabilities;
}

/**
 * Draws different sub-graphs of `decompose`, without replacement.
 *
 * @throws RangeError where `count` is not a whole number from 0, or `maxObjects` one from 1
 */
export function sampleSubGraphs(
  graph: SceneGraph,
  { count, rng, maxObjects = 2, probabilities }: SampleSubGraphsOptions,
): SceneGraph[] {
  if (!Number.isInteger(count) || count < 0) {
    throw new RangeError(`sampleSubGraphs: count is ${count}; give a whole number from 0`);
  }
  const candidates = decompose(graph, { maxObjects, rng });
  if (!probabilities) return candidates.slice(0, count);
  const kinds = (["object", "relation", "attribute"] as const).map((kind) => ({
    weight: probabilities[kind],
    graphs: candidates.filter((subGraph) => kindOf(subGraph) === kind),
  }));
  const drawn: SceneGraph[] = [];
  while (drawn.length < count) {
    const open = kinds.filter(({ weight, graphs }) => weight > 0 && graphs.length > 0);
    if (open.length === 0) break;
    const kind =
      open[
        pickWeighted(
          rng,
          open.map(({ weight }) => weight),
        )
      ]!;
    drawn.push(kind.graphs.pop()!);
  }
  return drawn;
}

function kindOf({ objects }: SceneGraph): keyof SubGraphProbabilities {
  if (objects.length === 1) return "object";
  return objects.some(({ attributes }) => attributes.length > 0) ? "attribute" : "relation";
}
