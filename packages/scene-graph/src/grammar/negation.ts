import { scarceAdverbs } from "../lexicon/function-words.js";
import type { TaggedWord } from "../tagger/tag-words.js";
import type { CaptionReader } from "./caption-reader.js";
import type { Clause } from "./clause.js";
import type { DraftObject } from "./graph-draft.js";
import type { NounGroup } from "./noun-group.js";

/**
 * Which phrases of a group that starts at an index the caption denies: "no dog or cat", "without a hat", what an absent thing has, does, is or is at,
 * and what stands right behind it with nothing between, where a verb was taken for a noun.
 */
export function absentOf(
  { clause, words }: CaptionReader,
  { chains, joints }: NounGroup,
  from: number,
): readonly boolean[] {
  const { open, negated } = clause;
  const verbDenied = open ? open.verb?.group.negated === true : false;
  const holders = holdersOf(clause);
  const isBehind =
    !open && holders.length === 0 && !clause.conjunction && words[from]!.before === "" && areAbsent(clause.last);
  const outside = negated || verbDenied || areAbsent(holders) || isBehind || isScarce(words, from);
  let before = false;
  return chains.map((chain, index) => {
    const { determiner, quantity, name } = chain.at(-1)!.phrase;
    const own =
      determiner === "no" ||
      quantity === "none" ||
      /^no(body|thing| one)$/.test(name) ||
      (determiner === "neither" && holders.length > 0);
    const joined = before && (/^n?or$/.test(joints[index]!) || determiner === undefined);
    before = outside || own || joined;
    return before;
  });
}

/** "hardly any cars" */
const isScarce = (words: readonly TaggedWord[], at: number): boolean =>
  scarceAdverbs.has(words[at]!.lower) && /^(an?|any)$/.test(words[at + 1]?.lower ?? "");

/** What has the group, or does something to it, or is it, as far as it is absent. */
function holdersOf({ open, verb }: Clause): readonly DraftObject[] {
  if (open) return open.subjects;
  if (!verb || verb.objects.length > 0) return [];
  return verb.group.copula && !areAbsent(verb.subjects) ? [] : verb.subjects;
}

const areAbsent = (objects: readonly DraftObject[]): boolean =>
  objects.length > 0 && objects.every(({ absent }) => absent);
