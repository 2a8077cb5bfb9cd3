import type { SceneGraph, SceneObject } from "@tesserae/scene-graph";
import { attributeFollows } from "./attributes.js";
import { areOfOneKind, nounFollows } from "./nouns.js";
import { inverseFollows, predicateFollows } from "./predicates.js";

/**
 * Whether everything that `candidate` says is said by `graph` too: whether each of its objects can be one of the graph's objects
 * so that names, attributes, quantities and relations follow. Comparing objects and not only lists of facts tells "a red dog left of
 * a blue dog" from "a blue dog left of a red dog", and takes "a cat and a dog" and "a dog and a cat" as the same.
 */
export function follows(candidate: SceneGraph, graph: SceneGraph): boolean {
  const choices = candidate.objects.map((object) => graph.objects.filter((other) => objectFollows(object, other)));
  if (choices.some((choice) => choice.length === 0)) return false;
  const position = new Map(candidate.objects.map((object, i) => [object.id, i]));
  const relations = candidate.relations.flatMap(({ subject, predicate, object }) => {
    const from = position.get(subject);
    const to = position.get(object);
    return from === undefined || to === undefined ? [] : [{ from, to, predicate, last: Math.max(from, to) }];
  });
  const chosen: SceneObject[] = [];
  const place = (i: number): boolean => {
    if (i === choices.length) return true;
    return choices[i]!.some((object) => {
      chosen[i] = object;
      const holds = relations.every(
        ({ from, to, predicate, last }) => last !== i || relationFollows(graph, chosen[from]!, predicate, chosen[to]!),
      );
      return holds && place(i + 1);
    });
  };
  return place(0);
}

function objectFollows(candidate: SceneObject, stated: SceneObject): boolean {
  return (
    nounFollows(candidate.name, stated.name) &&
    quantityFollows(candidate.quantity, stated.quantity) &&
    candidate.attributes.every(({ name }) =>
      stated.attributes.some((attribute) => attributeFollows(name, attribute.name)),
    )
  );
}

/** A number follows from a caption that gives none, since captions leave out what does not matter; that there is none does not. */
function quantityFollows(candidate: string | undefined, stated: string | undefined): boolean {
  return candidate === stated || candidate === undefined || (stated === undefined && candidate !== "no");
}

function relationFollows(graph: SceneGraph, subject: SceneObject, predicate: string, object: SceneObject): boolean {
  return graph.relations.some(
    (stated) =>
      (stated.subject === subject.id && stated.object === object.id && predicateFollows(predicate, stated.predicate)) ||
      (stated.subject === object.id &&
        stated.object === subject.id &&
        inverseFollows(predicate, stated.predicate, areOfOneKind(subject.name, object.name))),
  );
}
