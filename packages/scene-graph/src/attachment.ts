import type { DraftObject } from "./graph-draft.js";
import type { OpenPreposition, OpenVerb } from "./relate.js";
import type { VerbGroup } from "./verb-group.js";
import { animates } from "./word-lists.js";

/** What stands before a verb. */
export interface SubjectContext {
  readonly topic: readonly DraftObject[];
  readonly last: readonly DraftObject[];
  readonly antecedent: readonly DraftObject[] | undefined;
  readonly verb: OpenVerb | undefined;
  readonly conjunction: boolean;
  readonly comma: boolean;
  readonly clauseStart: boolean;
}

const acts = (object: DraftObject) => animates.has(object.head);

/** Whose verb it is: the antecedent's of a relative clause, the clause's topic's, or the last noun phrase's. */
export function subjectsOf(group: VerbGroup, at: SubjectContext): readonly DraftObject[] {
  if (at.antecedent) return at.antecedent;
  if (group.finite) return at.topic;
  if ((at.conjunction || at.comma) && at.verb && at.verb.subjects.length > 0) return at.verb.subjects;
  if (at.clauseStart || at.comma) return at.topic;
  if (at.last.length > 0 && at.topic.length > 0 && at.topic.some(acts) && !at.last.some(acts) && !group.passive)
    return at.topic;
  return at.last.length > 0 ? at.last : at.topic;
}

/** What a preposition hangs on: the verb before it if that has no object yet, else the last noun phrase. */
export function attach(
  verb: OpenVerb | undefined,
  last: readonly DraftObject[],
  topic: readonly DraftObject[],
  clauseStart: boolean,
): Pick<OpenPreposition, "subjects" | "verb"> {
  if (clauseStart) return { subjects: [], verb: undefined };
  if (verb && !verb.group.copula && verb.objects.length === 0) return { subjects: verb.subjects, verb };
  if (verb?.group.copula && verb.objects.length === 0 && last.length > 0)
    return { subjects: verb.subjects, verb: undefined };
  return { subjects: last.length > 0 ? last : topic, verb: undefined };
}
