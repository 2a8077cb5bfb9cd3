import type { RelationName } from "../scenes/atoms.js";

/** A way to say a relation. */
export interface RelationPhrase {
  /** The words in a caption. */
  readonly text: string;
  /** The predicate in a scene graph: the words without "to the". */
  readonly predicate: string;
  readonly relation: RelationName;
  /** Whether the phrase's subject is the relation's object: "B is right of A" says "A left of B". */
  readonly inverse: boolean;
}

function phrase(text: string, relation: RelationName, inverse = false): RelationPhrase {
  return { text, predicate: text.replace(/^to the /, ""), relation, inverse };
}

/**
 * The phrases of captions. "under" says "above" the other way round, and is true as well of what something stands
 * "on", since what is on a thing is above it.
 */
export const relationPhrases: readonly RelationPhrase[] = [
  phrase("to the left of", "left of"),
  phrase("to the right of", "left of", true),
  phrase("above", "above"),
  phrase("over", "above"),
  phrase("below", "above", true),
  phrase("under", "above", true),
  phrase("on", "on"),
  phrase("on top of", "on"),
  phrase("in", "in"),
  phrase("inside", "in"),
  phrase("in front of", "in front of"),
  phrase("behind", "in front of", true),
];

/** Words of the captions that mean the same in this world. */
export const worldSynonyms: readonly (readonly string[])[] = [
  ["small", "tiny"],
  ["large", "big"],
  ["above", "over"],
  ["below", "under"],
  ["on", "on top of"],
  ["in", "inside"],
];

/**
 * Phrases in which a caption can state a relation of the layout, its subject first or, with `inverse`, its object
 * first.
 */
export function phrasesFor(relation: RelationName, inverse: boolean): readonly RelationPhrase[] {
  if (relation === "on" && inverse) return relationPhrases.filter(({ text }) => text === "under");
  return relationPhrases.filter((one) => one.relation === relation && one.inverse === inverse);
}
