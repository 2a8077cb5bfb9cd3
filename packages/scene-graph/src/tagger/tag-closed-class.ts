import type { PosTag } from "../lexicon/lexical-features.js";
import { headLemma } from "../lexicon/noun-forms.js";
import { animateNouns } from "../lexicon/nouns.js";
import { type DraftWord, inPhrase, nominal, opensPhrase, startsObject } from "./draft-word.js";

/** The kind of a word of a closed class, "that" or "like", by its neighbours. */
export function tagClosedClass(
  word: DraftWord,
  previous: DraftWord | undefined,
  next: DraftWord | undefined,
  words: readonly DraftWord[],
  i: number,
): PosTag {
  const tag = word.features.closed!;
  const { lower } = word;
  if (tag === "relative" && lower === "that") {
    // "that dog" at the start or after a preposition is a determiner.
    if (!previous || previous.tag === "preposition" || previous.tag === "conjunction" || previous.tag === "to")
      return "determiner";
    return "relative";
  }
  if (tag === "clitic" && lower === "'s") {
    const follower = next?.features;
    if (isPossessiveIt(previous, next, words, i)) {
      words[i - 1]!.tag = "possessive";
      return "determiner";
    }
    const copular = previous !== undefined && /^(it|he|she|there|that|who|what|here)$/.test(previous.lower);
    if (copular) return "be";
    if (
      follower &&
      (follower.closed === "determiner" ||
        (follower.ing && !follower.noun && next && words[i + 2]?.features.closed === "preposition"))
    )
      return "be";
    return "clitic";
  }
  if (lower === "no" && next?.lower === "longer" && next.before === "") return "negation";
  if (lower === "one" && previous?.lower === "no" && word.before === "") return "noun";
  if (tag === "pronoun" || tag === "determiner") {
    if ((lower === "her" || lower === "his") && next && !nominal(next.features) && next.lower !== "or")
      return "pronoun";
    const alone =
      next?.before !== "" ||
      !(
        nominal(next.features) ||
        next.features.closed === "number" ||
        next.features.closed === "determiner" ||
        next.features.closed === "possessive"
      );
    // A participle with its object or place: "another wearing a mask", "all looking at a bird".
    if (/^(all|both|each|another)$/.test(lower) && next && isParticiple(next) && opensComplement(words[i + 2]))
      return lower === "another" ? "pronoun" : "adverb";
    if (/^(this|these|those|each|all|both|some|another|any|either|that)$/.test(lower)) {
      if (lower === "all" || lower === "both") return alone ? "adverb" : "determiner";
      return alone ? "pronoun" : "determiner";
    }
    return tag;
  }
  if (tag === "possessive" && lower === "her" && (!next || !nominal(next.features) || next.before !== ""))
    return "pronoun";
  if (
    tag === "number" &&
    lower === "one" &&
    previous &&
    (previous.tag === "adjective" ||
      previous.lower === "another" ||
      previous.lower === "the" ||
      previous.lower === "this")
  ) {
    return next && next.before === "" && nominal(next.features) && previous.tag !== "adjective" ? "number" : "pronoun";
  }
  // "the couple stands", but "a couple of dogs", "couple bikes".
  if (
    lower === "couple" &&
    next?.lower !== "of" &&
    !(next?.before === "" && next.features.plural && (!next.features.third || animateNouns.has(headLemma(next.lower))))
  )
    return "noun";
  if (tag === "auxiliary" && /^(has|have|had|having|gets?|got|getting|does|do|did)$/.test(lower)) {
    const follower = next?.features;
    // "getting ready", "gets wet"
    if (/^get/.test(lower) && follower?.adjective && !follower.noun && next?.before === "") return "be";
    const helps =
      follower !== undefined &&
      next!.before === "" &&
      (lower === "do" || lower === "does" || lower === "did"
        ? next!.lower === "not" || next!.lower === "n't" || follower.base
        : follower.past && !nominalAfter(words, i + 2));
    if (helps || (next && next.features.closed === "be")) return "auxiliary";
    return /ing$/.test(lower) ? "ing" : "verb";
  }
  if (lower === "back" && previous && /^(determiner|possessive|number|adjective|preposition)$/.test(previous.tag))
    return next !== undefined && next.before === "" && nominal(next.features) && !next.features.ing
      ? "adjective"
      : "noun";
  if (tag === "auxiliary" && lower === "can") {
    if (previous && (inPhrase.has(previous.tag) || previous.tag === "noun"))
      return previous.tag === "noun" &&
        next &&
        (next.lower === "be" || next.lower === "not" || (next.features.base && next.features.action))
        ? "auxiliary"
        : "noun";
    return "auxiliary";
  }
  if (tag === "auxiliary" && /^(appears?|seems?|looks|becomes)$/.test(lower)) {
    if (next && (next.features.adjective || next.lower === "to") && next.features.closed !== "preposition") return "be";
    return "verb";
  }
  if (tag === "preposition") {
    if ((lower === "past" || lower === "down" || lower === "like") && previous?.tag === "determiner")
      return "adjective";
    if (
      (lower === "inside" || lower === "outside" || lower === "opposite") &&
      previous &&
      opensPhrase.has(previous.tag)
    )
      return next && next.before === "" && next.features.noun ? "adjective" : "noun";
    if (lower === "like" && previous?.tag === "to") return "verb";
    if ((lower === "after" || lower === "before") && next?.features.ing) return "subordinator";
    return "preposition";
  }
  return tag;
}

/** "in it's mouth": behind a verb or a preposition and in front of a noun, "it's" is written for "its". */
const isPossessiveIt = (
  previous: DraftWord | undefined,
  next: DraftWord | undefined,
  words: readonly DraftWord[],
  i: number,
): boolean =>
  previous?.lower === "it" &&
  next?.features.noun === true &&
  next.features.closed === undefined &&
  /^(preposition|to|verb|ing|past)$/.test(words[i - 2]?.tag ?? "");

/** Whether the word at the index can continue a noun phrase. */
const nominalAfter = (words: readonly DraftWord[], index: number): boolean => {
  const word = words[index];
  return word !== undefined && word.before === "" && nominal(word.features);
};

const isParticiple = ({ features }: DraftWord): boolean => features.ing && !features.noun;

/** Whether the word begins what follows a verb: an object or a place. */
const opensComplement = (word: DraftWord | undefined): boolean =>
  startsObject(word) ||
  (word !== undefined &&
    word.before === "" &&
    (word.features.closed === "preposition" || word.features.closed === "to"));
