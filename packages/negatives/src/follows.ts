import type { SceneGraph, SceneObject, SceneRelation } from "@tesserae/scene-graph";
import { attributeFollows } from "./attributes.js";
import { areOfOneKind, nounFollows } from "./nouns.js";
import { inverseFollows, predicateFollows } from "./predicates.js";

/** For each object of a candidate, by its id, the objects of the graph that it can be. */
type Choices = ReadonlyMap<string, readonly SceneObject[]>;

/**
 * Whether everything that `candidate` says is said by `graph` too: whether each of its objects can be one of the graph's objects
 * so that names, attributes, quantities and relations follow. Comparing objects and not only lists of facts tells "a red dog left of
 * a blue dog" from "a blue dog left of a red dog", and takes "a cat and a dog" and "a dog and a cat" as the same.
 */
export function follows(candidate: SceneGraph, graph: SceneGraph): boolean {
  const choices = new Map<string, readonly SceneObject[]>();
  for (const object of candidate.objects) {
    const possible = graph.objects.filter((other) => objectFollows(object, other));
    if (possible.length === 0) return false;
    choices.set(object.id, possible);
  }
  const relations = candidate.relations.filter(({ subject, object }) => choices.has(subject) && choices.has(object));
  return canBeChosen(choices, relations, graph);
}

/**
 * Whether each object can be given one of its choices so that all relations follow. Choices that no choice of a neighbour goes with are taken out
 * before and after each trial: without that, a caption that names one thing ten times would be compared in ten billion ways.
 */
function canBeChosen(choices: Choices, relations: readonly SceneRelation[], graph: SceneGraph): boolean {
  const left = narrow(choices, relations, graph);
  if (!left) return false;
  const open = relations.flatMap(({ subject, object }) => [subject, object]).find((id) => left.get(id)!.length > 1);
  if (open === undefined) return true;
  return left.get(open)!.some((object) => canBeChosen(new Map(left).set(open, [object]), relations, graph));
}

/** The choices that each relation leaves of its two ends; undefined where it leaves none. */
function narrow(choices: Choices, relations: readonly SceneRelation[], graph: SceneGraph): Choices | undefined {
  const left = new Map(choices);
  for (let isStable = false; !isStable; ) {
    isStable = true;
    for (const { subject, predicate, object } of relations) {
      const from = left.get(subject)!;
      const to = left.get(object)!;
      const fromLeft = from.filter((one) => to.some((other) => relationFollows(graph, one, predicate, other)));
      const toLeft = to.filter((other) => fromLeft.some((one) => relationFollows(graph, one, predicate, other)));
      if (toLeft.length === 0) return undefined;
      if (fromLeft.length === from.length && toLeft.length === to.length) continue;
      isStable = false;
      left.set(subject, fromLeft).set(object, toLeft);
    }
  }
  return left;
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
