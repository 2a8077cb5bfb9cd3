import type { PosTag } from "../lexicon/lexical-features.js";
import { adjectiveRules } from "./rules/adjectives.js";
import { adverbRules } from "./rules/adverbs.js";
import { fixedPhraseRules } from "./rules/fixed-phrases.js";
import { gerundRules, invariantParticipleRules, pastRules } from "./rules/participles.js";
import { verbRules } from "./rules/verbs.js";
import type { TagContext } from "./tag-context.js";
import type { Condition, TagRule } from "./tag-rule.js";

/** How the tag of a word of an open class is found: the first rule that holds decides. */
export const openClassRules: readonly TagRule[] = [
  ...fixedPhraseRules,
  ...adverbRules,
  ...invariantParticipleRules,
  ...gerundRules,
  ...pastRules,
  ...verbRules,
  ...adjectiveRules,
  {
    name: "adverb that is nothing else",
    when: ({ word: { features } }) => features.adverb && !features.noun && !features.base && !features.third,
    tag: "adverb",
    examples: ["the sunlight is a *very*"],
  },
  { name: "noun", when: () => true, tag: "noun", examples: ["a *dog* on a mat"] },
];

/** The tag of a word of an open class by its readings and its neighbours. */
export function tagOpenClass(context: TagContext, decided?: Decided): PosTag {
  let group: Condition | undefined;
  let open = true;
  for (const rule of openClassRules) {
    if (rule.given !== group) {
      group = rule.given;
      open = group === undefined || group(context);
    }
    if (!open || !rule.when(context)) continue;
    decided?.(context.at, rule.name);
    return rule.tag;
  }
  return "noun";
}

/** Told which rule decided a word, by the word's index. */
export type Decided = (at: number, rule: string) => void;
