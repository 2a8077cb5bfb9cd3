import { numberOf } from "@tesserae/scene-graph/lexicon";

const many = new Set("several|many|few|a few|multiple|various|numerous".split("|"));
const vague = new Set([...many, ..."some|lots of|a lot of|plenty of|all|most".split("|")]);

/** Whether a word counts: a number, or "several". */
export function isQuantity(word: string): boolean {
  return numberOf(word) !== undefined || vague.has(word.toLowerCase());
}

/** Whether a quantity tells of more than one for sure: a number from two on, or "several"; not "some", "all" or "most". */
export function countsMany(quantity: string): boolean {
  return (numberOf(quantity) ?? 0) > 1 || many.has(quantity);
}

/** A number follows from a caption that gives none, since captions leave out what does not matter; that there is none does not. */
export function entailsQuantity(stated: string | undefined, candidate: string | undefined): boolean {
  if (candidate === stated || candidate === undefined) return true;
  const number = numberOf(candidate);
  if (stated === undefined) return number !== 0;
  return number !== undefined && number === numberOf(stated);
}
