import type { SceneGraph, SceneObject } from "@tesserae/scene-graph";
import type { Atom } from "../../candidates/atoms.js";
import { phraseOf } from "../../candidates/swaps.js";
import { type CreateNegativeOptions, createNegative } from "../../contract/create-negative.js";
import type { Negative } from "../../contract/negative.js";
import { endsInPerfect, inFormOf, verbForm } from "../../grammar/conjugate.js";
import { startsWithVerb } from "../../grammar/write-predicate.js";

/**
 * Denies an atom in place, where that reads: an attribute behind "is" ("a dog is not red"), a relation ("a dog not on
 * a box", "a dog does not sit on a box", "a man without a hat"), an object by its determiner where a sentence begins,
 * or behind "there is", "with" or "holds" ("no dog sits on a box", "a man wears no hat"). "A not red dog" and "on no
 * box" are no English that people write.
 */
export function negate(
  graph: SceneGraph,
  atom: Atom,
  kind: string,
  options: CreateNegativeOptions,
): Negative | undefined {
  if (atom.type === "object") return denyObject(graph, atom.object, kind, options);
  const { name, span } = atom;
  const before = graph.caption.slice(0, span.start);
  const surface = graph.caption.slice(span.start, span.end);
  const text = atom.type === "attribute" ? deniedAttribute(surface, before) : deniedRelation(name, surface, before);
  if (text === undefined) return undefined;
  return createNegative(graph, kind, [{ span, text, name: `not ${name}` }], { ...options, readGraph: keepFollowed });
}

/** The parser reads what is denied as not said, so the graph of a denial is the one that was followed. */
const keepFollowed = (_: string, followed: SceneGraph | undefined): SceneGraph => followed!;

function denyObject(
  graph: SceneGraph,
  object: SceneObject,
  kind: string,
  options: CreateNegativeOptions,
): Negative | undefined {
  const { start } = phraseOf(object);
  const determiner = /^(?:an?|the|some|one|two|three|four|five|several|many)(?=\s)/i.exec(graph.caption.slice(start));
  if (!determiner || !takesNo(graph, object, start)) return undefined;
  return createNegative(graph, kind, [{ span: { start, end: start + determiner[0].length }, text: "no" }], {
    ...options,
    readGraph: (_, followed) => ({
      ...followed!,
      objects: followed!.objects.map((other) => (other.id === object.id ? { ...other, quantity: "no" } : other)),
    }),
  });
}

/**
 * Whether "no" reads in the place of a determiner: where a sentence begins and one thing is named, behind "there is"
 * or "with", as what is had or held.
 */
function takesNo({ caption, relations }: SceneGraph, { id, span }: SceneObject, start: number): boolean {
  const before = caption.slice(0, start).trimEnd();
  if (before === "" || /[.!?]$/.test(before)) return !/^\s*(?:,|and\b|or\b|&)/i.test(caption.slice(span.end));
  if (/\b(?:there\s+(?:is|are|was|were)|with)$/i.test(before)) return true;
  return relations.some(
    ({ object, predicate, span: verb }) =>
      object === id && verb.end === before.length && /^(?:have|hold|carry|wear|contain|show|feature)$/.test(predicate),
  );
}

/** "is not red" */
const deniedAttribute = (surface: string, before: string): string | undefined =>
  /\b(?:is|are|was|were)\s+$/i.test(before) ? `not ${surface}` : undefined;

/**
 * "rides" becomes "does not ride", "ride" "do not ride", "rode" "did not ride", "with" "without"; anything else has
 * "not" in front, but "of" nothing.
 */
function deniedRelation(predicate: string, surface: string, before: string): string | undefined {
  if (predicate === "of") return undefined;
  if (surface.toLowerCase() === "with") return "without";
  const verb = predicate.split(" ")[0]!;
  const [written = "", ...rest] = surface.split(/\s+/);
  // "has attracted" has its auxiliary already, and so has "to ride".
  if (!startsWithVerb(predicate) || verb === "be" || endsInPerfect(before) || /\bto\s+$/i.test(before))
    return `not ${surface}`;
  const form = verbForm(written, verb);
  if (form === "present") return ["does not", verb, ...rest].join(" ");
  if (form === "base") return ["do not", verb, ...rest].join(" ");
  if (form === "past" && rest.length === 0 && inFormOf(verb, written, verb) === written.toLowerCase())
    return `did not ${verb}`;
  return `not ${surface}`;
}
