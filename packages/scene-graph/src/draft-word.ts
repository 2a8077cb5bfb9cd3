import type { Word } from "./tokenise.js";
import type { Kind, WordClasses } from "./word-classes.js";

/** A word while the tagger goes over the caption; its kind is known for the words before the one at hand. */
export type DraftWord = Word & { kind: Kind; classes: WordClasses };

/** Kinds after which a noun phrase goes on. */
export const inPhrase: ReadonlySet<Kind> = new Set(["determiner", "possessive", "number", "adjective"]);
/** Kinds that can begin a noun phrase and are not its noun. */
export const opensPhrase: ReadonlySet<Kind> = new Set(["determiner", "possessive", "number"]);

/** Words whose readings allow them inside a noun phrase after a modifier. */
export const nominal = (classes: WordClasses) =>
  classes.closed === undefined &&
  (classes.noun || classes.adjective || classes.ing || classes.past) &&
  !(classes.adverb && !classes.noun && !classes.adjective);

/** Whether a determiner, number or pronoun follows at once, so that an object begins. */
export const startsObject = (next: DraftWord | undefined): boolean =>
  next !== undefined &&
  next.before === "" &&
  (next.classes.closed === "determiner" ||
    next.classes.closed === "possessive" ||
    next.classes.closed === "number" ||
    next.classes.closed === "pronoun");
