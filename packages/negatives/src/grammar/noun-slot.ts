import type { SceneGraph, SceneObject } from "@tesserae/scene-graph";
import { inNumber, isPlural, isUncountable } from "./inflect.js";

/** What the place of a noun in a caption asks of another noun. */
export interface NounSlot {
  readonly number: "singular" | "plural";
  /** "a", "one", "each": the noun must be counted. */
  readonly isCounted: boolean;
  /** A noun that is not counted stands without an article: only another such noun may. */
  readonly isBareMass: boolean;
}

/** The slot of an object's noun. */
export function slotOf(graph: SceneGraph, object: SceneObject): NounSlot {
  const surface = graph.caption.slice(object.span.start, object.span.end);
  const before = graph.caption.slice(Math.max(0, object.span.start - 40), object.span.start);
  const number = isPlural(surface, object.name, before) ? "plural" : "singular";
  const determiner = determinerOf(graph, object);
  return {
    number,
    isCounted: determiner !== undefined && /^(?:an?|one|each|every|another|either|neither|single)$/.test(determiner),
    isBareMass: number === "singular" && determiner === undefined && isUncountable(object.name),
  };
}

const determiners =
  /^(?:an?|the|this|that|these|those|one|each|every|another|either|neither|some|any|no|his|her|its|their|our|my|your|single)$/;

/** The first word of the noun phrase, or the word before it, where that is a determiner. */
function determinerOf(graph: SceneGraph, object: SceneObject): string | undefined {
  const start = Math.min(
    object.phrase?.start ?? object.span.start,
    object.span.start,
    ...object.attributes.filter(({ span }) => span.start < object.span.start).map(({ span }) => span.start),
  );
  const first = /^[\p{L}]+/u.exec(graph.caption.slice(start))?.[0].toLowerCase() ?? "";
  if (determiners.test(first)) return first;
  const previous = /([\p{L}]+)(?:['’]s)?\s+$/u.exec(graph.caption.slice(Math.max(0, start - 20), start));
  const word = previous?.[1]?.toLowerCase() ?? "";
  if (/['’]s\s+$/.test(previous?.[0] ?? "")) return "the";
  return determiners.test(word) ? word : undefined;
}

/** A noun as it would be written in a slot; undefined where it cannot stand there ("a luggage", "two waters"). */
export function writeInSlot(noun: string, slot: NounSlot): string | undefined {
  if (isUncountable(noun) ? slot.isCounted : slot.isBareMass) return undefined;
  return inNumber(noun, slot.number);
}
