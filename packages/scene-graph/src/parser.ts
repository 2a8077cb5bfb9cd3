import { readCaption } from "./grammar/read-caption.js";
import type { SceneGraph, Span } from "./graph/scene-graph.js";
import { type CompromisePlugin, createLanguageModel } from "./lexicon/language-model.js";
import { classify, type PosTag } from "./lexicon/lexical-features.js";
import { memoise } from "./lexicon/memoise.js";
import { headLemma } from "./lexicon/noun-forms.js";
import { type TaggedWord, tagWords } from "./tagger/tag-words.js";
import { tokenise } from "./tagger/tokenise.js";

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

const shown: Readonly<Record<PosTag, PartOfSpeech>> = {
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

function createAnalysis(options: ParserOptions) {
  const language = createLanguageModel(options.plugins);
  const own = new Map(Object.entries(options.lexicon ?? {}).map(([word, tag]) => [word.toLowerCase(), tag]));
  const featuresOf = memoise((word) => classify(word, language, own), 50_000);
  return {
    language,
    featuresOf,
    tokens: tokenise,
    analyse: (caption: string): readonly TaggedWord[] => tagWords(tokenise(caption), featuresOf),
  };
}

/** Makes a parser with its own words. The parser is deterministic, never throws on text and names no word that is not in the caption. */
export function createParser(options: ParserOptions = {}): (caption: string) => SceneGraph {
  const { language, analyse } = createAnalysis(options);
  return (caption) => readCaption(caption, analyse(caption), language);
}

/** Makes a tagger with its own words; see `tag`. */
export function createTagger(options: ParserOptions = {}): (caption: string) => readonly Token[] {
  const { language, analyse } = createAnalysis(options);
  return (caption) =>
    analyse(caption).map((word) => {
      const { text, start, end, lower, tag, features } = word;
      const lemma =
        tag === "noun"
          ? headLemma(lower)
          : tag === "past"
            ? language.pastLemma(lower)
            : tag === "be"
              ? "be"
              : tag === "verb" || tag === "ing"
                ? language.verbLemma(lower)
                : lower;
      return {
        text,
        span: { start, end },
        lemma,
        tag: tag === "noun" && features.plural ? "plural-noun" : shown[tag],
      };
    });
}

/** For tests of the tagger: the words of a caption with their tags and the rules that decided those of open classes. */
export function createTracer(): (
  caption: string,
) => readonly { start: number; tag: PosTag; rule: string | undefined }[] {
  const { tokens, featuresOf } = createAnalysis({});
  return (caption) => {
    const rules = new Map<number, string>();
    const tagged = tagWords(tokens(caption), featuresOf, (at, rule) => rules.set(at, rule));
    return tagged.map(({ start, tag }, at) => ({ start, tag, rule: rules.get(at) }));
  };
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
