import { type Clause, lacksObject } from "./clause.js";
import type { DraftObject } from "./graph-draft.js";
import type { Preposition } from "./preposition.js";
import type { OpenPreposition } from "./relate.js";
import type { VerbGroup } from "./verb-group.js";
import { activities, animates, carriedThings } from "./word-lists.js";

/**
 * A preposition with what it hangs on when it is known what follows. Behind an object it may belong to who acts all the same: company and what
 * somebody has along, "walking in the rain with an umbrella", the place of an activity, "playing frisbee in a park", and a second place,
 * "sitting on a bench next to a dog".
 */
export function reattach(open: OpenPreposition, clause: Clause, group: readonly DraftObject[]): OpenPreposition {
  const { verb, topic } = clause;
  const actors = verb?.subjects ?? topic;
  if (open.verb || !actors.some(acts)) return open;
  const { name } = open.preposition;
  if (name === "with")
    return !open.subjects.some(acts) &&
      !/^(wear|have|push|pull)$/.test(verb?.group.lemma ?? "") &&
      group.every((object) => acts(object) || carriedThings.has(object.head))
      ? { ...open, subjects: actors }
      : open;
  if (!verb || open.subjects !== verb.objects) return open;
  if (verb.preposition === undefined)
    return activityPlaces.test(name) && activities.has(verb.group.lemma) ? { ...open, subjects: actors } : open;
  return secondPlaces.test(name) && verb.preposition !== "with" && !open.subjects.some(acts)
    ? { ...open, subjects: actors }
    : open;
}

const activityPlaces = /^(in|on|at|near|over|by|along|down|up|across|through)$/;
/** Places that who sits, stands or walks somewhere is near besides. */
export const secondPlaces = /^(next to|near|down|behind|in front of|inside|through|under|beside)$/;

/** Whether it is somebody, or an animal. */
export const acts = (object: DraftObject) => animates.has(object.head);

/** What is done to clothes, and not by who is in them. */
const garmentVerbs = /^(make|decorate|cover|print|stain|trim|button|tie|tuck|pattern|design|hang|match)\b/;

/** Whose verb it is: the antecedent's of a relative clause, the clause's topic's, or the last noun phrase's. */
export function subjectsOf(group: VerbGroup, clause: Clause, comma: boolean): readonly DraftObject[] {
  const { antecedent, topic, last, verb, conjunction, start, wearers } = clause;
  if (antecedent) return antecedent;
  if (group.finite) return topic;
  if ((conjunction || comma) && verb && verb.subjects.length > 0) return verb.subjects;
  if (start || comma) return topic;
  if (wearers.length > 0 && !garmentVerbs.test(group.lemma)) return wearers;
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
