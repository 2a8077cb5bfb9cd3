import {
  isPossessive,
  type SceneAttribute,
  type SceneGraph,
  type SceneObject,
  type SceneRelation,
  type Span,
} from "@tesserae/scene-graph";
import { determiners, prepositions } from "@tesserae/scene-graph/lexicon";
import { swapEdits } from "../edits/apply-edits.js";
import type { GraphEdit } from "../edits/derive-graph.js";
import { movedText } from "../edits/moved-text.js";
import { isUncountable } from "../grammar/inflect.js";
import { slotOf, writeInSlot } from "../grammar/noun-slot.js";
import { startsWithVerb } from "../grammar/write-predicate.js";
import { excludesAttribute, standsAlone } from "../guarantee/attributes.js";
import { areOfOneKind } from "../guarantee/nouns.js";
import { isSymmetric } from "../guarantee/predicates.js";
import { isMovable, isReplaceableAttribute } from "./atoms.js";

/** The edits that exchange two spans. */
export type SwapEdits = readonly [GraphEdit, GraphEdit];

/** For every two objects, the exchanges of attributes that only one of the two has, both in front of their nouns or both behind. */
export function attributeSwaps(graph: SceneGraph): SwapEdits[] {
  return pairs(graph.objects).flatMap(([one, other]) =>
    ownAttributes(graph, one, other).flatMap((a) =>
      ownAttributes(graph, other, one)
        .filter((b) => isInFront(a, one) && isInFront(b, other) && takes(one, a, b) && takes(other, b, a))
        .map((b) => swapEdits(graph.caption, a.span, b.span)),
    ),
  );
}

/** For every two objects of different names the exchange of their nouns, each in the number of its new place, where both can stand there. */
export function nounSwaps(graph: SceneGraph): SwapEdits[] {
  const nouns = graph.objects.filter((object) => isMovable(graph, object));
  return pairs(nouns).flatMap(([one, other]) => nounSwap(graph, one, other) ?? []);
}

function nounSwap(graph: SceneGraph, one: SceneObject, other: SceneObject): [SwapEdits] | undefined {
  if (one.name === other.name) return undefined;
  const first = putNoun(graph, other, one);
  const second = putNoun(graph, one, other);
  return first && second ? [[first, second]] : undefined;
}

function putNoun(graph: SceneGraph, moved: SceneObject, place: SceneObject): GraphEdit | undefined {
  const slot = slotOf(graph, place);
  const isSameNumber = slotOf(graph, moved).number === slot.number;
  const written = writeInSlot(moved.name, slot);
  const isRefused = isSameNumber
    ? isUncountable(moved.name)
      ? slot.isCounted
      : slot.isBareMass
    : written === undefined;
  if (isRefused) return undefined;
  return { span: place.span, text: isSameNumber ? movedText(graph.caption, moved.span) : written!, from: moved.span };
}

/** Every two different predicates of one form: two of a verb, or two prepositions. */
export function relationSwaps(graph: SceneGraph): SwapEdits[] {
  const relations = graph.relations.filter(({ predicate }) => !isPossessive(predicate));
  return pairs(relations).flatMap(([one, other]) =>
    one.predicate === other.predicate || !areAlike(graph, one, other)
      ? []
      : [swapEdits(graph.caption, one.span, other.span)],
  );
}

/**
 * For every relation between nouns that does not hold both ways, the exchange of the phrases of its two ends; of the nouns alone in a possession ("a
 * child's swing") and where a verb would no longer agree.
 */
export function phraseSwaps(graph: SceneGraph): SwapEdits[] {
  const objects = new Map(graph.objects.map((object) => [object.id, object]));
  return graph.relations.flatMap(({ subject, predicate, object }): SwapEdits[] => {
    const from = objects.get(subject);
    const to = objects.get(object);
    if (!from || !to || from === to || !isMovable(graph, from) || !isMovable(graph, to)) return [];
    if (isSymmetric(predicate, areOfOneKind(from.name, to.name))) return [];
    // Determiners stay where a noun moves alone, so that it takes the number of its place: "a man stretching his arms" has no "an arms".
    if (isPossessive(predicate) || !agreeWhenMoved(graph, from, to)) return nounSwap(graph, from, to) ?? [];
    return [swapEdits(graph.caption, phraseOf(from), phraseOf(to))];
  });
}

/** Whether verbs go on agreeing when two noun phrases change places: both are of one number, or no finite verb follows either. */
export function agreeWhenMoved(graph: SceneGraph, one: SceneObject, other: SceneObject): boolean {
  if (slotOf(graph, one).number === slotOf(graph, other).number) return true;
  return ![one, other].some(({ span }) => isBeforeFiniteVerb(graph.caption.slice(span.end, span.end + 40)));
}

/** Whether a verb that agrees in number follows. */
export function isBeforeFiniteVerb(caption: string): boolean {
  const [, word = "", next = ""] = /^\s+(?:(?:that|who|which)\s+)?([\p{L}]+)(?:\s+([\p{L}]+))?/u.exec(caption) ?? [];
  if (/^(?:is|are|was|were|has|have|do|does)$/i.test(word)) return true;
  if (/[^s]s$/.test(word) && !prepositions.has(word)) return true;
  return !/(?:ing|ed|en)$/.test(word) && !prepositions.has(word) && (determiners.has(next) || prepositions.has(next));
}

function areAlike(graph: SceneGraph, one: SceneRelation, other: SceneRelation): boolean {
  const [a, b] = [one, other].map(({ span, predicate }) => {
    const words = graph.caption.slice(span.start, span.end).toLowerCase().split(/\s+/);
    const ending = /(?:ing|ed|s)$/.exec(words[0]!)?.[0] ?? "";
    return startsWithVerb(predicate) ? `verb ${ending} ${words.length > 1}` : "preposition";
  });
  return a === b;
}

function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((one, i) => items.slice(i + 1).map((other): [T, T] => [one, other]));
}

function ownAttributes(graph: SceneGraph, object: SceneObject, other: SceneObject): readonly SceneAttribute[] {
  return object.attributes.filter(
    (attribute) =>
      isReplaceableAttribute(graph, attribute) &&
      standsAlone(attribute.name) &&
      !other.attributes.some(({ name }) => name === attribute.name),
  );
}

/** Whether an object can have a new attribute in place of one: nothing is red and blue. */
function takes({ attributes }: SceneObject, old: SceneAttribute, added: SceneAttribute): boolean {
  return !attributes.some((held) => held !== old && excludesAttribute(held.name, added.name));
}

const isInFront = ({ span }: SceneAttribute, object: SceneObject) => span.end <= object.span.start;

/** The whole noun phrase; without one, the span from the first attribute in front of the head to the head. */
export function phraseOf(object: SceneObject): Span {
  if (object.phrase) return object.phrase;
  const starts = object.attributes.map(({ span }) => span.start).filter((start) => start < object.span.start);
  return { start: Math.min(object.span.start, ...starts), end: object.span.end };
}
