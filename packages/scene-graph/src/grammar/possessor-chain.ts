import type { DraftObject, GraphDraft } from "./graph-draft.js";
import type { ChainLink } from "./noun-group.js";
import type { Covering, NounPhrase } from "./noun-phrase.js";

/**
 * Adds a noun phrase with its possessors, and what covers them, to the graph; returns the object of the phrase itself.
 * @param owners whose the first of the chain is, by a possessive pronoun
 * @param absent whether the caption denies the phrase
 */
export function addPossessorChain(
  graph: GraphDraft,
  chain: readonly ChainLink[],
  sentence: number,
  owners: readonly DraftObject[],
  absent: boolean,
): DraftObject {
  let owner: DraftObject | undefined;
  for (const { phrase, clitic } of chain) {
    // "not the man's hat": the hat is not there, the man may be.
    const isAbsent = absent && phrase === chain.at(-1)!.phrase;
    const cover = phrase.covering && !isAbsent && graph.addObject(coverPhrase(phrase.covering, phrase.next), sentence);
    const object = isAbsent ? graph.addAbsent(phrase, sentence) : graph.addObject(phrase, sentence);
    if (cover && phrase.covering) graph.addRelation(cover, phrase.covering.verb, object, phrase.covering.verbSpan);
    if (owner && clitic) graph.addRelation(owner, clitic.lower, object, { start: clitic.start, end: clitic.end });
    if (phrase.possessive)
      for (const one of owners)
        if (one !== object) graph.addRelation(one, phrase.possessive.predicate, object, phrase.possessive.span);
    owner = object;
  }
  return owner!;
}

const coverPhrase = ({ name, span }: Covering, next: number): NounPhrase => ({
  name,
  head: name,
  attributes: [],
  plural: false,
  span,
  phrase: span,
  next,
});
