import { ingNouns, purposeGerunds } from "../lexicon/compounds.js";
import type { PosTag } from "../lexicon/lexical-features.js";
import { actionVerbs } from "../lexicon/verbs.js";
import { startsObject } from "./draft-word.js";
import type { TagContext } from "./tag-context.js";

/** The kind of a form in -ing: verb, noun ("a building") or adjective ("running water"). */
export function tagGerund({ word, left, near, inside, afterBe, nextNominal }: TagContext): PosTag {
  const nounToo = ingNouns.has(word.lower);
  const names = nextNominal && purposeGerunds.has(word.lower) && near!.features.noun && !near!.features.ing;
  if (names && (inside || left?.tag === "preposition" || (left === undefined && !near!.features.plural))) return "noun";
  if (inside) return nextNominal ? (nounToo ? "noun" : "adjective") : "noun";
  if (nounToo) {
    if (afterBe || (left?.tag === "noun" && startsObject(near))) return "ing";
    return "noun";
  }
  if (/^wear/.test(left?.lower ?? "") && nextNominal) return "adjective";
  if (left?.tag === "preposition" && nextNominal && !left.lower.match(/^(by|for|while)$/)) return "adjective";
  if (left === undefined && nextNominal && !actionVerbs.has(word.lower.slice(0, -3))) return "adjective";
  return "ing";
}

/** The kind of a past form or participle; undefined where its other readings decide. */
export function tagParticiple({
  word,
  words,
  at,
  left,
  near,
  inside,
  afterBe,
  nextNominal,
}: TagContext): PosTag | undefined {
  const { features } = word;
  if (afterBe)
    return features.adjective && (near === undefined || near.features.closed === "conjunction") ? "adjective" : "past";
  if (left?.tag === "conjunction" && features.adjective && !nextNominal && near?.features.closed === undefined)
    return "adjective";
  if (inside)
    return nextNominal
      ? "adjective"
      : features.noun
        ? "noun"
        : near?.features.closed === "conjunction"
          ? "adjective"
          : near?.features.closed === undefined && near !== undefined
            ? "adjective"
            : "past";
  if (left?.tag === "noun") {
    // "a snow covered mountain": noun and participle in front of a noun.
    if (nextNominal && !near!.features.adverb && !startsObject(words[at + 1])) return "adjective";
    return "past";
  }
  if (nextNominal) return "adjective";
  if (left === undefined || left.tag === "preposition") return near === undefined ? undefined : "past";
  return "past";
}
