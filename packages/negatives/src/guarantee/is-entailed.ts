import type { SceneGraph, SceneObject } from "@tesserae/scene-graph";
import { entailsAttribute } from "./attributes.js";
import { areOfOneKindFor } from "./noun-kind.js";
import { entailsNoun } from "./nouns.js";
import { entailsInverse, entailsPredicate } from "./predicates.js";
import { entailsQuantity } from "./quantities.js";

/** For each object of a candidate, by its id, the ids of the objects of the graph that it can be. */
type Choices = ReadonlyMap<string, ReadonlySet<string>>;

/** A relation of a candidate, with the ids of the graph's objects of which it follows. */
interface Requirement {
  readonly subject: string;
  readonly object: string;
  readonly pairs: readonly (readonly [subject: string, object: string])[];
}

/**
 * Whether everything that `candidate` says is said by `graph` too: whether each of its objects can be one of the graph's objects
 * so that names, attributes, quantities and relations follow. Comparing objects and not only lists of facts tells "a red dog left of
 * a blue dog" from "a blue dog left of a red dog", and takes "a cat and a dog" and "a dog and a cat" as the same.
 */
export function isEntailed(candidate: SceneGraph, graph: SceneGraph): boolean {
  const choices = new Map<string, readonly string[]>();
  for (const object of candidate.objects) {
    const possible: string[] = [];
    for (const other of graph.objects) if (entailsObject(other, graph.caption, object)) possible.push(other.id);
    if (possible.length === 0) return false;
    choices.set(object.id, possible);
  }
  const requirements: Requirement[] = [];
  for (const { subject, predicate, object } of candidate.relations) {
    const [from, to] = [choices.get(subject), choices.get(object)];
    if (!from || !to) continue;
    const pairs = followingPairs(predicate, from, to, graph);
    if (pairs.length === 0) return false;
    if (from.length > 1 || to.length > 1) requirements.push({ subject, object, pairs });
  }
  if (requirements.length === 0) return true;
  return canBeChosen(new Map([...choices].map(([id, possible]) => [id, new Set(possible)])), requirements);
}

/**
 * Whether each object can be given one of its choices so that all relations follow. Choices that no choice of a neighbour goes with are taken out
 * before and after each trial: without that, a caption that names one thing ten times would be compared in ten billion ways.
 */
function canBeChosen(choices: Choices, requirements: readonly Requirement[]): boolean {
  const left = narrow(choices, requirements);
  if (!left) return false;
  const open = requirements.flatMap(({ subject, object }) => [subject, object]).find((id) => left.get(id)!.size > 1);
  if (open === undefined) return true;
  return [...left.get(open)!].some((id) => canBeChosen(new Map(left).set(open, new Set([id])), requirements));
}

/** The choices that each relation leaves of its two ends; undefined where it leaves none. Back and forth, so that a chain takes two rounds. */
function narrow(choices: Choices, requirements: readonly Requirement[]): Choices | undefined {
  const left = new Map(choices);
  let order = requirements;
  for (let isStable = false; !isStable; order = order.toReversed()) {
    isStable = true;
    for (const { subject, object, pairs } of order) {
      const [from, to] = [left.get(subject)!, left.get(object)!];
      const possible = pairs.filter(([one, other]) => from.has(one) && to.has(other));
      if (possible.length === 0) return undefined;
      const fromLeft = new Set(possible.map(([one]) => one));
      const toLeft = new Set(possible.map(([, other]) => other));
      if (fromLeft.size === from.size && toLeft.size === to.size) continue;
      isStable = false;
      left.set(subject, fromLeft).set(object, toLeft);
    }
  }
  return left;
}

/** The objects of the graph among the choices of which a relation follows, stated so or the other way round. */
function followingPairs(
  predicate: string,
  from: readonly string[],
  to: readonly string[],
  graph: SceneGraph,
): (readonly [string, string])[] {
  const pairs: (readonly [string, string])[] = [];
  for (const { subject, predicate: stated, object } of graph.relations) {
    if (from.includes(subject) && to.includes(object) && entailsPredicate(stated, predicate))
      pairs.push([subject, object]);
    if (
      from.includes(object) &&
      to.includes(subject) &&
      entailsInverse(stated, predicate, areAlike(stated, subject, object, graph))
    ) {
      pairs.push([object, subject]);
    }
  }
  return pairs;
}

function areAlike(predicate: string, one: string, other: string, { objects }: SceneGraph): boolean {
  const nameOf = (id: string) => objects.find((object) => object.id === id)!.name;
  return areOfOneKindFor(predicate, nameOf(one), nameOf(other));
}

function entailsObject(stated: SceneObject, caption: string, candidate: SceneObject): boolean {
  return (
    entailsNoun(stated.name, candidate.name) &&
    (candidate.quantity === undefined || entailsQuantity(quantityOf(stated, caption), candidate.quantity)) &&
    candidate.attributes.every(({ name }) =>
      stated.attributes.some((attribute) => entailsAttribute(attribute.name, name)),
    )
  );
}

/** The quantity; "one" behind an indefinite article. */
function quantityOf({ quantity, phrase }: SceneObject, caption: string): string | undefined {
  if (quantity !== undefined || phrase === undefined) return quantity;
  return /^an?\s/i.test(caption.slice(phrase.start, phrase.start + 3)) ? "one" : undefined;
}
