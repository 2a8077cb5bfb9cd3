import { closedWordKind } from "./closed-word-kind.js";
import type { DraftWord } from "./draft-word.js";
import { openWordKind } from "./open-word-kind.js";
import type { Word } from "./tokenise.js";
import type { Kind, WordClasses } from "./word-classes.js";

/** A word with its kind in this caption. */
export interface TaggedWord extends Word {
  readonly kind: Kind;
  readonly classes: WordClasses;
}

/** Decides each word's kind from its readings and its neighbours, left to right. */
export function tagWords(words: readonly Word[], classesOf: (word: string) => WordClasses): readonly TaggedWord[] {
  // Field by field: the copies of a spread have hidden classes of their own, and what reads them takes twice as long.
  const tagged = words.map(
    ({ text, lower, start, end, before }): DraftWord => ({
      text,
      lower,
      start,
      end,
      before,
      kind: "other",
      classes: classesOf(lower),
    }),
  );
  let finite = false; // the clause has its finite verb
  for (let i = 0; i < tagged.length; i++) {
    const word = tagged[i]!;
    if (word.before === "sentence") finite = false;
    word.kind = kindAt(tagged, i, finite);
    if (word.kind === "be" || word.kind === "verb" || word.kind === "auxiliary") finite = true;
    if (
      word.kind === "relative" ||
      word.kind === "subordinator" ||
      word.kind === "conjunction" ||
      word.before === "comma"
    ) {
      if (word.kind !== "verb" && word.kind !== "be") finite = false;
    }
  }
  return tagged;
}

function kindAt(words: readonly DraftWord[], i: number, finite: boolean): Kind {
  const word = words[i]!;
  if (word.classes.closed === undefined) return openWordKind(words, i, finite);
  const previous = word.before === "sentence" ? undefined : words[i - 1];
  const next = words[i + 1]?.before === "sentence" ? undefined : words[i + 1];
  return closedWordKind(word, previous, next, words, i);
}
