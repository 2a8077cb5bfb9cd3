import {
  isPossessive,
  isPronoun,
  type SceneAttribute,
  type SceneGraph,
  type SceneObject,
  type Span,
} from "@tesserae/scene-graph";
import { type CreateNegativeOptions, createNegative } from "../contract/create-negative.js";
import type { Negative } from "../contract/negative.js";
import { startsSentence } from "../edits/moved-text.js";
import { isName } from "../grammar/conjugate.js";
import { isInSetPhrase, slotOf, writeInSlot } from "../grammar/noun-slot.js";
import { writePredicate } from "../grammar/write-predicate.js";
import { intransitiveParticiples } from "../guarantee/attribute-properties.js";
import { attributeType, isVacuousAttribute, standsAlone } from "../guarantee/attributes.js";
import { isPlaceNoun } from "../guarantee/nouns.js";
import { areCompatiblePredicates } from "../guarantee/predicates.js";

/** One thing that a caption says: an object, an attribute of one, or a relation. */
export interface Atom {
  readonly type: "object" | "attribute" | "relation";
  /** As the graph names it. */
  readonly name: string;
  readonly span: Span;
  /** The object, the attribute's object, or the relation's subject. */
  readonly object: SceneObject;
}

/**
 * All atoms of a caption that can be replaced: its objects but pronouns and nouns that place or count ("middle", "row"), their attributes but
 * those that say nothing ("other") or compare ("taller"), its relations but possessives ("'s", "his").
 */
export function atoms(graph: SceneGraph): Atom[] {
  const byId = new Map(graph.objects.map((object) => [object.id, object]));
  return [
    ...graph.objects
      .filter((object) => isMovable(graph, object))
      .map((object): Atom => ({ type: "object", name: object.name, span: object.span, object })),
    ...graph.objects.flatMap((object) =>
      object.attributes
        .filter((attribute) => isReplaceableAttribute(graph, attribute))
        .map(({ name, span }): Atom => ({ type: "attribute", name, span, object })),
    ),
    ...graph.relations.flatMap(({ subject, predicate, span }): Atom[] => {
      const object = byId.get(subject);
      return object && !isPossessive(predicate) && span.end > span.start
        ? [{ type: "relation", name: predicate, span, object }]
        : [];
    }),
  ];
}

/** Whether another predicate reads in front of what a relation leads to: not of a place ("in the middle"), nor of a colour that stands for clothes ("in green"). */
export function takesOtherPredicate({ objects, relations }: SceneGraph, { span, object }: Atom): boolean {
  const relation = relations.find((one) => one.subject === object.id && one.span.start === span.start);
  const name = objects.find(({ id }) => id === relation?.object)?.name ?? "";
  const first = name.slice(0, `${name} `.indexOf(" "));
  return !isPlaceNoun(first) && !/^(?:in|out)side$|^open$/.test(first) && attributeType(name) !== "colour";
}

/** Whether a noun can be replaced or moved: no pronoun, no noun that places or counts, no participle that was read as a noun. */
export function isReplaceableNoun(name: string): boolean {
  let known = replaceable.get(name);
  if (known === undefined) {
    if (replaceable.size > 20_000) replaceable.clear();
    known = !isPronoun(name) && !isPlaceNoun(name) && !isGerund(name.slice(name.lastIndexOf(" ") + 1));
    replaceable.set(name, known);
  }
  return known;
}

/** What is known of nouns: it is asked for every candidate. */
const replaceable = new Map<string, boolean>();

const isGerund = (word: string): boolean => /[a-z]{3}ing$/.test(word) && !nounsInIng.test(word);

/**
 * Whether an object's noun can be replaced or moved in its caption: what `isReplaceableNoun` says, no name ("James")
 * and no part of a set phrase ("in bed", "in full run"). Of the "whole" noun phrase it is enough that it tells more
 * than the noun: "in fresh snow" may become "in a dog".
 */
export function isMovable(graph: SceneGraph, object: SceneObject, moved: "noun" | "whole" = "noun"): boolean {
  const { caption } = graph;
  const { name, span } = object;
  const isIdiom = name === "face" && /^\s+(?:down|first|up)\b/.test(caption.slice(span.end));
  return (
    isReplaceableNoun(name) && !isIdiom && !isNameAt(caption, span) && !isInSetPhrase(graph, object, moved === "noun")
  );
}

