import { adverbs } from "../lexicon/adverbs.js";
import { headLemma } from "../lexicon/noun-forms.js";
import { animateNouns, collectives } from "../lexicon/nouns.js";
import { particles } from "../lexicon/prepositions.js";
import { type DraftWord, startsObject } from "./draft-word.js";
import type { TagContext } from "./tag-context.js";

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
  { word, words, leftAt: back, near, finite, nextNominal, nextPreposition }: TagContext,
  left: DraftWord,
): boolean {
  const { features } = word;
  const plural = left.tag === "noun" && (left.features.plural || collectives.has(left.lower));
  const agrees =
    left.tag === "relative" ||
    (left.tag === "pronoun" && /^(they|we|you|i)$/.test(left.lower)
      ? features.base
      : left.tag === "pronoun"
        ? features.third
        : features.third
          ? !plural || /s$/.test(left.lower) === false
          : plural || coordinated(words, back));
  if (!agrees) return false;
  if (left.tag === "pronoun" && /^(it|them|him|her)$/.test(left.lower) && !startsObject(near) && !nextPreposition)
    return false;
  if (left.tag === "relative" || left.tag === "pronoun")
    return features.action || startsObject(near) || nextPreposition || !features.noun;
  if (finite && !features.verbOnly) return false;
  if (startsObject(near)) return true;
  if (!features.action) return false;
  if (features.verbOnly) return true;
  if (features.third && left.tag === "noun" && isSingularPhrase(words, back) && !nextNominal) return true;
  const agent = animateNouns.has(left.lower) || animateNouns.has(headLemma(left.lower)) || /men$/.test(left.lower);
  if (nextPreposition || (near !== undefined && (particles.has(near.lower) || adverbs.has(near.lower)))) return agent;
  if (nextNominal) return agent;
  return (
    agent &&
    (near === undefined || near.features.closed === "conjunction" || near.features.closed === "subordinator") &&
    features.third
  );
}

/** Whether the noun ends a phrase that "a" begins: what follows in -s cannot be its plural head, "a man in a hat talks". */
function isSingularPhrase(words: readonly DraftWord[], noun: number): boolean {
  let i = noun;
  while (i >= 0 && (words[i]!.tag === "noun" || words[i]!.tag === "adjective") && words[i]!.before === "") i--;
  return i >= 0 && /^(a|an|another|this|that)$/.test(words[i]!.lower);
}

/** Whether the noun ends a coordination, so that a base form may follow: "a man and a woman ride bikes". */
function coordinated(words: readonly DraftWord[], at: number): boolean {
  for (let i = at; i > 0 && i > at - 6; i--) if (words[i]!.tag === "conjunction") return true;
  return false;
}

/** Words between two coordinated verbs, at most. */
const maxDistance = 50;

/** A verb after "and": only if a verb stands before. */
export function secondVerb({ word, words, leftAt: conjunction, near }: TagContext): boolean {
  for (let i = conjunction - 1; i >= Math.max(0, conjunction - maxDistance); i--) {
    const tag = words[i]!.tag;
    if (tag === "verb")
      return (
        words[i]!.features.third === word.features.third &&
        (word.features.verbOnly ||
          startsObject(near) ||
          (!word.features.third && near?.features.plural) ||
          near === undefined ||
          near.features.closed !== undefined)
      );
    if (words[i + 1]!.before === "sentence") return false;
  }
  return false;
}
