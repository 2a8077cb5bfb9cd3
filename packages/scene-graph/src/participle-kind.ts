import { type DraftWord, startsObject } from "./draft-word.js";
import type { Surroundings } from "./surroundings.js";
import type { Kind } from "./word-classes.js";
import { actionVerbs, ingNouns, purposeGerunds } from "./word-lists.js";

/** The kind of a form in -ing: verb, noun ("a building") or adjective ("running water"). */
export function gerundKind({ word, left, near, inside, afterBe, nextNominal }: Surroundings): Kind {
  const nounToo = ingNouns.has(word.lower);
  const names = nextNominal && purposeGerunds.has(word.lower) && near!.classes.noun && !near!.classes.ing;
  if (names && (inside || left?.kind === "preposition" || (left === undefined && !near!.classes.plural))) return "noun";
  if (inside) return nextNominal ? (nounToo ? "noun" : "adjective") : "noun";
  if (nounToo) {
    if (afterBe || (left?.kind === "noun" && startsObject(near))) return "ing";
    return "noun";
  }
  if (/^wear/.test(left?.lower ?? "") && nextNominal) return "adjective";
  if (left?.kind === "preposition" && nextNominal && !left.lower.match(/^(by|for|while)$/)) return "adjective";
  if (left === undefined && nextNominal && !actionVerbs.has(word.lower.slice(0, -3))) return "adjective";
  return "ing";
}

/** The kind of a past form or participle; undefined where its other readings decide. */
export function participleKind({
  word,
  words,
  at,
  left,
  near,
  inside,
  afterBe,
  nextNominal,
}: Surroundings): Kind | undefined {
  const { classes } = word;
  if (afterBe)
    return classes.adjective && (near === undefined || near.classes.closed === "conjunction") ? "adjective" : "past";
  if (left?.kind === "conjunction" && classes.adjective && !nextNominal && near?.classes.closed === undefined)
    return "adjective";
  if (inside)
    return nextNominal
      ? "adjective"
      : classes.noun
        ? "noun"
        : near?.classes.closed === "conjunction"
          ? "adjective"
          : near?.classes.closed === undefined && near !== undefined
            ? "adjective"
            : "past";
  if (left?.kind === "noun") {
    // "a snow covered mountain": noun and participle in front of a noun.
    if (nextNominal && !near!.classes.adverb && !nounPhraseComplete(words, at)) return "adjective";
    return "past";
  }
  if (nextNominal) return "adjective";
  if (left === undefined || left.kind === "preposition") return near === undefined ? undefined : "past";
  return "past";
}

/** Whether the word after a noun and a past form starts an object: "a man held a knife" against "a snow covered hill". */
function nounPhraseComplete(words: readonly DraftWord[], i: number): boolean {
  return startsObject(words[i + 1]);
}
