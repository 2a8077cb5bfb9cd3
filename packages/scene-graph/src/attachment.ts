import { type Clause, lacksObject } from "./clause.js";
import type { DraftObject } from "./graph-draft.js";
import type { Preposition } from "./preposition.js";
import type { OpenPreposition, OpenVerb } from "./relate.js";
import type { VerbGroup } from "./verb-group.js";
import { activities, animates, carriedThings } from "./word-lists.js";

/**
 * Whether a preposition behind an object belongs to who acts all the same: company and what somebody has along, "walking in the rain with an
 * umbrella", and the place of an activity, "playing frisbee in a park".
 */
export function goesWithSubject(open: OpenPreposition, verb: OpenVerb, group: readonly DraftObject[]): boolean {
  if (open.verb || !verb.subjects.some(acts)) return false;
  if (open.preposition.name === "with")
    return (
      !open.subjects.some(acts) &&
      !/^(wear|have|push|pull)$/.test(verb.group.lemma) &&
      group.every((object) => acts(object) || carriedThings.has(object.head))
    );
  return (
    /^(in|on|at|near|over|by|along)$/.test(open.preposition.name) &&
    verb.direct === true &&
    open.subjects === verb.objects &&
    activities.has(verb.group.lemma)
  );
}

export const acts = (object: DraftObject) => animates.has(object.head);

/** Whose verb it is: the antecedent's of a relative clause, the clause's topic's, or the last noun phrase's. */
export function subjectsOf(group: VerbGroup, clause: Clause, comma: boolean): readonly DraftObject[] {
  const { antecedent, topic, last, verb, conjunction, start } = clause;
  if (antecedent) return antecedent;
  if (group.finite) return topic;
  if ((conjunction || comma) && verb && verb.subjects.length > 0) return verb.subjects;
  if (start || comma) return topic;
  if (last.length > 0 && topic.some(acts) && !last.some(acts) && !group.passive) return topic;
  return last.length > 0 ? last : topic;
}

/** Places behind clothes that are their wearer's: "a man in a red shirt on a horse". */
const wearersPlace = /^(on|in|at|near|by|next to|behind|in front of|along|across|through)$/;

/** A preposition with what it hangs on: the verb before it if that has no object yet, else the last noun phrase. */
export function attach(preposition: Preposition, clause: Clause): OpenPreposition {
  const { verb, last, topic, wearers } = clause;
  const to = (subjects: readonly DraftObject[]) => ({ preposition, subjects, verb: undefined });
  if (clause.start) return to([]);
  if (lacksObject(verb)) return { preposition, subjects: verb.subjects, verb };
  if (verb?.group.copula && verb.objects.length === 0 && last.length > 0) return to(verb.subjects);
  if (wearers.length > 0 && wearersPlace.test(preposition.name)) return to(wearers);
  return to(last.length > 0 ? last : topic);
}