/** A capital within a sentence, or a known name at its start; in a caption that is capitalised throughout a capital tells nothing. */
function isNameAt(caption: string, span: Span): boolean {
  const word = /^[\p{L}]+/u.exec(caption.slice(span.start))?.[0] ?? "";
  if (!/^\p{Lu}/u.test(word)) return false;
  const words = caption.match(/\p{L}+/gu) ?? [];
  if (words.filter((other) => /^\p{Lu}/u.test(other)).length * 2 > words.length) return false;
  return startsSentence(caption, span.start) ? isName(word) : true;
}

const nounsInIng =
  /^(?:building|ceiling|railing|clothing|string|wing|ring|king|spring|sling|swing|painting|drawing|topping|frosting|icing|awning|evening|morning|wedding|crossing|dressing|stuffing|pudding|dumpling|earring|sibling|duckling|lightning|landing|opening|siding|bedding|carving|marking|parking|viking|herring|sapling|offspring|seasoning|filling|covering|meeting|being|thing|something|anything|nothing|everything)$/;

/** Whether an attribute can be replaced or moved. */
export function isReplaceableAttribute(graph: SceneGraph, { name, span }: SceneAttribute): boolean {
  return !isVacuousAttribute(name) && !isComparison(graph.caption, span);
}

/** Comparatives and superlatives: "taller (than)", "smallest". */
function isComparison(caption: string, { start, end }: Span): boolean {
  const surface = caption.slice(start, end).toLowerCase();
  return (
    /^(?:more|most|less|least)\b/.test(surface) ||
    /^\s+than\b/i.test(caption.slice(end)) ||
    /\b(?:more|most|less|least|as|so|too|very)\s+$/i.test(caption.slice(Math.max(0, start - 6), start)) ||
    /^(?:tall|short|small|larg|bigg|old|young|long|high|low|dark|light|wid|narrow|thick|thinn|fast|slow|bright|deep|heavi|fatt|strong|clean|clos|fin|great)e(?:r|st)$/.test(
      surface,
    )
  );
}

/**
 * Whether another attribute reads in the place of one: in front of its noun any that stands alone; behind it a participle for a participle ("a man
 * standing"), since no other word could follow there.
 */
export function fitsAttribute(
  graph: SceneGraph,
  object: SceneObject,
  attribute: Pick<SceneAttribute, "name" | "span">,
  word: string,
): boolean {
  if (!standsAlone(word)) return false;
  if (attribute.span.end <= object.span.start) return true;
  const isParticiple = /ing$/.test(attribute.name);
  if (isParticiple || intransitiveParticiples.has(word)) return isParticiple && intransitiveParticiples.has(word);
  return (
    /\b(?:is|are|was|were|and|looks?|be|being)\s+$/i.test(graph.caption.slice(0, attribute.span.start)) &&
    !/ed$/.test(attribute.name)
  );
}

/**
 * Puts another word in the place of an atom: an object in its number ("dogs" by "fox": "foxes"), a predicate in the form of the verb
 * ("rides" by "hold": "holds"). Undefined where the result would be no negative, would not agree, or where both words may be true of the same thing.
 */
export function replaceAtom(
  graph: SceneGraph,
  { type, name, span, object }: Atom,
  word: string,
  kind: string,
  options: CreateNegativeOptions,
): Negative | undefined {
  if (type === "object") {
    const text = writeInSlot(word, slotOf(graph, object));
    if (text !== undefined) return createNegative(graph, kind, [{ span, text, name: word }], options);
    options.reject?.("does not agree");
    return undefined;
  }
  if (type === "attribute") {
    if (fitsAttribute(graph, object, { name, span }, word)) {
      return createNegative(graph, kind, [{ span, text: word, name: word }], options);
    }
    options.reject?.("does not agree");
    return undefined;
  }
  const written = writePredicate(
    word,
    name,
    graph.caption.slice(span.start, span.end),
    graph.caption.slice(0, span.start),
  );
  if (written !== undefined && !areCompatiblePredicates(written.name, name)) {
    return createNegative(graph, kind, [{ span, ...written }], options);
  }
  options.reject?.(written === undefined ? "does not agree" : "may be true of the image");
  return undefined;
}
