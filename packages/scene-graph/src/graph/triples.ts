import type { SceneGraph } from "./scene-graph.js";

/** A fact of a graph as text. */
export type FactTriple = readonly [head: string, relation: string, tail: string];

/**
 * The facts of a graph as (head, relation, tail): relations first, then attributes as (object, "is", attribute), each in the graph's
 * order. What Structure-CLIP's knowledge encoder reads (Huang et al. 2024; model/dataloader_downstream.py).
 */
export function triples({ objects, relations }: Pick<SceneGraph, "objects" | "relations">): FactTriple[] {
  const nameOf = new Map(objects.map(({ id, name }) => [id, name]));
  return [
    ...relations.map(
      ({ subject, predicate, object }): FactTriple => [nameOf.get(subject)!, predicate, nameOf.get(object)!],
    ),
    ...objects.flatMap(({ name, attributes }) =>
      attributes.map((attribute): FactTriple => [name, "is", attribute.name]),
    ),
  ];
}
