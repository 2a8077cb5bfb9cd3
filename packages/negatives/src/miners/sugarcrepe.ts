import type { SceneGraph } from "@tesserae/scene-graph";
import { prepositions } from "@tesserae/scene-graph/lexicon";
import { shuffled } from "@tesserae/scene-graph/random";
import { type Atom, atoms, replaceAtom, takesOtherPredicate } from "../candidates/atoms.js";
import { attributeSwaps, excludeOneAnother, isBeforeFiniteVerb, nounSwaps } from "../candidates/swaps.js";
import { createMiner } from "../contract/create-miner.js";
import { createNegative } from "../contract/create-negative.js";
import type { Negative } from "../contract/negative.js";
import type { MineContext, NegativeMiner } from "../contract/negative-miner.js";
import { movedText } from "../edits/moved-text.js";
import { indefiniteArticle, isPluralOnly, isUncountable } from "../grammar/inflect.js";
import { startsWithVerb } from "../grammar/write-predicate.js";
import { attributeType, isSurprising } from "../guarantee/attributes.js";
import { type NounKind, nounKind, suitsNoun } from "../guarantee/noun-kind.js";
import { isPersonNoun } from "../guarantee/nouns.js";
import { isPlacePredicate } from "../guarantee/predicates.js";
import type { Vocabulary } from "../vocabulary/build-vocabulary.js";
import {
  drawAbsentAttribute,
  drawAbsentObject,
  drawAbsentPredicate,
  drawByFrequency,
  type Fit,
} from "../vocabulary/draw.js";
import { describeVocabulary, resolveVocabulary, type VocabularyOption } from "../vocabulary/resolve-vocabulary.js";

/** SugarCrepe's seven kinds. */
export const sugarcrepeForms = [
  "replace-object",
  "replace-attribute",
  "replace-relation",
  "swap-object",
  "swap-attribute",
  "add-object",
  "add-attribute",
] as const;

export type SugarcrepeForm = (typeof sugarcrepeForms)[number];

export interface SugarcrepeOptions {
  /** Where words are drawn from, by frequency, so that they are as usual as the caption's own; see `buildVocabulary`. */
  readonly vocabulary?: VocabularyOption;
  /** Default: all seven. One negative of each, where the caption has a place for it. */
  readonly forms?: readonly SugarcrepeForm[];
}

/**
 * SugarCrepe's kinds of hard negative (Hsieh et al., NeurIPS 2023): replace, swap and add, for objects, attributes and relations. Theirs are
 * written by ChatGPT and checked by people; these are made by rule, so they are less fluent, and an added object or attribute is only
 * unsaid, not surely absent (see `withoutFalseNegatives`). Balance them with `refine`.
 */
export function sugarcrepe({ vocabulary, forms = sugarcrepeForms }: SugarcrepeOptions = {}): NegativeMiner {
  return createMiner({
    name: "sugarcrepe",
    version: "5",
    options: { forms, vocabulary: describeVocabulary(vocabulary) },
    citation:
      "Hsieh et al. SugarCrepe: Fixing hackable benchmarks for vision-language compositionality. NeurIPS Datasets and Benchmarks 2023",
    mineOne: (graph, context) => {
      const words = resolveVocabulary(vocabulary, context, "sugarcrepe");
      return forms.map((form) => {
        for (const negative of makers[form](graph, words, context)) if (negative) return negative;
        return undefined;
      });
    },
  });
}

type Maker = (graph: SceneGraph, vocabulary: Vocabulary, context: MineContext) => Iterable<Negative | undefined>;

const makers: Record<SugarcrepeForm, Maker> = {
  "replace-object": function* (graph, { objects }, context) {
    for (const atom of atomsOf(graph, "object", context)) {
      const word = drawAbsentObject(objects, graph, context.rng, drawByFrequency, ofKind(nounKind(atom.name)));
      if (word !== undefined) yield replaceAtom(graph, atom, word, "replace-object", context);
    }
  },
  "replace-attribute": function* (graph, { attributes }, context) {
    for (const atom of atomsOf(graph, "attribute", context)) {
      const isFit = (name: string) =>
        suitsNoun(name, atom.object.name) || attributeType(name) === attributeType(atom.name);
      const word = drawAbsentAttribute(attributes, atom.object, graph, atom.name, context.rng, drawByFrequency, isFit);
      if (word !== undefined) yield replaceAtom(graph, atom, word, "replace-attribute", context);
    }
  },
  "replace-relation": function* (graph, { relations }, context) {
    for (const atom of atomsOf(graph, "relation", context)) {
      const fit = takesOtherPredicate(graph, atom) ? formOf(atom) : undefined;
      const word = fit && drawAbsentPredicate(relations, atom.name, context.rng, drawByFrequency, fit);
      if (word !== undefined) yield replaceAtom(graph, atom, word, "replace-relation", context);
    }
  },
  "swap-object": function* (graph, _, context) {
    for (const edits of shuffled(context.rng, nounSwaps(graph))) {
      yield createNegative(graph, "swap-object", edits, context);
    }
  },
  "swap-attribute": function* (graph, _, context) {
    for (const edits of shuffled(context.rng, attributeSwaps(graph, excludeOneAnother))) {
      yield createNegative(graph, "swap-attribute", edits, context);
    }
  },
  "add-object": addObject,
  "add-attribute": addAttribute,
};

