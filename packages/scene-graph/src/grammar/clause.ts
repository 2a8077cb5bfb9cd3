import type { DraftObject, GraphDraft } from "./graph-draft.js";
import {
  finalizeVerb,
  type OpenPreposition,
  type OpenVerb,
  relate,
  relateDirectly,
  strandedPreposition,
} from "./relate.js";

/** What is known of a clause while it is read from left to right. */
export interface Clause {
  /** Number of its sentence, from 0. */
  readonly sentence: number;
  /** What the clause is about. */
  topic: readonly DraftObject[];
  /** The noun phrases read last. */
  last: readonly DraftObject[];
  /** What a relative pronoun stands for. */
  antecedent: readonly DraftObject[] | undefined;
  verb: OpenVerb | undefined;
  /** A preposition that waits for its noun phrase. */
  open: OpenPreposition | undefined;
  /** Gives more objects to the verb or preposition whose object was read last. */
  addObjects: ((group: readonly DraftObject[]) => void) | undefined;
  /** The same, of what that object hangs on: the plate of "holding a cup of tea and a plate". */
  addBeside: ((group: readonly DraftObject[]) => void) | undefined;
  /** Where a phrase behind "and" starts that joins what the object in front is "of". */
  joinsHolderAt: number;
  /** That is the topic, "a cup of tea and a plate on a table". */
  joinsTopic: boolean;
  /** Where a phrase behind "and" starts that opens a clause. */
  opensAt: number;
  /** Prepositions whose object is that of the next one: "jumps over and crawls under a fence". */
  shared: readonly OpenPreposition[];
  /** What the clause before this one, joined by "and", is about while it has no verb: "a man in blue and a woman in red are dancing". */
  topicBefore: readonly DraftObject[];
  /** A place that is said before what is there: "on the table is a cup". */
  fronted: { readonly open: OpenPreposition; readonly objects: readonly DraftObject[] } | undefined;
  /** Who is in the clothes read last: "a man in a red shirt". */
  wearers: readonly DraftObject[];
  /** What a clause with a place left empty says something of: the shirt of "the shirt the man is wearing". */
  relativeGap: readonly DraftObject[] | undefined;
  /** A negation or a conjunction has been read and not yet what it belongs to. */
  negated: boolean;
  conjunction: boolean;
  /** "neither the dog nor the cat": the predicate that follows is not so. */
  deniesPredicate: boolean;
  /** That conjunction is "or" or "nor". */
  disjunction: boolean;
  /** Nothing of it has been read. */
  start: boolean;
}

export const createClause = (sentence: number): Clause => ({
  sentence,
  topic: [],
  last: [],
  antecedent: undefined,
  verb: undefined,
  open: undefined,
  addObjects: undefined,
  addBeside: undefined,
  joinsHolderAt: -1,
  joinsTopic: false,
  opensAt: -1,
  shared: [],
  topicBefore: [],
  fronted: undefined,
  wearers: [],
  relativeGap: undefined,
  negated: false,
  conjunction: false,
  disjunction: false,
  deniesPredicate: false,
  start: true,
});

/** Whether the verb still lacks its object. */
export const lacksObject = (verb: OpenVerb | undefined): verb is OpenVerb & { readonly objects: readonly [] } =>
  verb !== undefined && !verb.group.copula && verb.objects.length === 0;

/** Leaves the verb: what follows is not its object. */
export function leaveVerb(graph: GraphDraft, clause: Clause): void {
  finalizeVerb(graph, clause.verb);
  clause.verb = undefined;
}

/** Ends a clause with an empty place: the verb or the preposition without an object is about what stands before the clause. */
export function closeGap(graph: GraphDraft, clause: Clause): void {
  const { relativeGap, open, verb } = clause;
  clause.relativeGap = undefined;
  if (relativeGap && open) {
    relate(graph, open, relativeGap);
    clause.open = undefined;
  } else if (relativeGap && lacksObject(verb)) relateDirectly(graph, verb, relativeGap);
}

/** Settles what waits for an object that does not come. @param upside whether "upside" stands before the last word */
export function endClause(graph: GraphDraft, clause: Clause, upside: boolean): void {
  closeGap(graph, clause);
  if (clause.open) strandedPreposition(graph, clause.open, clause.verb?.group.copula === true, !upside);
  finalizeVerb(graph, clause.verb);
}
