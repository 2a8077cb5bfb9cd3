import {
  isPossessive,
  type SceneAttribute,
  type SceneGraph,
  type SceneObject,
  type SceneRelation,
  type Span,
} from "@tesserae/scene-graph";
import { containers, determiners, numberOf, prepositions } from "@tesserae/scene-graph/lexicon";
import { swapEdits } from "../edits/apply-edits.js";
import type { GraphEdit } from "../edits/derive-graph.js";
import { movedText, startsSentence } from "../edits/moved-text.js";
import { headOf } from "../grammar/inflect.js";
import { fitsSlot, livesInSlot, slotOf, writeInSlot } from "../grammar/noun-slot.js";
import { startsWithVerb } from "../grammar/write-predicate.js";
import { attributeType, excludesAttribute, standsAlone } from "../guarantee/attributes.js";
import { joinsEvenly } from "../guarantee/joins-evenly.js";
import { nounKind } from "../guarantee/noun-kind.js";
import { areCompatiblePredicates } from "../guarantee/predicates.js";
import { isMovable, isReplaceableAttribute } from "./atoms.js";

/** The edits that exchange two spans. */
export type SwapEdits = readonly [GraphEdit, GraphEdit];

/** Asks of two attributes whether they may change places. */
export type AttributeTest = (a: SceneAttribute, b: SceneAttribute) => boolean;

/**
 * Whether neither of two attributes can be had where the other is: a colour and another colour, or two words that the
 * tables lack. What is black by a large mirror may be large by a black one too.
 */
export const excludeOneAnother: AttributeTest = (a, b) =>
  excludesAttribute(a.name, b.name) || (attributeType(a.name) ?? attributeType(b.name)) === undefined;

