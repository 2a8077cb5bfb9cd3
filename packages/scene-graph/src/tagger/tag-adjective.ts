import { colours } from "../lexicon/attributes.js";
import type { PosTag } from "../lexicon/lexical-features.js";
import { type DraftWord, nominal, startsObject } from "./draft-word.js";
import type { TagContext } from "./tag-context.js";

/** The kind of a word that can be an adjective. Many can be nouns too: "the glass", "a glass door"; "the red", "a red door". */
export function tagAdjective({ word, words, at, left, near, inside, afterBe, nextNominal }: TagContext): PosTag {
  const { features, lower } = word;
  const next = words[at + 1];
  const behind = words[at + 2];
  if (lower === "light" && nextNominal && near!.features.noun && !near!.features.adjective) return "noun";
  if (lower === "open" && left?.tag === "noun" && !nextNominal) return "adjective";
  // "on the left wearing a hat": a side with a verb behind it.
  if (/^(left|right)$/.test(lower) && near?.features.ing && !near.features.noun) return "noun";
  const ends =
    near === undefined
      ? next?.before !== "comma"
      : near.features.closed === "preposition" ||
        (near.features.closed === "conjunction" && behind?.features.noun === true && !behind.features.adjective);
  if (colours.has(lower) && /^wear/.test(left?.lower ?? "") && ends) return "noun";
  if (features.noun && isVerbAhead(near, behind)) return "noun";
  // "the iron holding a sign": a noun with a verb behind it, although "iron" may be an attribute.
  const verbFollows = near?.features.ing && !near.features.noun && !continuesPhrase(behind);
  const participleFollows = near?.features.past && !near.features.noun && !continuesPhrase(behind) && !afterBe;
  if (participleFollows && features.noun && behind !== undefined) return "noun";
  if (verbFollows && (features.noun || colours.has(lower))) return "noun";
  if (nextNominal || afterBe) return "adjective";
  // "a quiet, almost empty beach"
  if (near?.features.closed === "adverb" && behind?.features.adjective && inside) return "adjective";
  // "wrapped in plastic and tied with string"
  if (left?.tag === "preposition" && features.noun && near?.features.closed === "conjunction" && behind?.features.past)
    return "noun";
  // "red and blue", "tall, thin".
  const coordinated = near?.features.closed === "conjunction" && (behind?.features.adjective || behind?.features.past);
  if (coordinated) return "adjective";
  const listed = next?.before === "comma" && next.features.adjective;
  if (listed && (inside || left === undefined)) return "adjective";
  if (left?.tag === "noun") return features.noun ? "noun" : "adjective";
  if (inside) return "noun";
  if (left?.tag === "preposition") return features.noun || colours.has(lower) ? "noun" : "adjective";
  return features.noun && !colours.has(lower) ? "noun" : "adjective";
}

/** "sits on", "contains a": what can only be a verb with its object or place. */
const isVerbAhead = (word: DraftWord | undefined, after: DraftWord | undefined): boolean =>
  word?.features.third === true &&
  word.features.verbOnly &&
  (startsObject(after) || (after?.before === "" && after.features.closed === "preposition"));

/** Whether the word may stand inside a noun phrase that has begun. */
const continuesPhrase = (word: DraftWord | undefined): boolean =>
  word !== undefined && word.before === "" && nominal(word.features);
