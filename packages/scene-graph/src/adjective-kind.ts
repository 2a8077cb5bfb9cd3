import { type DraftWord, nominal, startsObject } from "./draft-word.js";
import type { Surroundings } from "./surroundings.js";
import type { Kind } from "./word-classes.js";
import { colours } from "./word-lists.js";

/** The kind of a word that can be an adjective. Many can be nouns too: "the glass", "a glass door"; "the red", "a red door". */
export function adjectiveKind({ word, words, at, left, near, inside, afterBe, nextNominal }: Surroundings): Kind {
  const { classes, lower } = word;
  const next = words[at + 1];
  const behind = words[at + 2];
  if (lower === "light" && nextNominal && near!.classes.noun && !near!.classes.adjective) return "noun";
  if (lower === "open" && left?.kind === "noun" && !nextNominal) return "adjective";
  // "on the left wearing a hat": a side with a verb behind it.
  if (/^(left|right)$/.test(lower) && near?.classes.ing && !near.classes.noun) return "noun";
  const ends = near === undefined ? next?.before !== "comma" : near.classes.closed === "preposition";
  if (colours.has(lower) && /^wear/.test(left?.lower ?? "") && ends) return "noun";
  if (classes.noun && isVerbAhead(near, behind)) return "noun";
  // "the iron holding a sign": a noun with a verb behind it, although "iron" may be an attribute.
  const verbFollows = near?.classes.ing && !near.classes.noun && !continuesPhrase(behind);
  const participleFollows = near?.classes.past && !near.classes.noun && !continuesPhrase(behind) && !afterBe;
  if (participleFollows && classes.noun && behind !== undefined) return "noun";
  if (verbFollows && (classes.noun || colours.has(lower))) return "noun";
  if (nextNominal || afterBe) return "adjective";
  // "red and blue", "tall, thin".
  const coordinated = near?.classes.closed === "conjunction" && (behind?.classes.adjective || behind?.classes.past);
  if (coordinated) return "adjective";
  const listed = next?.before === "comma" && next.classes.adjective;
  if (listed && (inside || left === undefined)) return "adjective";
  if (left?.kind === "noun") return classes.noun ? "noun" : "adjective";
  if (inside) return "noun";
  if (left?.kind === "preposition") return classes.noun || colours.has(lower) ? "noun" : "adjective";
  return classes.noun && !colours.has(lower) ? "noun" : "adjective";
}

/** "sits on", "contains a": what can only be a verb with its object or place. */
const isVerbAhead = (word: DraftWord | undefined, after: DraftWord | undefined): boolean =>
  word?.classes.third === true &&
  word.classes.verbOnly &&
  (startsObject(after) || (after?.before === "" && after.classes.closed === "preposition"));

/** Whether the word may stand inside a noun phrase that has begun. */
const continuesPhrase = (word: DraftWord | undefined): boolean =>
  word !== undefined && word.before === "" && nominal(word.classes);
