import { type DraftWord, inPhrase, nominal, startsObject } from "./draft-word.js";
import { headLemma } from "./lemma.js";
import { gerundKind, participleKind } from "./participle-kind.js";
import { secondVerb, toInfinitiveFits, verbAfterNoun } from "./verb-reading.js";
import type { Kind } from "./word-classes.js";
import { colours, compoundPrepositions, fixedCompounds, placeNouns, sideNouns } from "./word-lists.js";

/** Most adverbs that are looked through for the word on the left. */
const maxAdverbs = 6;

/** The kind of a word of an open class by its readings and its neighbours. */
export function openWordKind(
  word: DraftWord,
  previous: DraftWord | undefined,
  next: DraftWord | undefined,
  words: readonly DraftWord[],
  i: number,
  finite: boolean,
): Kind {
  const { classes, lower } = word;
  const near = next && next.before === "" ? next : undefined;
  const nextNominal = near !== undefined && nominal(near.classes) && !opensPreposition(near, words[i + 2]);
  const nextPreposition =
    near !== undefined &&
    (near.classes.closed === "preposition" || near.classes.closed === "to" || opensPreposition(near, words[i + 2]));
  const joined = word.before === "" ? previous : undefined;
  let back = i - 1;
  while (back >= 0 && i - back <= maxAdverbs && words[back + 1]!.before === "" && words[back]!.kind === "adverb")
    back--;
  const left = word.before === "" && back >= 0 && words[back + 1]!.before !== "sentence" ? words[back] : undefined;
  const inside = joined !== undefined && (inPhrase.has(joined.kind) || joined.kind === "clitic");
  const afterBe = left?.kind === "be" || left?.kind === "auxiliary" || left?.kind === "negation";
  const afterNoun = left?.kind === "noun" || left?.kind === "pronoun" || left?.kind === "relative";

  if (classes.adjective && !placeNouns.has(lower) && opensPreposition(word, near)) return "adjective";
  if (lower === "side" && (near?.lower === "by" || joined?.lower === "by") && sideBySideAt(words, i)) return "other";
  if (near !== undefined && fixedCompounds.has(`${lower} ${headLemma(near.lower)}`)) return "noun";
  if (joined?.kind === "noun" && fixedCompounds.has(`${joined.lower} ${headLemma(lower)}`)) return "noun";
  if (near?.lower === "of" && sideNouns.has(lower) && left?.kind === "noun") return "preposition";
  if (placeNouns.has(lower) && near?.lower === "of") return "noun";
  if (classes.adverb && !inside) return "adverb";
  if (classes.adverb && inside && nextNominal && !classes.noun) return "adverb";

  // "a clock set in a wall": a participle that looks like the base form.
  if (/^(set|put|cut|spread)$/.test(lower) && left?.kind === "noun" && nextPreposition && near?.lower !== "of")
    return "past";
  if (classes.ing) return gerundKind(word, left, near, inside, afterBe, nextNominal);
  if (classes.past && !(classes.adjective && inside)) {
    const participle = participleKind(classes, left, near, words, i, inside, afterBe, nextNominal);
    if (participle !== undefined) return participle;
  }
  if (afterBe && left.kind === "auxiliary" && classes.base && (classes.action || !classes.noun)) return "verb";
  if (left?.kind === "to" && classes.base && toInfinitiveFits(words, back) && (classes.action || !classes.noun))
    return "verb";
  if (
    !inside &&
    (classes.third || classes.base) &&
    afterNoun &&
    verbAfterNoun(word, left!, near, words, back, finite, nextNominal, nextPreposition)
  )
    return "verb";
  if (
    !inside &&
    left?.kind === "conjunction" &&
    classes.action &&
    (classes.third || classes.base) &&
    secondVerb(word, words, back, near)
  )
    return "verb";
  if (classes.adjective) return adjectiveKind(word, left, near, words, i, inside, afterBe, nextNominal);
  return classes.noun || classes.base || classes.third ? "noun" : classes.adverb ? "adverb" : "noun";
}

/** Whether the word is one end of "side by side". */
const sideBySideAt = (words: readonly DraftWord[], i: number): boolean =>
  (words[i + 1]?.lower === "by" && words[i + 2]?.lower === "side") ||
  (words[i - 1]?.lower === "by" && words[i - 2]?.lower === "side");

/** Whether an adjective begins a preposition of two words: "next to", "close to". */
const opensPreposition = (word: DraftWord, next: DraftWord | undefined): boolean =>
  next !== undefined && next.before === "" && compoundPrepositions.has(`${word.lower} ${next.lower}`);

/** Whether the word may stand inside a noun phrase that has begun. */
const continuesPhrase = (word: DraftWord | undefined): boolean =>
  word !== undefined && word.before === "" && nominal(word.classes);

/** "sits on", "contains a": what can only be a verb with its object or place. */
const isVerbAhead = (word: DraftWord | undefined, after: DraftWord | undefined): boolean =>
  word?.classes.third === true &&
  word.classes.verbOnly &&
  (startsObject(after) || (after?.before === "" && after.classes.closed === "preposition"));

function adjectiveKind(
  word: DraftWord,
  left: DraftWord | undefined,
  near: DraftWord | undefined,
  words: readonly DraftWord[],
  i: number,
  inside: boolean,
  afterBe: boolean,
  nextNominal: boolean,
): Kind {
  const { classes, lower } = word;
  if (lower === "light" && nextNominal && near!.classes.noun && !near!.classes.adjective) return "noun";
  // "the iron holding a sign": a noun with a verb behind it, although "iron" may be an attribute.
  if (/^(left|right)$/.test(lower) && near?.classes.ing && !near.classes.noun) return "noun";
  const ends = near === undefined ? words[i + 1]?.before !== "comma" : near.classes.closed === "preposition";
  if (lower === "open" && left?.kind === "noun" && !nextNominal) return "adjective";
  if (colours.has(lower) && /^wear/.test(left?.lower ?? "") && ends) return "noun";
  if (classes.noun && isVerbAhead(near, words[i + 2])) return "noun";
  const verbFollows = near?.classes.ing && !near.classes.noun && !continuesPhrase(words[i + 2]);
  const participleFollows = near?.classes.past && !near.classes.noun && !continuesPhrase(words[i + 2]) && !afterBe;
  if (participleFollows && classes.noun && words[i + 2] !== undefined) return "noun";
  if (verbFollows && (classes.noun || colours.has(lower))) return "noun";
  if (nextNominal) return "adjective";
  if (afterBe) return "adjective";
  const andMore =
    near?.classes.closed === "conjunction" &&
    words[i + 2] !== undefined &&
    (words[i + 2]!.classes.adjective || words[i + 2]!.classes.past);
  if (andMore) return "adjective";
  const comma = words[i + 1]?.before === "comma" && words[i + 1]!.classes.adjective;
  if (comma && (inside || left === undefined)) return "adjective";
  if (inside || left?.kind === "preposition" || left?.kind === "noun")
    return classes.noun || colours.has(lower) || inside
      ? left?.kind === "noun" && !classes.noun
        ? "adjective"
        : "noun"
      : "adjective";
  return classes.noun && !colours.has(lower) ? "noun" : "adjective";
}
