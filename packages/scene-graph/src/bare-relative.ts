import type { TaggedWord } from "./tag.js";

/** Most words between the person and the end of the clause. */
const maxTail = 5;

/**
 * Whether a person and a verb without its object follow a noun and say something of it: "man" in "the striped couch man is sitting on". A noun in
 * front of a person is a part of the name otherwise, "hockey girl".
 */
export function opensBareRelative(words: readonly TaggedWord[], at: number): boolean {
  if (
    !/^(man|men|woman|women|boys?|girls?|person|people|child|children|kids?|guys?|lady|ladies)$/.test(words[at]!.lower)
  )
    return false;
  let i = at + 1;
  if (words[i]?.kind !== "be" || words[i]!.before !== "") return false;
  i++;
  if (words[i]?.kind !== "ing" || words[i]!.before !== "") return false;
  for (i++; i <= at + maxTail && words[i]?.before === ""; i++)
    if (words[i]!.kind !== "preposition" && words[i]!.kind !== "adverb") return false;
  return words[i] === undefined || words[i]!.before === "sentence";
}
