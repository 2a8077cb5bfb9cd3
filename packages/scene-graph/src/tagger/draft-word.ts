import type { LexicalFeatures, PosTag } from "../lexicon/lexical-features.js";
import type { Word } from "./tokenise.js";

/** A word while the tagger goes over the caption; its kind is known for the words before the one at hand. */
export type DraftWord = Word & { tag: PosTag; features: LexicalFeatures };

/** Kinds after which a noun phrase goes on. */
export const inPhrase: ReadonlySet<PosTag> = new Set(["determiner", "possessive", "number", "adjective"]);
/** Kinds that can begin a noun phrase and are not its noun. */
export const opensPhrase: ReadonlySet<PosTag> = new Set(["determiner", "possessive", "number"]);

/** Words whose readings allow them inside a noun phrase after a modifier. */
export const nominal = (features: LexicalFeatures) =>
  features.closed === undefined &&
  (features.noun || features.adjective || features.ing || features.past) &&
  !(features.adverb && !features.noun && !features.adjective);

/** Whether a determiner, number or pronoun follows at once, so that an object begins. */
export const startsObject = (next: DraftWord | undefined): boolean =>
  next !== undefined &&
  next.before === "" &&
  (next.features.closed === "determiner" ||
    next.features.closed === "possessive" ||
    next.features.closed === "number" ||
    next.features.closed === "pronoun");