/** For every two objects, the exchanges of attributes that only one of the two has, both in front of their nouns or both behind. */
export function attributeSwaps(graph: SceneGraph, mayChange: AttributeTest = () => true): SwapEdits[] {
  return pairs(graph.objects).flatMap(([one, other]) =>
    ownAttributes(graph, one, other).flatMap((a) =>
      ownAttributes(graph, other, one)
        .filter((b) => isInFront(a, one) && isInFront(b, other) && takes(one, a, b) && takes(other, b, a))
        .filter((b) => mayChange(a, b))
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
  if (isSameNumber ? !fitsSlot(moved.name, slot) : written === undefined) return undefined;
  return { span: place.span, text: isSameNumber ? movedText(graph.caption, moved.span) : written!, from: moved.span };
}

/**
 * Every two predicates of one form that cannot hold at once: two of a verb, or two prepositions ("on" and "under",
 * not "on" and "at").
 */
export function relationSwaps(graph: SceneGraph): SwapEdits[] {
  const relations = graph.relations.filter(({ predicate }) => !isPossessive(predicate));
  return pairs(relations).flatMap(([one, other]) =>
    areCompatiblePredicates(one.predicate, other.predicate) || !areAlike(graph, one, other)
      ? []
      : [swapEdits(graph.caption, one.span, other.span)],
  );
}

/**
 * For every relation between nouns that does not hold both ways, the exchange of the phrases of its two ends; of the
 * nouns alone in a possession ("a child's dog") and where an article or a verb would no longer agree. Contents are
 * left with their container ("a plate of food" is food of a plate too).
 */
export function phraseSwaps(graph: SceneGraph): SwapEdits[] {
  const objects = new Map(graph.objects.map((object) => [object.id, object]));
  return graph.relations.flatMap((relation): SwapEdits[] => {
    const { predicate } = relation;
    const from = objects.get(relation.subject);
    const to = objects.get(relation.object);
    if (!from || !to || from === to || !isMovable(graph, from, "whole") || !isMovable(graph, to, "whole")) return [];
    if (joinsEvenly(graph, relation, from, to)) return [];
    if (predicate === "of" && holdsContents(graph, from, to)) return [];
    if (hasApostrophe(graph, from) && nounKind(from.name) !== nounKind(to.name)) return [];
    // Determiners stay where a noun moves alone, so that it takes the number of its place: "a man stretching his arms" has no "an arms".
    if (isPossessive(predicate) || !agreeWhenMoved(graph, from, to))
      return isMovable(graph, from) && isMovable(graph, to) ? (nounSwap(graph, from, to) ?? []) : [];
    return [swapEdits(graph.caption, phraseOf(from), phraseOf(to))];
  });
}

/**
 * Whether two noun phrases read when they change places: verbs go on agreeing, since both are of one number or no
 * finite verb stands by either; neither or both begin a sentence without an article, neither stands behind "'s"; what
 * lives stays before "who", and what is not yet known behind "there is".
 */
export function agreeWhenMoved(graph: SceneGraph, one: SceneObject, other: SceneObject): boolean {
  const [a, b] = [slotOf(graph, one), slotOf(graph, other)];
  if (opensBare(graph, one) !== opensBare(graph, other) || !livesInSlot(other.name, a) || !livesInSlot(one.name, b))
    return false;
  if (isOwned(graph, one) || isOwned(graph, other)) return false;
  if ((isIntroduced(graph, one) && isKnown(graph, other)) || (isIntroduced(graph, other) && isKnown(graph, one)))
    return false;
  if (a.number === b.number) return true;
  return ![one, other].some((object) => {
    const after = graph.caption.slice(object.span.end, object.span.end + 40);
    return isIntroduced(graph, object) || /^(?:,|\s+of\s)/.test(after) || isBeforeFiniteVerb(after);
  });
}

/** Whether "of" joins a container or a measure and what it holds: "a plate of food", "a game of chess". */
function holdsContents(graph: SceneGraph, { name }: SceneObject, contents: SceneObject): boolean {
  const { isBare, isBareMass } = slotOf(graph, contents);
  return isBare || isBareMass || containers.has(headOf(name));
}

/** Whether a noun that is counted begins a sentence without an article, as in "cat on a shelf" or "group of cats". */
function opensBare(graph: SceneGraph, object: SceneObject): boolean {
  const { start } = phraseOf(object);
  if (!startsSentence(graph.caption, start)) return false;
  const [opening = "", first = ""] = /^(\p{L}+)\b.*\bof\s+/u.exec(graph.caption.slice(start, object.span.start)) ?? [];
  const isBareGroup = opening !== "" && !determiners.has(first.toLowerCase()) && numberOf(first) === undefined;
  return isBareGroup || slotOf(graph, object).isBare;
}

/** Whether a noun owns what follows: "the girl" of "the girl's hat". */
const hasApostrophe = ({ caption }: SceneGraph, { span }: SceneObject): boolean =>
  /^['’]/.test(caption.slice(span.end));

/** Whether "'s" of an owner stands in front of a noun phrase, which then has no article. */
const isOwned = ({ caption }: SceneGraph, object: SceneObject): boolean =>
  /(?<!\b(?:there|here|it|he|she|that|who))['’]s?\s+$/i.test(caption.slice(0, phraseOf(object).start));

/** Whether "there is" stands in front of a noun phrase. */
const isIntroduced = ({ caption }: SceneGraph, object: SceneObject): boolean =>
  /\bthere(?:\s+(?:is|are|was|were)|['’]s)\s+$/i.test(caption.slice(0, phraseOf(object).start));

/** Whether a noun phrase names what is known already: "the sand", "his arm". */
const isKnown = ({ caption }: SceneGraph, object: SceneObject): boolean =>
  /^(?:the|this|that|these|those|his|her|its|their)\s/i.test(caption.slice(phraseOf(object).start));

/** Whether a verb that agrees in number follows. */
export function isBeforeFiniteVerb(caption: string): boolean {
  const [, word = "", next = ""] = /^\s+(?:(?:that|who|which)\s+)?([\p{L}]+)(?:\s+([\p{L}]+))?/u.exec(caption) ?? [];
  if (/^(?:is|are|was|were|has|have|do|does)$/i.test(word)) return true;
  if (/[^s]s$/.test(word) && !prepositions.has(word)) return true;
  return (
    !/(?:ing|[^e]ed|en)$/.test(word) && !prepositions.has(word) && (determiners.has(next) || prepositions.has(next))
  );
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
