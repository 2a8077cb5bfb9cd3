import type { PosTag } from "../lexicon/lexical-features.js";
import type { DraftWord } from "./draft-word.js";
import { closedClassRules } from "./rules/closed-classes.js";
import type { Decided } from "./tag-open-class.js";

/** The tag of a word of a closed class, by its class and its neighbours; a rule may decide that of the word in front too. */
export function tagClosedClass(words: readonly DraftWord[], at: number, decided?: Decided): PosTag {
  const word = words[at]!;
  const { closed = "other" } = word.features;
  const rules = closedClassRules.get(closed);
  if (rules === undefined) return closed;
  const previous = word.before === "sentence" ? undefined : words[at - 1];
  const next = words[at + 1]?.before === "sentence" ? undefined : words[at + 1];
  const context = { word, words, at, previous, next };
  for (const { name, when, tag, previousTag } of rules) {
    if (!when(context)) continue;
    if (previousTag !== undefined && previous !== undefined) previous.tag = previousTag;
    decided?.(at, name);
    return tag;
  }
  return closed;
}
