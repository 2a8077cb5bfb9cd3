import { MultiDirectedGraph } from "graphology";
import { type Rng, shuffled } from "../random.js";
import { realizeGraph } from "./realize-graph.js";
import type { SceneGraph, SceneObject } from "./scene-graph.js";

/** What `decompose` may be told. */
export interface DecomposeOptions {
  /** Sub-graphs have 1 to this many objects. Default 2, as in MosaiCLIP. */
  readonly maxObjects?: number;
  /** Shuffles the result. Default: single objects, then relations, then larger ones, each in the order of the caption. */
  readonly rng?: Rng;
  /** Whether an object without attributes is a sub-graph by itself. Default true; false for edits that need an attribute. */
  readonly bareObjects?: boolean;
}

/**
 * Every connected sub-graph with 1 to `maxObjects` objects, the objects with all their attributes: a true caption each (MosaiCLIP, section
 * 3.3 and appendix B). A sub-graph of n objects has the n - 1 relations that join them, so two relations between the same two objects give
 * two sub-graphs. Single objects are kept without attributes too (a reconstruction: the paper does not say).
 * `caption` is the `verbalise` text and the spans point into it. Sub-graphs that say the same are returned once.
 *
 * @throws RangeError where `maxObjects` is not a whole number of at least 1
 */
export function decompose(
  graph: SceneGraph,
  { maxObjects = 2, rng, bareObjects = true }: DecomposeOptions = {},
): SceneGraph[] {
  if (!Number.isInteger(maxObjects) || maxObjects < 1) {
    throw new RangeError(`decompose: maxObjects is ${maxObjects}; give a whole number of at least 1`);
  }
  const parts: Part[] = graph.objects
    .filter(({ attributes }) => bareObjects || attributes.length > 0)
    .map(({ id }) => ({ objects: new Set([id]), relations: [] }));
  if (maxObjects > 1 && graph.relations.length > 0) {
    const ids = new Set(graph.objects.map(({ id }) => id));
    let grown = graph.relations.flatMap(({ subject, object }, relation): Part[] =>
      subject !== object && ids.has(subject) && ids.has(object)
        ? [{ objects: new Set([subject, object]), relations: [relation] }]
        : [],
    );
    // Two objects need no network, and most callers want no more.
    const network = maxObjects > 2 ? networkOf(graph) : undefined;
    for (let size = 2; size <= maxObjects && grown.length > 0; size++) {
      parts.push(...grown);
      grown = network && size < maxObjects ? grow(grown, network) : [];
    }
  }
  const described = new Map(graph.objects.map((object) => [object.id, describe(object)]));
  const distinct = new Map<string, SceneGraph>();
  for (const part of parts) {
    const subGraph = restrict(graph, part);
    const key = content(subGraph, described);
    if (!distinct.has(key)) distinct.set(key, realizeGraph(subGraph));
  }
  return rng ? shuffled(rng, [...distinct.values()]) : [...distinct.values()];
}

/** Ids of objects, and the indices of the relations that join them, ascending. */
interface Part {
  readonly objects: ReadonlySet<string>;
  readonly relations: readonly number[];
}

/** The objects as nodes and the relations between two of them as edges, whose keys are the relations' indices. */
function networkOf({ objects, relations }: SceneGraph): MultiDirectedGraph {
  const network = new MultiDirectedGraph();
  for (const { id } of objects) network.addNode(id);
  for (const [index, { subject, object }] of relations.entries()) {
    if (subject !== object && network.hasNode(subject) && network.hasNode(object))
      network.addEdgeWithKey(index, subject, object);
  }
  return network;
}

/** Every part with one more relation, to an object that it does not hold yet, in the order of their relations. */
function grow(parts: readonly Part[], network: MultiDirectedGraph): Part[] {
  const grown = new Map<string, Part>();
  for (const part of parts) {
    for (const id of part.objects) {
      network.forEachEdge(id, (relation, _attributes, subject, object) => {
        if (part.objects.has(subject) && part.objects.has(object)) return;
        const relations = [...part.relations, Number(relation)].sort((a, b) => a - b);
        const key = relations.join();
        if (!grown.has(key)) grown.set(key, { objects: new Set([...part.objects, subject, object]), relations });
      });
    }
  }
  return [...grown.values()].sort((a, b) => compare(a.relations, b.relations));
}

/** Which of two lists of one length comes first. */
function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}

function restrict(graph: SceneGraph, { objects, relations }: Part): Pick<SceneGraph, "objects" | "relations"> {
  return {
    objects: graph.objects.filter(({ id }) => objects.has(id)),
    relations: relations.map((index) => graph.relations[index]!),
  };
}

/** What a sub-graph says, whatever the order of its objects, attributes and relations. */
function content(
  { objects, relations }: Pick<SceneGraph, "objects" | "relations">,
  described: ReadonlyMap<string, string>,
): string {
  if (objects.length === 1) return described.get(objects[0]!.id)!;
  const related = relations.map(
    ({ subject, predicate, object }) => `${described.get(subject)}|${predicate}|${described.get(object)}`,
  );
  return [...objects.map(({ id }) => described.get(id)!).sort(), ...related.sort()].join("\n");
}

function describe({ quantity = "", attributes, name }: SceneObject): string {
  return [quantity, ...attributes.map((attribute) => attribute.name).sort(), name].join(" ");
}
