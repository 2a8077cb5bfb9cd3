import { containers, food, pictureNouns, portableObjects } from "../lexicon/nouns.js";
import { activityPlaces, secondaryLocatives, wearerPlaces } from "../lexicon/prepositions.js";
import { acquisitionVerbs, activities, garmentVerbs } from "../lexicon/verbs.js";
import { isAnimate } from "./animacy.js";
import { type Clause, lacksObject } from "./clause.js";
import type { DraftObject } from "./graph-draft.js";
import type { Preposition } from "./preposition.js";
import type { OpenPreposition } from "./relate.js";
import type { VerbGroup } from "./verb-group.js";

/**
 * Attaches a prepositional phrase once its noun is known. Behind a verb's object it attaches to the subject where it says who comes along or what is
 * carried ("walking in the rain with an umbrella"), where an activity takes place ("playing frisbee in a park"), and where it is a secondary locative
 * ("sitting on a bench next to a dog"); otherwise where `openPrepositionalPhrase` has put it.
 */
export function attachPrepositionalPhrase(
  open: OpenPreposition,
  clause: Clause,
  group: readonly DraftObject[],
): OpenPreposition {
  const { verb, topic } = clause;
  const actors = verb?.subjects ?? topic;
  const { name } = open.preposition;
  // "a skillet on a stove with vegetables in it"
  if (!open.verb && name === "with" && isServed(topic, open.subjects, group)) return { ...open, subjects: topic };
  if (open.verb || !actors.some(isAnimate)) return open;
  if (name === "with")
    return !open.subjects.some(isAnimate) &&
      !/^(wear|have|push|pull)$/.test(verb?.group.lemma ?? "") &&
      group.every((object) => isAnimate(object) || portableObjects.has(object.head))
      ? { ...open, subjects: actors }
      : open;
  if (!verb || open.subjects !== verb.objects) return open;
  if (name === "from" && verb.preposition === undefined && acquisitionVerbs.has(verb.group.lemma))
    return { ...open, subjects: actors, verb };
  if (verb.preposition === undefined)
    return activityPlaces.has(name) && activities.has(verb.group.lemma) ? { ...open, subjects: actors } : open;
  return secondaryLocatives.has(name) && verb.preposition !== "with" && !open.subjects.some(isAnimate)
    ? { ...open, subjects: actors }
    : open;
}

/** Whose verb it is: the antecedent's of a relative clause, the clause's topic's, or the last noun phrase's. */
export function subjectsOf(group: VerbGroup, clause: Clause, comma: boolean): readonly DraftObject[] {
  const { antecedent, topic, last, verb, conjunction, start, wearers } = clause;
  if (antecedent) return antecedent;
  if (group.finite) return isSaidOfAbsent(clause, group) ? last : topic;
  if ((conjunction || comma) && verb && verb.subjects.length > 0) return verb.subjects;
  if (start || comma) return topic;
  if (wearers.length > 0 && !garmentVerbs.has(firstWord(group.lemma))) return wearers;
  if (last.length > 0 && topic.some(isAnimate) && !last.some(isAnimate) && !group.passive) return topic;
  return last.length > 0 ? last : topic;
}

/**
 * Whether a finite verb says what an absent thing does not do: "a picture without any man rides a horse". A picture does nothing itself; another thing
 * gives way to somebody in the singular, "a place without any child sits on a swing", but not in "a house without any people stands on a hill".
 */
function isSaidOfAbsent({ topic, last }: Clause, { copula }: VerbGroup): boolean {
  if (last.length === 0 || !last.every(({ absent }) => absent) || topic.some(({ absent }) => absent)) return false;
  if (topic.every(({ head }) => pictureNouns.has(head))) return true;
  return !copula && !topic.some(isAnimate) && last.every((object) => isAnimate(object) && !object.plural);
}

/** A preposition with what it hangs on: the verb before it if that has no object yet, else the last noun phrase. */
export function openPrepositionalPhrase(preposition: Preposition, clause: Clause): OpenPreposition {
  const { verb, last, topic, wearers } = clause;
  const to = (subjects: readonly DraftObject[]) => ({ preposition, subjects, verb: undefined });
  if (clause.start) return to([]);
  // "a man with no shirt on a skateboard"
  if (
    last.length > 0 &&
    last.every(({ absent }) => absent) &&
    verb?.group.negated !== true &&
    topic.some(isAnimate) &&
    wearerPlaces.has(preposition.name)
  )
    return to(topic);
  // "a cup and a glass of water": only the glass.
  if (preposition.name === "of" && !lacksObject(verb) && last.length > 1 && last.at(-1)!.determined)
    return { ...to(last.slice(-1)), among: last };
  // "an outfit and a hat made of paper": only the hat
  const isOfLast =
    preposition.name === "of" &&
    last.length > 1 &&
    last.at(-1)!.determined &&
    verb?.subjects === last &&
    verb.group.passive;
  if (lacksObject(verb)) return { preposition, subjects: isOfLast ? last.slice(-1) : verb.subjects, verb };
  if (verb?.group.copula && verb.objects.length === 0 && last.length > 0) return to(verb.subjects);
  if (wearers.length > 0 && wearerPlaces.has(preposition.name)) return to(wearers);
  return to(last.length > 0 ? last : topic);
}

/** Whether food stands behind a place on which a vessel is: it is in the vessel. */
const isServed = (
  topic: readonly DraftObject[],
  place: readonly DraftObject[],
  group: readonly DraftObject[],
): boolean =>
  topic.length > 0 &&
  place !== topic &&
  topic.every(({ head }) => containers.has(head)) &&
  !place.some(({ head }) => containers.has(head)) &&
  group.every(({ head }) => food.has(head));

const firstWord = (lemma: string) => /^\w+/.exec(lemma)?.[0] ?? lemma;
