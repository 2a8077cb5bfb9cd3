import { parse, type SceneGraph } from "@tesserae/scene-graph";
import { shuffled } from "@tesserae/scene-graph/random";
import { type Atom, atoms, replaceAtom } from "../../candidates/atoms.js";
import { attributeSwaps, excludeOneAnother, nounSwaps, relationSwaps } from "../../candidates/swaps.js";
import { createMiner } from "../../contract/create-miner.js";
import { createNegative } from "../../contract/create-negative.js";
import type { Negative } from "../../contract/negative.js";
import type { MineContext, NegativeMiner, Rng } from "../../contract/negative-miner.js";
import { indefiniteArticle, isPluralOnly, isUncountable } from "../../grammar/inflect.js";
import type { Vocabulary } from "../../vocabulary/build-vocabulary.js";
import { drawAbsentAttribute, drawAbsentObject, drawAbsentPredicate } from "../../vocabulary/draw.js";
import { pick } from "../../vocabulary/random.js";
import { describeVocabulary, resolveVocabulary, type VocabularyOption } from "../../vocabulary/resolve-vocabulary.js";
import { negate } from "./negate.js";

/** CREPE's kinds of foil. */
export const crepeForms = ["atom", "swap", "negation", "compound"] as const;

export type CrepeForm = (typeof crepeForms)[number];

export interface CrepeOptions {
  /** Where foils are drawn from, uniformly; see `buildVocabulary`. Default "corpus": the vocabulary of the context. */
  readonly vocabulary?: VocabularyOption;
  /** Default: all four. */
  readonly forms?: readonly CrepeForm[];
  /** Negatives of each form. Default 1. */
  readonly each?: number;
}

/**
 * CREPE's foils (Ma et al., CVPR 2023; the generator was never released, so the rules are made after the paper's
 * definitions): "atom" replaces an object, attribute or relation; "swap" exchanges two objects, two attributes or two
 * relations; "negation" denies an atom ("no", "not", "without"); "compound" joins two compounds of the caption, each
 * with one atom replaced: "a red mall and a blue sidewalk". Reconstructed: an attribute's foil is of its type (a
 * colour for a colour), and where the word of denial stands.
 */
export function crepe({ vocabulary, forms = crepeForms, each = 1 }: CrepeOptions = {}): NegativeMiner {
  const words = (context: MineContext) => resolveVocabulary(vocabulary, context, "crepe");
  const makers: Record<CrepeForm, (graph: SceneGraph, context: MineContext) => Iterable<Negative | undefined>> = {
    atom: (graph, context) => atomFoils(graph, words(context), context),
    swap: swapFoils,
    negation: negations,
    compound: (graph, context) => compoundFoils(graph, words(context), context),
  };
  return createMiner({
    name: "crepe",
    version: "5",
    options: { forms, each, vocabulary: describeVocabulary(vocabulary) },
    citation: "Ma et al. CREPE: Can vision-language foundation models reason compositionally? CVPR 2023",
    mineOne: (graph, context) => forms.flatMap((form) => firstFound(makers[form](graph, context), each)),
  });
}

/** The first `count` negatives; no more are made than needed. */
function firstFound(candidates: Iterable<Negative | undefined>, count: number): Negative[] {
  const found: Negative[] = [];
  for (const negative of candidates) {
    if (found.length >= count) break;
    if (negative) found.push(negative);
  }
  return found;
}

function* atomFoils(graph: SceneGraph, vocabulary: Vocabulary, context: MineContext) {
  for (const atom of shuffled(context.rng, atoms(graph))) {
    const foil = drawFoil(atom, graph, vocabulary, context.rng);
    if (foil !== undefined) yield replaceAtom(graph, atom, foil, `atom-${atom.type}`, context);
  }
}

function* swapFoils(graph: SceneGraph, context: MineContext) {
  const swaps = [
    ...nounSwaps(graph).map((edits) => ({ kind: "swap-objects", edits })),
    ...attributeSwaps(graph, excludeOneAnother).map((edits) => ({ kind: "swap-attributes", edits })),
    ...relationSwaps(graph).map((edits) => ({ kind: "swap-relations", edits })),
  ];
  for (const { kind, edits } of shuffled(context.rng, swaps)) yield createNegative(graph, kind, edits, context);
}

function* negations(graph: SceneGraph, context: MineContext) {
  for (const atom of shuffled(context.rng, atoms(graph))) yield negate(graph, atom, `negate-${atom.type}`, context);
}

/** A compound is an attribute and its object; each of the two has one of them replaced. */
function* compoundFoils(graph: SceneGraph, vocabulary: Vocabulary, context: MineContext) {
  const compounds = shuffled(
    context.rng,
    atoms(graph).filter(({ type }) => type === "attribute"),
  );
  for (const first of compounds) {
    const second = pick(compounds, context.rng)!;
    const objectFoil = drawFoil({ ...first, type: "object", name: first.object.name }, graph, vocabulary, context.rng);
    const attributeFoil = drawFoil(second, graph, vocabulary, context.rng);
    if (objectFoil === undefined || attributeFoil === undefined) continue;
    const text = `${phrase(first.name, objectFoil)} and ${phrase(attributeFoil, second.object.name)}`;
    const end = graph.caption.replace(/[\s.!?]+$/, "").length;
    yield createNegative(graph, "compound", [{ span: { start: 0, end }, text }], { ...context, readGraph: parse });
  }
}

const phrase = (attribute: string, noun: string) => {
  const words = `${attribute} ${noun}`;
  return isUncountable(noun) || isPluralOnly(noun) ? words : `${indefiniteArticle(attribute)} ${words}`;
};

function drawFoil(atom: Atom, graph: SceneGraph, vocabulary: Vocabulary, rng: Rng): string | undefined {
  const { type, name, object } = atom;
  if (type === "object") return drawAbsentObject(vocabulary.objects, graph, rng);
  if (type === "relation") return drawAbsentPredicate(vocabulary.relations, name, rng);
  return drawAbsentAttribute(vocabulary.attributes, object, graph, name, rng);
}
