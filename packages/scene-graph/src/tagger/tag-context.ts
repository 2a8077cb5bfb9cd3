import { compoundPrepositions } from "../lexicon/prepositions.js";
import { type DraftWord, inPhrase, nominal } from "./draft-word.js";

/** A word of an open class with what stands around it, for the rules that decide its kind. */
export interface TagContext {
  readonly word: DraftWord;
  readonly words: readonly DraftWord[];
  /** The word's index. */
  readonly at: number;
  /** Index of the clause's first word. */
  readonly clauseAt: number;
  /** The clause has its finite verb. */
  readonly finite: boolean;
  /** The word before, where no mark stands between. */
  readonly joined: DraftWord | undefined;
  /** The word before without the adverbs between, and its index. */
  readonly left: DraftWord | undefined;
  readonly leftAt: number;
  /** The word behind, where no mark stands between. */
  readonly near: DraftWord | undefined;
  /** A noun phrase has begun in front of the word. */
  readonly inside: boolean;
  /** "is", "has", "not" stands in front. */
  readonly afterBe: boolean;
  /** The word behind may belong to a noun phrase. */
  readonly nextNominal: boolean;
  readonly nextPreposition: boolean;
}

/** Most adverbs that are looked through for the word on the left. */
const maxAdverbs = 6;

export function tagContext(words: readonly DraftWord[], at: number, clauseAt: number, finite: boolean): TagContext {
  const word = words[at]!;
  const joined = word.before === "" ? words[at - 1] : undefined;
  const near = words[at + 1]?.before === "" ? words[at + 1] : undefined;
  let leftAt = at - 1;
  while (
    leftAt >= 0 &&
    at - leftAt <= maxAdverbs &&
    words[leftAt + 1]!.before === "" &&
    words[leftAt]!.tag === "adverb"
  )
    leftAt--;
  const left = joined && leftAt >= 0 && words[leftAt + 1]!.before !== "sentence" ? words[leftAt] : undefined;
  const behind = words[at + 2];
  const opens = near !== undefined && opensPreposition(near, behind);
  return {
    word,
    words,
    at,
    clauseAt,
    finite,
    joined,
    left,
    leftAt,
    near,
    inside: joined !== undefined && (inPhrase.has(joined.tag) || joined.tag === "clitic"),
    afterBe: left?.tag === "be" || left?.tag === "auxiliary" || left?.tag === "negation",
    nextNominal: near !== undefined && nominal(near.features) && !opens,
    nextPreposition: near?.features.closed === "preposition" || near?.features.closed === "to" || opens,
  };
}

/** Whether an adjective begins a preposition of two words: "next to", "close to". */
export const opensPreposition = (word: DraftWord, next: DraftWord | undefined): boolean =>
  next?.before === "" && compoundPrepositions.has(`${word.lower} ${next.lower}`);
