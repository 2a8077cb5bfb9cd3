import { isPronoun, type SceneAttribute, type SceneGraph, type SceneObject, type Span } from "@tesserae/scene-graph";
import type { GraphEdit } from "../edits/derive-graph.js";
import { inNumberOf } from "../grammar/inflect.js";

/** Two spans that may change places. */
export type Swap = readonly [Span, Span];

/** For every two objects, the pairs of attributes that only one of the two has. */
export function attributeSwaps(graph: SceneGraph): Swap[] {
  return pairs(graph.objects).flatMap(([one, other]) =>
    ownAttributes(one, other).flatMap((a) => ownAttributes(other, one).map((b): Swap => [a.span, b.span])),
  );
}

/** For every two objects of different names, pronouns left out, the edits that exchange their nouns, each in the number of its new place. */
export function nounSwaps(graph: SceneGraph): (readonly [GraphEdit, GraphEdit])[] {
  const put = (moved: SceneObject, place: SceneObject): GraphEdit => {
    const surface = graph.caption.slice(place.span.start, place.span.end);
    return { span: place.span, text: inNumberOf(moved.name, surface, place.name), from: moved.span };
  };
  const nouns = graph.objects.filter(({ name }) => !isPronoun(name));
  return pairs(nouns).flatMap(([one, other]) =>
    one.name === other.name ? [] : [[put(other, one), put(one, other)] as const],
  );
}

/** Every two different predicates. */
export function relationSwaps(graph: SceneGraph): Swap[] {
  return pairs(graph.relations).flatMap(([one, other]) =>
    one.predicate === other.predicate ? [] : [[one.span, other.span]],
  );
}

function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((one, i) => items.slice(i + 1).map((other): [T, T] => [one, other]));
}

function ownAttributes(object: SceneObject, other: SceneObject): readonly SceneAttribute[] {
  return object.attributes.filter(({ name }) => !other.attributes.some((attribute) => attribute.name === name));
}

/** The whole noun phrase; without one, the span from the first attribute in front of the head to the head. */
export function phraseOf(object: SceneObject): Span {
  if (object.phrase) return object.phrase;
  const starts = object.attributes.map(({ span }) => span.start).filter((start) => start < object.span.start);
  return { start: Math.min(object.span.start, ...starts), end: object.span.end };
}
