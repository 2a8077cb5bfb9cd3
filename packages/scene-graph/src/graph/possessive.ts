import { possessivePronouns } from "../lexicon/function-words.js";

/** Whether a predicate says whose something is: "'s", "his", "whose". Such relations go from the owner to what is owned. */
export const isPossessive = (predicate: string): boolean =>
  predicate === "'s" || predicate === "'" || possessivePronouns.has(predicate);
