import { adjectiveKind } from "./adjective-kind.js";
import type { DraftWord } from "./draft-word.js";
import { headLemma } from "./lemma.js";
import { gerundKind, participleKind } from "./participle-kind.js";
import { opensPreposition, type Surroundings, surroundings } from "./surroundings.js";
import { secondVerb, toInfinitiveFits, verbAfterNoun } from "./verb-reading.js";
import type { Kind } from "./word-classes.js";
import { fixedCompounds, placeNouns, sideNouns } from "./word-lists.js";

/**
 * The kind of a word of an open class by its readings and its neighbours.
 * @param finite whether the clause has its finite verb
 */
export function openWordKind(words: readonly DraftWord[], at: number, finite: boolean): Kind {
  const around = surroundings(words, at, finite);
  const { word, left, near, inside, nextNominal } = around;
  const { classes, lower } = word;
  const fixed = fixedKind(around);
  if (fixed !== undefined) return fixed;
  if (classes.adverb && !inside) return "adverb";
  if (classes.adverb && nextNominal && !classes.noun) return "adverb";
  // "a clock set in a wall": a participle that looks like the base form.
  if (/^(set|put|cut|spread)$/.test(lower) && left?.kind === "noun" && around.nextPreposition && near?.lower !== "of")
    return "past";
  if (classes.ing) return gerundKind(around);
  if (classes.past && !(classes.adjective && inside)) {
    const participle = participleKind(around);
    if (participle !== undefined) return participle;
  }
  if (isVerb(around)) return "verb";
  if (classes.adjective) return adjectiveKind(around);
  return classes.adverb && !classes.noun && !classes.base && !classes.third ? "adverb" : "noun";
}

/** Words that a set phrase decides: "next to", "side by side", "hot dog", "left of", "top of"; undefined for the others. */
function fixedKind({ word, words, at, joined, left, near }: Surroundings): Kind | undefined {
  const { classes, lower } = word;
  if (classes.adjective && !placeNouns.has(lower) && opensPreposition(word, near)) return "adjective";
  if (lower === "side" && isSideBySide(words, at)) return "other";
  if (near && fixedCompounds.has(`${lower} ${headLemma(near.lower)}`)) return "noun";
  if (joined?.kind === "noun" && fixedCompounds.has(`${joined.lower} ${headLemma(lower)}`)) return "noun";
  if (near?.lower !== "of") return undefined;
  if (sideNouns.has(lower) && left?.kind === "noun") return "preposition";
  return placeNouns.has(lower) ? "noun" : undefined;
}

/** Whether a base form or -s form is a verb here. */
function isVerb(around: Surroundings): boolean {
  const { word, words, left, leftAt, inside } = around;
  const { classes } = word;
  if (!classes.base && !classes.third) return false;
  const usual = classes.action || !classes.noun;
  if (classes.base && usual && left?.kind === "auxiliary") return true;
  if (classes.base && usual && left?.kind === "to" && toInfinitiveFits(words, leftAt)) return true;
  if (inside || !left) return false;
  if (left.kind === "noun" || left.kind === "pronoun" || left.kind === "relative") return verbAfterNoun(around, left);
  return left.kind === "conjunction" && classes.action && secondVerb(around);
}

/** Whether the word is one end of "side by side". */
const isSideBySide = (words: readonly DraftWord[], at: number): boolean =>
  [1, -1].some((step) => {
    const [by, other] = [words[at + step], words[at + 2 * step]];
    return by?.lower === "by" && other?.lower === "side" && (step > 0 ? by : words[at]!).before === "";
  });
