import type { TagRule } from "../tag-rule.js";

export const adverbRules: readonly TagRule[] = [
  {
    name: "adverb outside a noun phrase",
    when: ({ word, inside }) => word.features.adverb && !inside,
    tag: "adverb",
    examples: ["the roses are not *fully* opened"],
  },
  {
    name: "adverb in front of an adjective",
    when: ({ word, nextNominal }) => word.features.adverb && nextNominal && !word.features.noun,
    tag: "adverb",
    examples: ["a *brightly* lit room"],
  },
];
