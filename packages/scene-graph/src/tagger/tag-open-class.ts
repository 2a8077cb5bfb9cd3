import { fixedCompounds } from "../lexicon/compounds.js";
import type { PosTag } from "../lexicon/lexical-features.js";
import { headLemma } from "../lexicon/noun-forms.js";
import { placeNouns, sideNouns } from "../lexicon/prepositions.js";
import type { DraftWord } from "./draft-word.js";
import { tagAdjective } from "./tag-adjective.js";
import { opensPreposition, type TagContext, tagContext } from "./tag-context.js";
import { tagGerund, tagParticiple } from "./tag-participle.js";
import { secondVerb, toInfinitiveFits, verbAfterNoun } from "./tag-verb.js";

/**
 * The kind of a word of an open class by its readings and its neighbours.
 * @param finite whether the clause has its finite verb
 */
export function tagOpenClass(words: readonly DraftWord[], at: number, finite: boolean): PosTag {
  const around = tagContext(words, at, finite);
  const { word, left, near, inside, nextNominal } = around;
  const { features, lower } = word;
  if (lower === "longer" && left?.tag === "negation" && left.lower === "no") return "adverb";
  const fixed = tagFixedPhrase(around);
  if (fixed !== undefined) return fixed;
  if (features.adverb && !inside) return "adverb";
  if (features.adverb && nextNominal && !features.noun) return "adverb";
  // "a clock set in a wall": a participle that looks like the base form.
  if (/^(set|put|cut|spread)$/.test(lower) && left?.tag === "noun" && around.nextPreposition && near?.lower !== "of")
    return "past";
  if (features.ing) return tagGerund(around);
  if (features.past && !(features.adjective && inside)) {
    const participle = tagParticiple(around);
    if (participle !== undefined) return participle;
  }
  if (isVerb(around)) return "verb";
  if (features.adjective) return tagAdjective(around);
  return features.adverb && !features.noun && !features.base && !features.third ? "adverb" : "noun";
}

/** Words that a set phrase decides: "next to", "side by side", "hot dog", "left of", "top of"; undefined for the others. */
function tagFixedPhrase({ word, words, at, joined, left, near }: TagContext): PosTag | undefined {
  const { features, lower } = word;
  if (features.adjective && !placeNouns.has(lower) && opensPreposition(word, near)) return "adjective";
  if (lower === "side" && isSideBySide(words, at)) return "other";
  if (near && fixedCompounds.has(`${lower} ${headLemma(near.lower)}`)) return "noun";
  if (joined?.tag === "noun" && fixedCompounds.has(`${joined.lower} ${headLemma(lower)}`)) return "noun";
  if (near?.lower !== "of") return undefined;
  if (sideNouns.has(lower) && left?.tag === "noun") return "preposition";
  return placeNouns.has(lower) ? "noun" : undefined;
}

/** Whether a base form or -s form is a verb here. */
function isVerb(around: TagContext): boolean {
  const { word, words, left, leftAt, inside } = around;
  const { features } = word;
  if (!features.base && !features.third) return false;
  const usual = features.action || !features.noun;
  if (features.base && usual && left?.tag === "auxiliary") return true;
  if (features.base && usual && left?.tag === "to" && toInfinitiveFits(words, leftAt)) return true;
  if (inside || !left) return false;
  if (left.tag === "noun" || left.tag === "pronoun" || left.tag === "relative") return verbAfterNoun(around, left);
  return left.tag === "conjunction" && features.action && secondVerb(around);
}

/** Whether the word is one end of "side by side". */
const isSideBySide = (words: readonly DraftWord[], at: number): boolean =>
  [1, -1].some((step) => {
    const [by, other] = [words[at + step], words[at + 2 * step]];
    return by?.lower === "by" && other?.lower === "side" && (step > 0 ? by : words[at]!).before === "";
  });
