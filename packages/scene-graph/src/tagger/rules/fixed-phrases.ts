import { colours } from "../../lexicon/attributes.js";
import { fixedCompounds } from "../../lexicon/compounds.js";
import { headLemma } from "../../lexicon/noun-forms.js";
import { placeNouns, sideNouns } from "../../lexicon/prepositions.js";
import { opensPreposition } from "../tag-context.js";
import type { TagRule } from "../tag-rule.js";

/** Words that a set phrase decides. */
export const fixedPhraseRules: readonly TagRule[] = [
  {
    name: "part of a name",
    when: ({ word, near, joined }) =>
      word.proper &&
      !colours.has(word.lower) &&
      (near?.proper === true || (joined?.proper === true && joined.tag === "noun")),
    tag: "noun",
    examples: ["a bus in *New* York", "a book by J. K. *Rowling*"],
  },
  {
    name: "no longer",
    when: ({ word, left }) => word.lower === "longer" && left?.tag === "negation" && left.lower === "no",
    tag: "adverb",
    examples: ["the light is no *longer* red"],
  },
  {
    name: "preposition of two words",
    when: ({ word, near }) => word.features.adjective && !placeNouns.has(word.lower) && opensPreposition(word, near),
    tag: "adjective",
    examples: ["a cup *next* to a plate"],
  },
  {
    name: "side by side",
    when: ({ word, words, at }) => word.lower === "side" && [1, -1].some((step) => isBySide(words, at, step)),
    tag: "other",
    examples: ["two boats *side* by side", "two boats side by *side*"],
  },
  {
    name: "first word of a fixed compound",
    when: ({ word, near }) => near !== undefined && fixedCompounds.has(`${word.lower} ${headLemma(near.lower)}`),
    tag: "noun",
    examples: ["a *hot* dog on a plate"],
  },
  {
    name: "last word of a fixed compound",
    when: ({ word, joined }) =>
      joined?.tag === "noun" && fixedCompounds.has(`${joined.lower} ${headLemma(word.lower)}`),
    tag: "noun",
    examples: ["a polar *bear* on ice"],
  },
  {
    name: "left of, right of",
    when: ({ word, near, left }) => near?.lower === "of" && sideNouns.has(word.lower) && left?.tag === "noun",
    tag: "preposition",
    examples: ["a dog *left* of a cat"],
  },
  {
    name: "noun of place with of",
    when: ({ word, near }) => near?.lower === "of" && placeNouns.has(word.lower),
    tag: "noun",
    examples: ["a *head* of white hair", "the *top* of a hill"],
  },
];

/** Whether "by" and "side" follow, or stand before. */
const isBySide = (
  words: readonly { readonly lower: string; readonly before: string }[],
  at: number,
  step: number,
): boolean => {
  const [by, other] = [words[at + step], words[at + 2 * step]];
  return by?.lower === "by" && other?.lower === "side" && (step > 0 ? by : words[at]!).before === "";
};
