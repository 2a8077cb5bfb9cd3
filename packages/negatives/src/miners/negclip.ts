import { type SceneGraph, type SceneObject, type Span, type Token, tag } from "@tesserae/scene-graph";
import { shuffled } from "@tesserae/scene-graph/random";
import { isMovable, isReplaceableAttribute } from "../candidates/atoms.js";
import { agreeWhenMoved } from "../candidates/swaps.js";
import { createMiner } from "../contract/create-miner.js";
import { createNegative } from "../contract/create-negative.js";
import type { Negative } from "../contract/negative.js";
import type { NegativeMiner } from "../contract/negative-miner.js";
import type { GraphEdit } from "../edits/derive-graph.js";
import { movedText } from "../edits/moved-text.js";
import { type NounSlot, slotOf, writeInSlot } from "../grammar/noun-slot.js";

export type NegclipGroup = "noun-phrase" | "verb-phrase" | "noun" | "plural-noun" | "adverb" | "adjective";

export interface NegclipOptions {
  /** At most this many negatives a caption. Default 5, as in the authors' file. */
  readonly maxNegatives?: number;
  /** Which groups of spans are swapped. Default: all six. */
  readonly groups?: readonly NegclipGroup[];
}

interface Word {
  readonly span: Span;
  /** The lemma of the head. */
  readonly lemma: string;
  /** The object that it names or describes. */
  readonly object?: SceneObject;
  /** Of a verb its form and what it takes: only verbs of one frame change places. */
  readonly frame?: string;
}

interface Swap {
  readonly group: NegclipGroup;
  readonly a: Word;
  readonly b: Word;
}

const allGroups: readonly NegclipGroup[] = ["noun-phrase", "verb-phrase", "noun", "plural-noun", "adverb", "adjective"];

/**
 * NegCLIP's negatives (Yuksekgonul et al., ICLR 2023): two different spans of one group change places. The groups are noun phrases of at
 * least three tokens, verb phrases, nouns, plural nouns, adverbs and adjectives. The authors tag with spaCy; this uses the tagger of
 * `@tesserae/scene-graph`, and drops what their file keeps: swaps after which the caption's graph says the same. Adverbs do not enter
 * the graph, so two adverbs alone do not change it: such swaps are rejected (as "follows from the caption").
 */
export function negclip({ maxNegatives = 5, groups = allGroups }: NegclipOptions = {}): NegativeMiner {
  const swapsOf = new WeakMap<SceneGraph, readonly Swap[]>();
  return createMiner({
    name: "negclip",
    version: "5",
    options: { maxNegatives, groups },
    citation: "Yuksekgonul et al. When and why vision-language models behave like bags-of-words. ICLR 2023",
    mineOne(graph, context) {
      let swaps = swapsOf.get(graph);
      if (!swaps) {
        swaps = possibleSwaps(graph, groups);
        swapsOf.set(graph, swaps);
      }
      const negatives: Negative[] = [];
      const texts = new Set<string>();
      for (const { group, a, b } of shuffled(context.rng, swaps)) {
        if (negatives.length >= maxNegatives) break;
        const negative = createNegative(
          graph,
          `swap-${group}s`,
          [exchange(graph.caption, a, b), exchange(graph.caption, b, a)],
          context,
        );
        if (!negative) continue;
        if (texts.has(negative.caption)) context.reject?.("duplicate");
        else negatives.push(negative);
        texts.add(negative.caption);
      }
      return negatives;
    },
  });
}

/** The edit that puts `b` in the place of `a`. */
function exchange(caption: string, a: Word, b: Word): GraphEdit {
  return { span: a.span, text: movedText(caption, b.span), from: b.span, name: b.lemma, original: a.lemma };
}

function possibleSwaps(graph: SceneGraph, groups: readonly NegclipGroup[]): Swap[] {
  const spans = spanGroups(graph);
  const textOf = ({ span }: Word) => graph.caption.slice(span.start, span.end).toLowerCase();
  const swaps: Swap[] = [];
  for (const group of groups) {
    spans[group].forEach((a, i) => {
      for (const b of spans[group].slice(i + 1)) {
        if (textOf(a) !== textOf(b) && mayChange(graph, group, a, b)) swaps.push({ group, a, b });
      }
    });
  }
  return swaps;
}

/** Whether each of two words reads in the place of the other. */
function mayChange(graph: SceneGraph, group: NegclipGroup, a: Word, b: Word): boolean {
  if (a.object && a.object === b.object) return false;
  if (a.frame !== b.frame) return false;
  if (!a.object || !b.object) return true;
  if (group === "noun-phrase") {
    const isCounted = [a, b].some(({ span }) => /\bof\s+$/i.test(graph.caption.slice(0, span.start)));
    const areOfOneNumber = slotOf(graph, a.object).number === slotOf(graph, b.object).number;
    return (areOfOneNumber || !isCounted) && agreeWhenMoved(graph, a.object, b.object);
  }
  if (group !== "noun" && group !== "plural-noun") return true;
  const fits = (moved: SceneObject, place: SceneObject) => writeInSlot(moved.name, slotOf(graph, place)) !== undefined;
  return fits(a.object, b.object) && fits(b.object, a.object);
}

