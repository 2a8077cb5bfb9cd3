import { type CompromisePlugin, createEnglish } from "./english.js";
import { headLemma } from "./lemma.js";
import { readCaption } from "./read-caption.js";
import type { SceneGraph, Span } from "./scene-graph.js";
import { type TaggedWord, tagWords } from "./tag.js";
import { tokenise } from "./tokenise.js";
import { classify, type Kind, type WordClasses } from "./word-classes.js";

/** What a parser may be told beyond general English. */
export interface ParserOptions {
  /** Words and their tag in compromise's names: `{ frisbee: "Noun", dappled: "Adjective" }`. These win over everything else. */
  readonly lexicon?: Readonly<Record<string, string>>;
  /** compromise plug-ins; their words and models enter this parser only. */
  readonly plugins?: readonly CompromisePlugin[];
}

/** A word of a caption with its part of speech. */
export interface Token {
  readonly text: string;
  readonly span: Span;
  readonly lemma: string;
  readonly tag: PartOfSpeech;
}

export type PartOfSpeech =
  | "noun"
  | "plural-noun"
  | "verb"
  | "adjective"
  | "adverb"
  | "preposition"
  | "determiner"
  | "number"
  | "pronoun"
  | "conjunction"
  | "other";

const shown: Readonly<Record<Kind, PartOfSpeech>> = {
  noun: "noun",
  adjective: "adjective",
  verb: "verb",
  ing: "verb",
  past: "verb",
  be: "verb",
  auxiliary: "verb",
  adverb: "adverb",
  preposition: "preposition",
  determiner: "determiner",
  possessive: "determiner",
  number: "number",
  pronoun: "pronoun",
  relative: "pronoun",
  conjunction: "conjunction",
  subordinator: "conjunction",
  negation: "adverb",
  to: "preposition",
  there: "pronoun",
  clitic: "other",
  other: "other",
};

const cacheLimit = 50_000;

function createAnalysis(options: ParserOptions) {
  const english = createEnglish(options.plugins);
  const own = new Map(Object.entries(options.lexicon ?? {}).map(([word, tag]) => [word.toLowerCase(), tag]));
  const cache = new Map<string, WordClasses>();
  const classesOf = (word: string) => {
    let classes = cache.get(word);
    if (classes === undefined) {
      if (cache.size >= cacheLimit) cache.clear();
      classes = classify(word, english, own);
      cache.set(word, classes);
    }
    return classes;
  };
  return {
    english,
    analyse: (caption: string): readonly TaggedWord[] => tagWords(tokenise(caption, english), classesOf),
  };
}

/** Makes a parser with its own words. The parser is deterministic, never throws on text and names no word that is not in the caption. */
export function createParser(options: ParserOptions = {}): (caption: string) => SceneGraph {
  const { english, analyse } = createAnalysis(options);
  return (caption) => readCaption(caption, analyse(caption), english);
}

/** Makes a tagger with its own words; see `tag`. */
export function createTagger(options: ParserOptions = {}): (caption: string) => readonly Token[] {
  const { english, analyse } = createAnalysis(options);
  return (caption) =>
    analyse(caption).map((word) => {
      const { text, start, end, lower, kind, classes } = word;
      const lemma =
        kind === "noun"
          ? headLemma(lower)
          : kind === "past"
            ? english.pastLemma(lower)
            : kind === "be"
              ? "be"
              : kind === "verb" || kind === "ing"
                ? english.verbLemma(lower)
                : lower;
      return {
        text,
        span: { start, end },
        lemma,
        tag: kind === "noun" && classes.plural ? "plural-noun" : shown[kind],
      };
    });
}

let defaultParser: ((caption: string) => SceneGraph) | undefined;
let defaultTagger: ((caption: string) => readonly Token[]) | undefined;

/** Parses a caption into a scene graph. Deterministic; never throws on text; names no word that is not in the caption. */
export function parse(caption: string): SceneGraph {
  defaultParser ??= createParser();
  return defaultParser(caption);
}

/** Words of a caption with offsets, lemmas and parts of speech, as the parser sees them. */
export function tag(caption: string): readonly Token[] {
  defaultTagger ??= createTagger();
  return defaultTagger(caption);
}
