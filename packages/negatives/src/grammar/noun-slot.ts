import type { SceneGraph, SceneObject } from "@tesserae/scene-graph";
import { prepositions } from "@tesserae/scene-graph/lexicon";
import { attributeType } from "../guarantee/attributes.js";
import { nounKind } from "../guarantee/noun-kind.js";
import { countsMany } from "../guarantee/quantities.js";
import { inNumber, isPlural, isUncountable } from "./inflect.js";

/** What the place of a noun in a caption asks of another noun. */
export interface NounSlot {
  readonly number: "singular" | "plural";
  /** "a", "one", "each": the noun must be counted. */
  readonly isCounted: boolean;
  /** A noun that is not counted stands without an article: only another such noun may. */
  readonly isBareMass: boolean;
  /** A noun that is counted stands without an article: "cat on a shelf". */
  readonly isBare: boolean;
  /** "who" follows: the noun must live. */
  readonly isLiving: boolean;
}

/** The slot of an object's noun. */
export function slotOf(graph: SceneGraph, object: SceneObject): NounSlot {
  const surface = graph.caption.slice(object.span.start, object.span.end);
  const before = graph.caption.slice(Math.max(0, object.span.start - 40), object.span.start);
  // An animal may be written in the singular: "four zebra", "the seven sheep"; "number 41 bus" is one.
  const isMany = object.quantity !== undefined && countsMany(object.quantity) && nounKind(object.name) === "being";
  const number = isMany || isPlural(surface, object.name, before) ? "plural" : "singular";
  const determiner = determinerOf(graph, object);
  const isWithoutArticle = number === "singular" && determiner === undefined;
  return {
    number,
    isCounted: determiner !== undefined && /^(?:an?|one|each|every|another|either|neither|single)$/.test(determiner),
    isBareMass: isWithoutArticle && isUncountable(object.name),
    isBare: isWithoutArticle && !isUncountable(object.name),
    isLiving: graph.caption.startsWith(" who ", object.span.end),
  };
}

const determiners =
  /^(?:an?|the|this|that|these|those|one|each|every|another|either|neither|some|any|no|his|her|its|their|our|my|your|single)$/;

/** Where the noun phrase begins. */
function startOf({ phrase, span, attributes }: SceneObject): number {
  const inFront = attributes.filter((attribute) => attribute.span.start < span.start);
  return Math.min(phrase?.start ?? span.start, span.start, ...inFront.map((attribute) => attribute.span.start));
}

/** The first word of the noun phrase, or the word before it, where that is a determiner. */
function determinerOf(graph: SceneGraph, object: SceneObject): string | undefined {
  const start = startOf(object);
  const first = /^[\p{L}]+/u.exec(graph.caption.slice(start))?.[0].toLowerCase() ?? "";
  if (determiners.test(first)) return first;
  const previous = /([\p{L}]+)(?:['’]s)?\s+$/u.exec(graph.caption.slice(Math.max(0, start - 20), start));
  const word = previous?.[1]?.toLowerCase() ?? "";
  if (/['’]s\s+$/.test(previous?.[0] ?? "")) return "the";
  return determiners.test(word) ? word : undefined;
}

/**
 * Whether a noun stands bare behind a preposition or a verb though its caption has articles: "in bed", "at bat",
 * "takes turn" are phrases of their own, in which no other noun reads, and so is a colour ("in black"). Food does
 * stand so ("with pizza"), and what "of" or "and" joins.
 *
 * @param isDescribedToo whether a noun with an attribute counts too: "in full run"
 */
export function isInSetPhrase(graph: SceneGraph, object: SceneObject, isDescribedToo = true): boolean {
  if (!slotOf(graph, object).isBare) return false;
  if (attributeType(object.name) === "colour") return true;
  if (nounKind(object.name) === "food" || !/\b(?:an?|the|his|her|its|their)\s/i.test(graph.caption)) return false;
  const start = startOf(object);
  if (!isDescribedToo && start < object.span.start) return false;
  const previous = /([\p{L}]+)\s+$/u.exec(graph.caption.slice(0, start))?.[1]?.toLowerCase() ?? "";
  return previous !== "of" && (prepositions.has(previous) || /(?:ing|[^s]s)$/.test(previous));
}

/** Whether a noun lives where "who" asks for it: no "box who". */
export function livesInSlot(noun: string, slot: NounSlot): boolean {
  return !slot.isLiving || nounKind(noun) === "being";
}

/** Whether a noun can stand in a slot in some number: no "a luggage", no "box who". */
export function fitsSlot(noun: string, slot: NounSlot): boolean {
  return livesInSlot(noun, slot) && !(isUncountable(noun) ? slot.isCounted : slot.isBareMass);
}

/** A noun as it would be written in a slot; undefined where it cannot stand there ("a luggage", "two waters"). */
export function writeInSlot(noun: string, slot: NounSlot): string | undefined {
  return fitsSlot(noun, slot) ? inNumber(noun, slot.number) : undefined;
}
