import type { LexicalFeatures, PosTag } from "../lexicon/lexical-features.js";
import type { DraftWord } from "./draft-word.js";
import { tagClosedClass } from "./tag-closed-class.js";
import { tagContext } from "./tag-context.js";
import { type Decided, tagOpenClass } from "./tag-open-class.js";
import type { Word } from "./tokenise.js";

/** A word with its kind in this caption. */
export interface TaggedWord extends Word {
  readonly tag: PosTag;
  readonly features: LexicalFeatures;
}

/** Decides each word's kind from its readings and its neighbours, left to right. */
export function tagWords(
  words: readonly Word[],
  featuresOf: (word: string) => LexicalFeatures,
  decided?: Decided,
): readonly TaggedWord[] {
  // Field by field: the copies of a spread have hidden features of their own, and what reads them takes twice as long.
  const tagged = words.map(
    ({ text, lower, start, end, before, proper, quoted }): DraftWord => ({
      text,
      lower,
      start,
      end,
      before,
      proper,
      quoted,
      tag: "other",
      features: featuresOf(lower),
    }),
  );
  let finite = false; // the clause has its finite verb
  let clauseAt = 0;
  for (let i = 0; i < tagged.length; i++) {
    const word = tagged[i]!;
    if (word.before === "sentence") {
      finite = false;
      clauseAt = i;
    }
    word.tag = tagAt(tagged, i, clauseAt, finite, decided);
    if (word.tag === "be" || word.tag === "verb" || word.tag === "auxiliary") finite = true;
    if (
      word.tag === "relative" ||
      word.tag === "subordinator" ||
      word.tag === "conjunction" ||
      word.before === "comma"
    ) {
      if (word.tag !== "verb" && word.tag !== "be") finite = false;
      if (word.tag === "relative" || word.tag === "subordinator") clauseAt = i + 1;
    }
  }
  return tagged;
}

function tagAt(words: readonly DraftWord[], i: number, clauseAt: number, finite: boolean, decided?: Decided): PosTag {
  const word = words[i]!;
  if (word.quoted) return "other";
  if (word.features.closed === undefined) return tagOpenClass(tagContext(words, i, clauseAt, finite), decided);
  return tagClosedClass(words, i, decided);
}
