import { type DraftWord, startsObject } from "./draft-word.js";
import { headLemma } from "./lemma.js";
import type { Surroundings } from "./surroundings.js";
import { adverbs, animates, collectives, particles } from "./word-lists.js";

/** Whether "to" opens an infinitive, "about to hit", and is not a preposition, "next to water". */
export function toInfinitiveFits(words: readonly DraftWord[], to: number): boolean {
  const before = words[to - 1];
  return (
    before === undefined ||
    !/^(next|close|adjacent|near|due|attached|tied|connected|leading|belonging|according)$/.test(before.lower)
  );
}

/** Whether a base form or -s form behind a noun, pronoun or relative is its verb. */
export function verbAfterNoun(
  { word, words, leftAt: back, near, finite, nextNominal, nextPreposition }: Surroundings,
  left: DraftWord,
): boolean {
  const { classes } = word;
  const plural = left.kind === "noun" && (left.classes.plural || collectives.has(left.lower));
  const agrees =
    left.kind === "relative" ||
    (left.kind === "pronoun" && /^(they|we|you|i)$/.test(left.lower)
      ? classes.base
      : left.kind === "pronoun"
        ? classes.third
        : classes.third
          ? !plural || /s$/.test(left.lower) === false
          : plural || coordinated(words, back));
  if (!agrees) return false;
  if (left.kind === "pronoun" && /^(it|them|him|her)$/.test(left.lower) && !startsObject(near) && !nextPreposition)
    return false;
  if (left.kind === "relative" || left.kind === "pronoun")
    return classes.action || startsObject(near) || nextPreposition || !classes.noun;
  if (finite && !classes.verbOnly) return false;
  if (startsObject(near)) return classes.action || !isCompoundHead(word);
  if (!classes.action) return false;
  if (classes.verbOnly) return true;
  if (classes.third && left.kind === "noun" && isSingularPhrase(words, back) && !nextNominal) return true;
  const agent = animates.has(left.lower) || animates.has(headLemma(left.lower)) || /men$/.test(left.lower);
  if (nextPreposition || (near !== undefined && (particles.has(near.lower) || adverbs.has(near.lower))))
    return agent || classes.verbOnly;
  if (nextNominal) return agent;
  return (
    agent &&
    (near === undefined || near.classes.closed === "conjunction" || near.classes.closed === "subordinator") &&
    classes.third
  );
}

/** Whether the noun ends a phrase that "a" begins: what follows in -s cannot be its plural head, "a man in a hat talks". */
function isSingularPhrase(words: readonly DraftWord[], noun: number): boolean {
  let i = noun;
  while (i >= 0 && (words[i]!.kind === "noun" || words[i]!.kind === "adjective") && words[i]!.before === "") i--;
  return i >= 0 && /^(a|an|another|this|that)$/.test(words[i]!.lower);
}

/** A noun-noun reading that a determiner after it does not break: rare, so only for words that are no verbs. */
const isCompoundHead = (word: DraftWord): boolean => !word.classes.base && !word.classes.third;

/** Whether the noun ends a coordination, so that a base form may follow: "a man and a woman ride bikes". */
function coordinated(words: readonly DraftWord[], at: number): boolean {
  for (let i = at; i > 0 && i > at - 6; i--) if (words[i]!.kind === "conjunction") return true;
  return false;
}

/** Words between two coordinated verbs, at most. */
const maxDistance = 50;

/** A verb after "and": only if a verb stands before. */
export function secondVerb({ word, words, leftAt: conjunction, near }: Surroundings): boolean {
  for (let i = conjunction - 1; i >= Math.max(0, conjunction - maxDistance); i--) {
    const kind = words[i]!.kind;
    if (kind === "verb")
      return (
        words[i]!.classes.third === word.classes.third &&
        (word.classes.verbOnly || startsObject(near) || near === undefined || near.classes.closed !== undefined)
      );
    if (words[i + 1]!.before === "sentence") return false;
  }
  return false;
}
