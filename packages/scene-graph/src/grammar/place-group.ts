import { clothes, containers, settingNouns } from "../lexicon/nouns.js";
import { isAnimate } from "./animacy.js";
import { attachPrepositionalPhrase } from "./attachment.js";
import { type Clause, lacksObject, leaveVerb } from "./clause.js";
import type { DraftObject, GraphDraft } from "./graph-draft.js";
import { type OpenPreposition, relate, relateDirectly } from "./relate.js";

/** Gives coordinated objects their place in the clause: objects of its preposition or verb, what stands at a fronted place, or a new topic. */
export function placeGroup(graph: GraphDraft, clause: Clause, group: readonly DraftObject[]): void {
  const { open, verb, fronted } = clause;
  clause.wearers = [];
  clause.last = group;
  if (open) {
    const attached = attachPrepositionalPhrase(open, clause, group);
    relate(graph, attached, group);
    // "is higher than the trees near the lake": the trees are near it.
    if (verb?.group.copula && isComparison(attached)) verb.objects = group;
    for (const one of clause.shared) relate(graph, one, group);
    clause.addBeside = clause.topic === attached.subjects ? undefined : clause.addObjects;
    clause.addObjects = (more) => relate(graph, attached, more);
    if (attached.subjects.length === 0 && !attached.verb) clause.fronted = { open: attached, objects: group };
    if (names("in", open) && group.every(({ head }) => clothes.has(head)) && open.subjects.every(isAnimate))
      clause.wearers = open.subjects;
    // What follows "a plate of food" is said of the plate, and what follows "a boat in the distance" of the boat.
    if (open.subjects.length > 0 && (names("of", open) ? open.subjects.every(holds) : group.every(isSetting)))
      clause.last = clause.last.length > 0 && names("of", open) ? (open.among ?? open.subjects) : open.subjects;
    clause.open = undefined;
  } else if (fronted && verb?.group.copula && verb.objects.length === 0 && verb.subjects.length === 0) {
    relate(graph, { ...fronted.open, subjects: group }, fronted.objects);
    clause.topic = group;
  } else if (lacksObject(verb) && verb.subjects.length > 0 && !clause.start) {
    relateDirectly(graph, verb, group);
    clause.addBeside = undefined;
    clause.addObjects = (more) => relateDirectly(graph, verb, more);
  } else {
    if (fronted && clause.topic.length === 0 && !verb) {
      // "on the table a cup": the fronted place belongs to the topic.
      relate(graph, { ...fronted.open, subjects: group }, fronted.objects);
      clause.fronted = undefined;
    }
    clause.topic = group;
    clause.antecedent = undefined;
    clause.addObjects = undefined;
    clause.addBeside = undefined;
    leaveVerb(graph, clause);
  }
  clause.shared = [];
  clause.start = false;
}

const isComparison = ({ preposition: { name } }: OpenPreposition) => /(^| )than$|^as .* as$/.test(name);
const names = (name: string, { preposition }: OpenPreposition) => preposition.name === name;
const isSetting = ({ head }: DraftObject) => settingNouns.has(head);
const holds = ({ head }: DraftObject) => containers.has(head) || head === "field";
