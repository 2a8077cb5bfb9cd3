import { denyingPrepositions } from "../../lexicon/prepositions.js";
import { subjectsOf } from "../attachment.js";
import type { CaptionReader, Construction } from "../caption-reader.js";
import { type Clause, closeGap, leaveVerb } from "../clause.js";
import { isPluralVerb } from "../coordination.js";
import type { DraftObject } from "../graph-draft.js";
import { readPredicate } from "../read-predicate.js";
import type { OpenPreposition } from "../relate.js";
import { readVerbGroup } from "../verb-group.js";

/** A verb with its auxiliaries: a new predicate of the clause's topic, or of the noun phrase in front. */
export const verbGroup: Construction = {
  name: "verb group",
  read(reader) {
    const { words, graph, clause, at } = reader;
    const read = readVerbGroup(words, at, reader.language);
    if (!read) return false;
    // "is not eating or drinking"
    const carried = clause.conjunction && clause.disjunction && clause.verb?.group.negated === true && !read.finite;
    const instead = clause.open !== undefined && denyingPrepositions.has(clause.open.preposition.name);
    // "ready for serving", "a knife for cutting bread": what it is for, and not what happens
    const purpose = clause.open?.preposition.name === "for" && words[at]!.tag === "ing";
    const group = carried || purpose || instead || clause.deniesPredicate ? { ...read, negated: true } : read;
    clause.deniesPredicate = false;
    reader.at = group.next;
    if (clause.relativeGap && clause.verb && group.finite) {
      clause.topic = clause.relativeGap;
      closeGap(graph, clause);
    }
    const joined =
      group.finite && !clause.antecedent && isPluralVerb(words[at]!) ? coordinatedTopics(clause) : undefined;
    const subjects = joined ?? subjectsOf(group, clause, words[at]!.before === "comma");
    if (clause.open && clause.conjunction) shareObject(clause, clause.open);
    if (group.finite) clause.antecedent = undefined;
    leaveVerb(graph, clause);
    clause.verb = { group, subjects, objects: [] };
    clause.open = undefined;
    clause.negated = group.negated;
    clause.conjunction = false;
    clause.start = false;
    if (group.copula) reader.at = readPredicate(words, reader.at, graph, subjects, group.negated);
    else if (subjects.length === 0)
      graph.report("verb-without-subject", `No subject was found for "${group.lemma}".`, group.span);
    return true;
  },
};

/** Whether the clause's verb is "be". */
export const hasCopula = ({ clause }: CaptionReader): boolean => clause.verb?.group.copula === true;

/** Lets a preposition wait for the object of the next one. */
export function shareObject(clause: Clause, open: OpenPreposition): void {
  clause.shared = [...clause.shared, open];
  if (open.verb) open.verb.shares = true;
}

/** The topics of two clauses that share a verb, "a man in blue and a woman in red are dancing"; undefined where the verb fits one alone. */
function coordinatedTopics({ topic, topicBefore }: Clause): readonly DraftObject[] | undefined {
  const singular = topic.length === 1 && !topic[0]!.plural && topic[0]!.quantity === undefined;
  return singular && topicBefore.length > 0 ? [...topicBefore, ...topic] : undefined;
}
