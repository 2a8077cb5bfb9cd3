import { startsWithVerb } from "../grammar/write-predicate.js";
import {
  compatibleVerbs,
  intransitiveVerbs,
  type PredicateGroup,
  postureVerbs,
  predicateProperties,
} from "./predicate-properties.js";

const groupNames = Object.keys(predicateProperties) as PredicateGroup[];

const groupOfPhrase = new Map(
  groupNames.flatMap((group) => predicateProperties[group].phrases.map((phrase) => [phrase, group] as const)),
);

/** For each group, those that hold wherever it does, itself among them. */
const implied = new Map(groupNames.map((group) => [group, closure(group)]));

function closure(group: PredicateGroup): ReadonlySet<PredicateGroup> {
  const reached = new Set<PredicateGroup>();
  const open: PredicateGroup[] = [group];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    open.push(...(predicateProperties[next].implies ?? []));
  }
  return reached;
}

/** For each verb, the lists of `compatibleVerbs` that it is in. */
const verbLists = new Map<string, number[]>();
for (const [index, verbs] of compatibleVerbs.entries()) {
  for (const verb of verbs) verbLists.set(verb, [...(verbLists.get(verb) ?? []), index]);
}

/** What the table says of a predicate, gathered once. */
interface PredicateFacts {
  /** The group of its longest known ending: "sit in front of" is of "front". */
  readonly group: PredicateGroup | undefined;
  /** The verb in front of that ending: "sit" of "sit next to", nothing of "next to". */
  readonly verb: string;
  readonly startsWithVerb: boolean;
  /** The lists of verbs that may be told of one scene, of its first word. */
  readonly lists: readonly number[];
}

const facts = new Map<string, PredicateFacts>();

function factsOf(predicate: string): PredicateFacts {
  let found = facts.get(predicate);
  if (found === undefined) {
    let rest = predicate;
    let group = groupOfPhrase.get(rest);
    while (group === undefined && rest.includes(" ")) {
      rest = rest.slice(rest.indexOf(" ") + 1);
      group = groupOfPhrase.get(rest);
    }
    found = {
      group,
      verb: predicate.slice(0, predicate.length - rest.length).trim(),
      startsWithVerb: startsWithVerb(predicate),
      lists: verbLists.get(predicate.split(" ", 1)[0]!) ?? [],
    };
    if (facts.size > 10_000) facts.clear();
    facts.set(predicate, found);
  }
  return found;
}

/** Whether a predicate is another with a verb in front: "sit on" of "on". */
function endsWith(predicate: string, ending: string): boolean {
  const space = predicate.length - ending.length - 1;
  return space > 0 && predicate[space] === " " && predicate.endsWith(ending);
}

/** Whether "a candidate b" is true wherever "a stated b" is. */
export function entailsPredicate(stated: string, candidate: string): boolean {
  if (candidate === stated || endsWith(stated, candidate)) return true;
  const from = factsOf(stated);
  const to = factsOf(candidate);
  if (from.group === undefined || to.group === undefined) return false;
  return (to.verb === "" || to.verb === from.verb) && implied.get(from.group)!.has(to.group);
}

/**
 * Whether "b candidate a" is true wherever "a stated b" is: inverse predicates ("left of", "right of"), symmetric ones ("next to") and the passive
 * ("eat", "eat by").
 *
 * @param areOfOneKind whether a and b are two living beings, two foods, …: "with" then holds both ways, and what one does next to the
 *   other both do ("a dog runs beside a horse")
 */
