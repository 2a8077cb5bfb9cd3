import { type DraftWord, inPhrase, nominal, opensPhrase, startsObject } from "./draft-word.js";
import { headLemma } from "./lemma.js";
import type { Kind } from "./word-classes.js";
import { animates } from "./word-lists.js";

/** The kind of a word of a closed class, "that" or "like", by its neighbours. */
export function closedWordKind(
  word: DraftWord,
  previous: DraftWord | undefined,
  next: DraftWord | undefined,
  words: readonly DraftWord[],
  i: number,
): Kind {
  const kind = word.classes.closed!;
  const { lower } = word;
  if (kind === "relative" && lower === "that") {
    // "that dog" at the start or after a preposition is a determiner.
    if (!previous || previous.kind === "preposition" || previous.kind === "conjunction" || previous.kind === "to")
      return "determiner";
    return "relative";
  }
  if (kind === "clitic" && lower === "'s") {
    const follower = next?.classes;
    if (isPossessiveIt(previous, next, words, i)) {
      words[i - 1]!.kind = "possessive";
      return "determiner";
    }
    const copular = previous !== undefined && /^(it|he|she|there|that|who|what|here)$/.test(previous.lower);
    if (copular) return "be";
    if (
      follower &&
      (follower.closed === "determiner" ||
        (follower.ing && !follower.noun && next && words[i + 2]?.classes.closed === "preposition"))
    )
      return "be";
    return "clitic";
  }
  if (kind === "pronoun" || kind === "determiner") {
    if ((lower === "her" || lower === "his") && next && !nominal(next.classes)) return "pronoun";
    const alone =
      next?.before !== "" ||
      !(
        nominal(next.classes) ||
        next.classes.closed === "number" ||
        next.classes.closed === "determiner" ||
        next.classes.closed === "possessive"
      );
    // A participle with its object or place: "another wearing a mask", "all looking at a bird".
    if (/^(all|both|each|another)$/.test(lower) && next && isParticiple(next) && opensComplement(words[i + 2]))
      return lower === "another" ? "pronoun" : "adverb";
    if (/^(this|these|those|each|all|both|some|another|any|either|that)$/.test(lower)) {
      if (lower === "all" || lower === "both") return alone ? "adverb" : "determiner";
      return alone ? "pronoun" : "determiner";
    }
    return kind;
  }
  if (kind === "possessive" && lower === "her" && (!next || !nominal(next.classes) || next.before !== ""))
    return "pronoun";
  if (
    kind === "number" &&
    lower === "one" &&
    previous &&
    (previous.kind === "adjective" ||
      previous.lower === "another" ||
      previous.lower === "the" ||
      previous.lower === "this")
  ) {
    return next && next.before === "" && nominal(next.classes) && previous.kind !== "adjective" ? "number" : "pronoun";
  }
  // "the couple stands", but "a couple of dogs", "couple bikes".
  if (
    lower === "couple" &&
    next?.lower !== "of" &&
    !(next?.before === "" && next.classes.plural && (!next.classes.third || animates.has(headLemma(next.lower))))
  )
    return "noun";
  if (kind === "auxiliary" && /^(has|have|had|having|gets?|got|getting|does|do|did)$/.test(lower)) {
    const follower = next?.classes;
    const helps =
      follower !== undefined &&
      next!.before === "" &&
      (lower === "do" || lower === "does" || lower === "did"
        ? next!.lower === "not" || next!.lower === "n't" || follower.base
        : follower.past && !nominalAfter(words, i + 2));
    return helps || (next && next.classes.closed === "be") ? "auxiliary" : "verb";
  }
  if (lower === "back" && previous && /^(determiner|possessive|number|adjective|preposition)$/.test(previous.kind))
    return next !== undefined && next.before === "" && nominal(next.classes) && !next.classes.ing
      ? "adjective"
      : "noun";
  if (kind === "auxiliary" && lower === "can") {
    if (previous && (inPhrase.has(previous.kind) || previous.kind === "noun"))
      return next?.classes.base && next.classes.action && previous.kind === "noun" ? "auxiliary" : "noun";
    return "auxiliary";
  }
  if (kind === "auxiliary" && /^(appears?|seems?|looks|becomes)$/.test(lower)) {
    if (next && (next.classes.adjective || next.lower === "to") && next.classes.closed !== "preposition") return "be";
    return "verb";
  }
  if (kind === "preposition") {
    if ((lower === "past" || lower === "down" || lower === "like") && previous?.kind === "determiner")
      return "adjective";
    if (
      (lower === "inside" || lower === "outside" || lower === "opposite") &&
      previous &&
      opensPhrase.has(previous.kind)
    )
      return next && next.before === "" && next.classes.noun ? "adjective" : "noun";
    if (lower === "like" && previous?.kind === "to") return "verb";
    if ((lower === "after" || lower === "before") && next?.classes.ing) return "subordinator";
    if (lower === "for" || lower === "by") return "preposition";
    return "preposition";
  }
  if (kind === "subordinator" && lower === "as") return "subordinator";
  return kind;
}

/** "in it's mouth": behind a verb or a preposition and in front of a noun, "it's" is written for "its". */
const isPossessiveIt = (
  previous: DraftWord | undefined,
  next: DraftWord | undefined,
  words: readonly DraftWord[],
  i: number,
): boolean =>
  previous?.lower === "it" &&
  next?.classes.noun === true &&
  next.classes.closed === undefined &&
  /^(preposition|to|verb|ing|past)$/.test(words[i - 2]?.kind ?? "");

/** Whether the word at the index can continue a noun phrase. */
const nominalAfter = (words: readonly DraftWord[], index: number): boolean => {
  const word = words[index];
  return word !== undefined && word.before === "" && nominal(word.classes);
};

const isParticiple = ({ classes }: DraftWord): boolean => classes.ing && !classes.noun;

/** Whether the word begins what follows a verb: an object or a place. */
const opensComplement = (word: DraftWord | undefined): boolean =>
  startsObject(word) ||
  (word !== undefined && word.before === "" && (word.classes.closed === "preposition" || word.classes.closed === "to"));