/** Nouns of one kind: a person for a person, a place for a place. A colour that was read as a noun is none. */
const ofKind = (kind: NounKind): Fit => ({
  key: kind,
  isFit: (name) => nounKind(name) === kind && attributeType(name) !== "colour",
});

/** What a picture of this caption hardly shows besides: nothing of the kinds that it names, no place, nobody. */
function ofOtherKinds({ objects }: SceneGraph): Fit {
  const kinds = new Set<NounKind>(["place", ...objects.map(({ name }) => nounKind(name))]);
  return {
    key: `not ${[...kinds].sort().join(" ")}`,
    isFit: (name) => !kinds.has(nounKind(name)) && !isPersonNoun(name) && attributeType(name) !== "colour",
  };
}

/** Predicates of the form of one: a verb with an object or with a preposition where somebody does it, else a place. Undefined where none reads well. */
function formOf({ name, object }: Atom): Fit | undefined {
  const isVerb = startsWithVerb(name);
  const isTransitive = isVerb && !name.includes(" ");
  if (isVerb && nounKind(object.name) !== "being") return isTransitive ? undefined : place;
  if (isTransitive) return { key: "transitive", isFit: (word) => startsWithVerb(word) && !word.includes(" ") };
  return place;
}

const place: Fit = { key: "place", isFit: isPlacePredicate };

function atomsOf(graph: SceneGraph, type: "object" | "attribute" | "relation", { rng }: MineContext) {
  return shuffled(
    rng,
    atoms(graph).filter((atom) => atom.type === type),
  );
}

/** "a dog on a box" becomes "a dog on a box and a cat"; not behind the subject of a verb, which would then disagree. */
function* addObject(graph: SceneGraph, { objects }: Vocabulary, context: MineContext) {
  const subjects = new Set(graph.relations.map(({ subject }) => subject));
  for (const { span, object } of atomsOf(graph, "object", context)) {
    const after = graph.caption.slice(span.end);
    if (subjects.has(object.id) || isBeforeFiniteVerb(after) || !endsPhrase(after)) continue;
    const name = drawAbsentObject(objects, graph, context.rng, drawByFrequency, ofOtherKinds(graph));
    if (name === undefined || isUncountable(name) || isPluralOnly(name)) continue;
    const before = ` and ${indefiniteArticle(name)} `;
    const start = span.end + before.length;
    const added = { id: "added", name, attributes: [], span: { start, end: start + name.length } };
    yield createNegative(graph, "add-object", [{ span: { start: span.end, end: span.end }, text: before + name }], {
      ...context,
      addition: { objects: [added], relations: [] },
    });
  }
}

/** Whether nothing of the noun phrase follows: the text ends, a mark or a preposition comes. */
function endsPhrase(after: string): boolean {
  const word = /^\s+([\p{L}]+)/u.exec(after)?.[1]?.toLowerCase();
  return word === undefined
    ? !/^['’-]/.test(after)
    : prepositions.has(word) || /^(?:and|or|while|that|which|who|as|when)$/.test(word);
}

/** "a dog on a box" becomes "a dog on a red box". */
function* addAttribute(graph: SceneGraph, { attributes }: Vocabulary, context: MineContext) {
  for (const { span, object } of atomsOf(graph, "object", context)) {
    if (object.attributes.length > 0) continue;
    if (/\b(?:is|are|was|were|be|being)\s+$/i.test(graph.caption.slice(0, span.start))) continue;
    const isFit = (name: string) => isSurprising(name) && suitsNoun(name, object.name) && isOdd(name, object.name);
    const word = drawAbsentAttribute(attributes, object, graph, undefined, context.rng, drawByFrequency, isFit);
    if (word === undefined) continue;
    const text = `${word} ${movedText(graph.caption, span)}`;
    yield createNegative(graph, "add-attribute", [{ span, text, name: object.name }], {
      ...context,
      readGraph: (_, followed) => withAttribute(followed!, object.id, word),
    });
  }
}

/** Whether a thing is hardly so: a lifeless one may have any colour, of which a caption says nothing. */
const isOdd = (attribute: string, noun: string): boolean =>
  nounKind(noun) === "being" || attributeType(attribute) !== "colour";

/** The graph after an attribute was written in front of an object, whose span still covers both. */
function withAttribute(graph: SceneGraph, id: string, name: string): SceneGraph {
  return {
    ...graph,
    objects: graph.objects.map((object) => {
      if (object.id !== id) return object;
      const { start, end } = object.span;
      const attribute = { name, span: { start, end: start + name.length } };
      return { ...object, attributes: [attribute], span: { start: attribute.span.end + 1, end } };
    }),
  };
}