export function entailsInverse(stated: string, candidate: string, areOfOneKind: boolean): boolean {
  if (isPassiveOf(candidate, stated) || isPassiveOf(stated, candidate)) return true;
  const from = factsOf(stated);
  const { group: target, verb } = factsOf(candidate);
  if (from.group === undefined || target === undefined) return false;
  const saysNoMore = verb === "" || postureVerbs.has(verb) || (areOfOneKind && verb === from.verb);
  if (!saysNoMore) return false;
  return [...implied.get(from.group)!].some((group) => {
    const { symmetric, inverse = [] } = predicateProperties[group];
    const holdsBothWays = symmetric === "always" || (symmetric === "of one kind" && areOfOneKind);
    return (
      (holdsBothWays && implied.get(group)!.has(target)) || inverse.some((other) => implied.get(other)!.has(target))
    );
  });
}

const isPassiveOf = (passive: string, active: string) =>
  passive.length === active.length + 3 && passive.endsWith(" by") && passive.startsWith(active);

/** Whether a predicate says so little that nearly everything may hold at once. */
export function isWeakPredicate(predicate: string): boolean {
  const { group, verb } = factsOf(predicate);
  return group !== undefined && verb === "" && predicateProperties[group].isWeak === true;
}

const places: ReadonlySet<string> = new Set<PredicateGroup>([
  "on",
  "in",
  "near",
  "along",
  "around",
  "below",
  "above",
  "behind",
  "front",
  "left",
  "right",
  "far",
  "opposite",
]);

/** Whether a predicate says where something is, without a verb. */
export function isPlacePredicate(predicate: string): boolean {
  const { group, verb, startsWithVerb: isVerb } = factsOf(predicate);
  return group !== undefined && verb === "" && !isVerb && places.has(group);
}

/** The phrases that hold both ways whatever they join. */
export const alwaysSymmetricPhrases: readonly string[] = groupNames
  .filter((group) => predicateProperties[group].symmetric === "always")
  .flatMap((group) => predicateProperties[group].phrases);

/** Whether exchanging the ends of a predicate changes nothing. */
export function isSymmetric(predicate: string, areOfOneKind: boolean): boolean {
  return entailsInverse(predicate, predicate, areOfOneKind);
}

/** For each group, those that may hold where it does: its own, what either implies, what the table says, and nearly all for a weak one. */
const compatible = new Map(
  groupNames.map((one) => [one, new Set(groupNames.filter((other) => mayHoldAtOnce(one, other)))]),
);

function mayHoldAtOnce(one: PredicateGroup, other: PredicateGroup): boolean {
  const areListed = (a: PredicateGroup, b: PredicateGroup) =>
    (predicateProperties[a].compatible ?? []).includes(b) || (predicateProperties[b].compatible ?? []).includes(a);
  const isFar = one === "far" || other === "far";
  if (!isFar && [one, other].some((group) => predicateProperties[group].isWeak)) return true;
  return [...implied.get(one)!].some((a) => [...implied.get(other)!].some((b) => a === b || areListed(a, b)));
}

/** Whether "a candidate b" may be true where "a stated b" is, so that it must not replace it in a negative. */
export function areCompatiblePredicates(candidate: string, stated: string): boolean {
  if (candidate === stated || endsWith(candidate, stated) || endsWith(stated, candidate)) return true;
  if (vacuousVerbs.has(candidate)) return true;
  const from = factsOf(stated);
  const to = factsOf(candidate);
  if (to.lists.length > 0 && from.lists.some((list) => to.lists.includes(list)) && verbOf(candidate) !== verbOf(stated))
    return true;
  if (from.group !== undefined && to.group !== undefined) return compatible.get(from.group)!.has(to.group);
  if (to.group !== undefined || !to.startsWithVerb || intransitiveVerbs.has(candidate)) return true;
  // A verb that the table lacks comes instead of a place, but may go with a weak predicate.
  return from.group === undefined ? !from.startsWithVerb : predicateProperties[from.group].isWeak === true;
}

/** Verbs that say nothing that is not done anyway: "a man doing a kite", "trying food". */
const vacuousVerbs: ReadonlySet<string> = new Set(["do", "try", "attempt"]);

const verbOf = (predicate: string) => predicate.split(" ", 1)[0]!;