const covers = (outer: Span, inner: Span) => outer.start <= inner.start && inner.end <= outer.end;

/** The spans of each group, in the order of the caption. */
function spanGroups(graph: SceneGraph): Record<NegclipGroup, readonly Word[]> {
  const tokens = tag(graph.caption);
  // "front" in "in front of" and "next" in "next to" are no noun and no adjective of their own.
  const inPredicate = ({ span, lemma }: Token) =>
    graph.relations.some((relation) => covers(relation.span, span) && relation.predicate.split(" ").includes(lemma));
  const single = (kind: Token["tag"]) =>
    tokens.filter((token) => token.tag === kind && !inPredicate(token)).map(({ span, lemma }) => ({ span, lemma }));
  return {
    "noun-phrase": nounPhrases(tokens).flatMap((word) => {
      const object = graph.objects.find(({ span }) => covers(word.span, span));
      return object === undefined || isMovable(graph, object) ? [{ ...word, ...(object ? { object } : {}) }] : [];
    }),
    "verb-phrase": verbPhrases(tokens),
    noun: nouns(graph, "singular"),
    "plural-noun": nouns(graph, "plural"),
    adverb: single("adverb"),
    adjective: single("adjective").flatMap((word) => {
      const object = graph.objects.find(({ attributes }) => attributes.some(({ span }) => sameSpan(span, word.span)));
      const attribute = object?.attributes.find(({ span }) => sameSpan(span, word.span));
      return object && attribute && word.span.end <= object.span.start && isReplaceableAttribute(graph, attribute)
        ? [{ ...word, object }]
        : [];
    }),
  };
}

/** Nouns as the names of objects, compounds whole: a swap never cuts "ice cream scoop". */
function nouns(graph: SceneGraph, number: NounSlot["number"]): Word[] {
  return graph.objects
    .filter((object) => isMovable(graph, object) && slotOf(graph, object).number === number)
    .map((object) => ({ span: object.span, lemma: object.name, object }));
}

const sameSpan = (a: Span, b: Span) => a.start === b.start && a.end === b.end;

/** Determiner, modifiers (also joined: "black and white") and nouns, at least three tokens. */
function nounPhrases(tokens: readonly Token[]): Word[] {
  const isNoun = (token: Token | undefined) => token?.tag === "noun" || token?.tag === "plural-noun";
  const isModifier = (token: Token | undefined) =>
    token?.tag === "adjective" || token?.tag === "number" || token?.tag === "adverb";
  const phrases: Word[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const start = i;
    if (tokens[i]!.tag === "determiner") i++;
    while (
      isModifier(tokens[i]) ||
      (isModifier(tokens[i - 1]) && tokens[i]?.tag === "conjunction" && isModifier(tokens[i + 1]))
    )
      i++;
    const noun = i;
    while (isNoun(tokens[i])) i++;
    if (i === noun) {
      i = start;
      continue;
    }
    if (i - start >= 3) phrases.push(phrase(tokens, start, i - 1));
    i--;
  }
  return phrases;
}

/**
 * VERB? ADV* AUX* VERB+: runs of verbs with adverbs inside. What changes places is the run without its auxiliaries ("eating" of "is eating"), so that verbs of
 * one form do; an "is" alone is no verb phrase.
 */
function verbPhrases(tokens: readonly Token[]): Word[] {
  const phrases: Word[] = [];
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i]!.tag !== "verb") continue;
    let end = i;
    for (let j = i + 1; tokens[j]?.tag === "verb" || tokens[j]?.tag === "adverb"; j++)
      if (tokens[j]!.tag === "verb") end = j;
    const first = tokens.findIndex(
      ({ tag, lemma }, at) => at >= i && at <= end && tag === "verb" && !auxiliaries.has(lemma),
    );
    if (first >= 0) phrases.push({ ...phrase(tokens, first, end), frame: frameOf(tokens, first, end) });
    i = end;
  }
  return phrases;
}

const auxiliaries: ReadonlySet<string> = new Set([
  "be",
  "have",
  "do",
  "can",
  "could",
  "will",
  "would",
  "may",
  "might",
  "must",
  "shall",
  "should",
]);

/** The form of a verb phrase and what follows: an object, a preposition, neither. */
function frameOf(tokens: readonly Token[], first: number, last: number): string {
  const words = tokens
    .slice(first, last + 1)
    .map(({ text, lemma }) => (lemma === "be" ? text : (/(?:ing|ed|en|s)$/.exec(text)?.[0] ?? "")));
  const next = tokens[last + 1]?.tag ?? "other";
  const takes = ["determiner", "noun", "plural-noun", "adjective", "number", "pronoun"].includes(next)
    ? "object"
    : next === "preposition"
      ? next
      : "nothing";
  return `${words.join(" ")} ${takes}`;
}

function phrase(tokens: readonly Token[], first: number, last: number): Word {
  return { span: { start: tokens[first]!.span.start, end: tokens[last]!.span.end }, lemma: tokens[last]!.lemma };
}
