export type ThesaurusPart = "noun" | "verb" | "adjective";

/** A word with how often it is used. */
export interface WeightedWord {
  readonly name: string;
  readonly count: number;
}

/** What generators and filters ask about words. `openWordnet` gives one. */
export interface Thesaurus {
  /** Words that mean the opposite. */
  antonyms(word: string, part: ThesaurusPart): readonly WeightedWord[];
  /** Words with the same next more general word: "cat", "fox" for "dog". Synonyms are not among them. */
  coHyponyms(word: string, part: ThesaurusPart): readonly WeightedWord[];
  /** As `coHyponyms` of a noun, but of what can be seen alone: an "oven" for a "stove", no "committee" for a "board". Default: `coHyponyms`. */
  things?(word: string): readonly WeightedWord[];
  /** Whether the words share a meaning, or one is a more general word of the other. */
  isRelated(a: string, b: string, part: ThesaurusPart): boolean;
}
