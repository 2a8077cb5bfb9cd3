import { type SceneGraph, type Span, type Token, tag } from "@tesserae/scene-graph";
import { createMiner } from "../contract/create-miner.js";
import { createNegative } from "../contract/create-negative.js";
import type { Negative } from "../contract/negative.js";
import type { NegativeMiner } from "../contract/negative-miner.js";
import { movedText } from "../edits/apply-edits.js";
import type { GraphEdit } from "../edits/derive-graph.js";
import { shuffle } from "../vocabulary/random.js";

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
    version: "2",
    citation: "Yuksekgonul et al. When and why vision-language models behave like bags-of-words. ICLR 2023",
    mineOne(graph, context) {
      let swaps = swapsOf.get(graph);
      if (!swaps) {
        swaps = possibleSwaps(graph, groups);
        swapsOf.set(graph, swaps);
      }
      const negatives: Negative[] = [];
      const texts = new Set<string>();
      for (const { group, a, b } of shuffle(swaps, context.rng)) {
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
  const sameObject = (a: Word, b: Word) =>
    graph.objects.some(({ span }) => covers(span, a.span) && covers(span, b.span));
  const swaps: Swap[] = [];
  for (const group of groups) {
    spans[group].forEach((a, i) => {
      for (const b of spans[group].slice(i + 1)) {
        if (textOf(a) !== textOf(b) && !sameObject(a, b)) swaps.push({ group, a, b });
      }
    });
  }
  return swaps;
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
    "noun-phrase": nounPhrases(tokens),
    "verb-phrase": verbPhrases(tokens),
    noun: single("noun"),
    "plural-noun": single("plural-noun"),
    adverb: single("adverb"),
    adjective: single("adjective"),
  };
}

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

/** VERB? ADV* AUX* VERB+: runs of verbs with adverbs inside; an "is" alone is no verb phrase. */
function verbPhrases(tokens: readonly Token[]): Word[] {
  const phrases: Word[] = [];
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i]!.tag !== "verb") continue;
    let end = i;
    for (let j = i + 1; tokens[j]?.tag === "verb" || tokens[j]?.tag === "adverb"; j++)
      if (tokens[j]!.tag === "verb") end = j;
    if (tokens.slice(i, end + 1).some(({ tag, lemma }) => tag === "verb" && lemma !== "be"))
      phrases.push(phrase(tokens, i, end));
    i = end;
  }
  return phrases;
}

function phrase(tokens: readonly Token[], first: number, last: number): Word {
  return { span: { start: tokens[first]!.span.start, end: tokens[last]!.span.end }, lemma: tokens[last]!.lemma };
}
