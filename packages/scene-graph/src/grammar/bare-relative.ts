import { plainPeople } from "../lexicon/nouns.js";
import type { TaggedWord } from "../tagger/tag-words.js";

/** Most words between the person and the end of the clause. */
const maxTail = 5;

/**
 * Whether a person and a verb without its object follow a noun and say something of it: "man" in "the striped couch man is sitting on". A noun in
 * front of a person is a part of the name otherwise, "hockey girl".
 */
export function opensBareRelative(words: readonly TaggedWord[], at: number): boolean {
  if (!plainPeople.has(words[at]!.lower)) return false;
  let i = at + 1;
  if (words[i]?.tag !== "be" || words[i]!.before !== "") return false;
  i++;
  if (words[i]?.tag !== "ing" || words[i]!.before !== "") return false;
  for (i++; i <= at + maxTail && words[i]?.before === ""; i++)
    if (words[i]!.tag !== "preposition" && words[i]!.tag !== "adverb") return false;
  return words[i] === undefined || words[i]!.before === "sentence";
}
