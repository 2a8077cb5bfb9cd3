import type { Span } from "../graph/scene-graph.js";
import type { LanguageModel } from "../lexicon/language-model.js";
import type { TaggedWord } from "../tagger/tag-words.js";
import type { Clause } from "./clause.js";
import type { GraphDraft } from "./graph-draft.js";
import type { NounGroup, ObjectContext } from "./noun-group.js";

/** A caption while it is read from left to right: its words, the place reached, the clause at hand and the graph so far. */
export interface CaptionReader {
  readonly words: readonly TaggedWord[];
  readonly graph: GraphDraft;
  readonly language: LanguageModel;
  /** Reads coordinated noun phrases; see `createGroupReader`. */
  readonly readGroup: (from: number, around: ObjectContext | undefined) => NounGroup | undefined;
  clause: Clause;
  /** Index of the word that is read next. */
  at: number;
}

/** One construction of caption English. */
export interface Construction {
  readonly name: string;
  /** Reads the construction if it starts at `reader.at`: changes the graph and the clause, moves `reader.at` behind it, and returns true. Otherwise changes nothing. */
  readonly read: (reader: CaptionReader) => boolean;
}

/** From the first to the last of some words. */
export const spanOf = (words: readonly TaggedWord[], from: number, to: number): Span => ({
  start: words[from]!.start,
  end: words[to - 1]!.end,
});
