import { realizeGraph, type SceneGraph, type SceneObject, type SceneRelation } from "@tesserae/scene-graph";
import { type Rng, shuffle } from "../random.js";

export interface DecomposeOptions {
  /** Sub-graphs have 1 to this many objects. Default 2, as in MosaiCLIP. */
  readonly maxObjects?: number;
  /** Shuffles the result. Default: single objects, then relations, then larger ones, each in the order of the caption. */
  readonly rng?: Rng;
}

/**
 * Every connected sub-graph with 1 to `maxObjects` objects, the objects with all their attributes: a true caption each (MosaiCLIP, section
 * 3.3 and appendix B). A sub-graph of n objects has the n - 1 relations that join them, so two relations between the same two objects give
 * two sub-graphs. Single objects are kept without attributes too (a reconstruction: the paper does not say).
 * `caption` is the `verbalise` text and the spans point into it. Sub-graphs that say the same are returned once.
 *
 * @throws RangeError where `maxObjects` is not a whole number of at least 1
 */
export function decompose(graph: SceneGraph, { maxObjects = 2, rng }: DecomposeOptions = {}): SceneGraph[] {
  if (!Number.isInteger(maxObjects) || maxObjects < 1) {
    throw new RangeError(`maxObjects is ${maxObjects}; give a whole number of at least 1`);
  }
  const ids = new Set(graph.objects.map(({ id }) => id));
  const relations = graph.relations.filter(
    ({ subject, object }) => subject !== object && ids.has(subject) && ids.has(object),
  );
  const parts: Part[] = graph.objects.map(({ id }) => ({ objects: new Set([id]), relations: new Set() }));
  let grown = parts;
  for (let size = 2; size <= maxObjects && grown.length > 0; size++) {
    grown = grow(grown, relations);
    parts.push(...grown);
  }
  const distinct = new Map<string, SceneGraph>();
  for (const part of parts) {
    const subGraph = restrict(graph, part);
    const key = content(subGraph);
    if (!distinct.has(key)) distinct.set(key, realizeGraph(subGraph));
  }
  return rng ? shuffle([...distinct.values()], rng) : [...distinct.values()];
}

interface Part {
  readonly objects: ReadonlySet<string>;
  readonly relations: ReadonlySet<SceneRelation>;
}

/** Every part with one more relation, to an object that it does not hold yet. */
function grow(parts: readonly Part[], relations: readonly SceneRelation[]): Part[] {
  const order = new Map(relations.map((relation, i) => [relation, i]));
  const grown = new Map<string, Part>();
  for (const part of parts) {
    for (const relation of relations) {
      if (part.objects.has(relation.subject) === part.objects.has(relation.object)) continue;
      const joined = new Set([...part.relations, relation]);
      const key = [...joined].map((one) => order.get(one)!).sort((a, b) => a - b);
      grown.set(key.join(), {
        objects: new Set([...part.objects, relation.subject, relation.object]),
        relations: joined,
      });
    }
  }
  return [...grown.entries()].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true })).map(([, part]) => part);
}

function restrict(graph: SceneGraph, part: Part): SceneGraph {
  return {
    caption: graph.caption,
    objects: graph.objects.filter(({ id }) => part.objects.has(id)),
    relations: graph.relations.filter((relation) => part.relations.has(relation)),
    diagnostics: [],
  };
}

/** What a sub-graph says, whatever the order of its objects, attributes and relations. */
function content({ objects, relations }: SceneGraph): string {
  const described = new Map(objects.map((object) => [object.id, describe(object)]));
  const related = relations.map(
    ({ subject, predicate, object }) => `${described.get(subject)}|${predicate}|${described.get(object)}`,
  );
  return [...[...described.values()].sort(), ...related.sort()].join("\n");
}

function describe({ quantity = "", attributes, name }: SceneObject): string {
  return [quantity, ...attributes.map((attribute) => attribute.name).sort(), name].join(" ");
}
