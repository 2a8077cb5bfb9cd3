import type { TaggedWord } from "../tagger/tag-words.js";

/** Most words of the phrase between "more" and "than". */
const maxPhrase = 4;
const amounts: ReadonlySet<string> = new Set(["more", "fewer", "less"]);

/** Whether "more" at an index says how a thing's amount compares, "more big horses than men", and is no number of it, "more than two dogs". */
export function comparesAmount(words: readonly TaggedWord[], at: number): boolean {
  if (!amounts.has(words[at]!.lower)) return false;
  for (let than = at + 2; than <= at + 1 + maxPhrase && words[than]?.before === ""; than++)
    if (words[than]!.lower === "than") return words.slice(at + 1, than).some(({ tag }) => tag === "noun");
  return false;
}

/** The "more", "fewer" or "less" of the phrase that a "than" stands behind; undefined where there is none. */
export function comparedAmount(words: readonly TaggedWord[], than: number): string | undefined {
  for (let at = than - 2; at >= Math.max(0, than - 1 - maxPhrase); at--)
    if (amounts.has(words[at]!.lower) && comparesAmount(words, at)) return words[at]!.lower;
  return undefined;
}

/** Whether "more than" stands in front of a number, "more than two dogs". */
export const boundsNumber = (words: readonly TaggedWord[], at: number): boolean =>
  amounts.has(words[at]!.lower) &&
  words[at + 1]?.lower === "than" &&
  words[at + 1]!.before === "" &&
  words[at + 2]?.tag === "number" &&
  words[at + 2]!.before === "";
