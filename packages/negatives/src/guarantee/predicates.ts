import { startsWithVerb } from "../grammar/write-predicate.js";
import { compatibleVerbs, type PredicateGroup, postureVerbs, predicateProperties } from "./predicate-properties.js";

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

/** A predicate as the table reads it. */
interface Reading {
  readonly group: PredicateGroup;
  /** The verb in front of the phrase: "sit" of "sit next to", nothing of "next to". */
  readonly verb: string;
}

const readings = new Map<string, Reading | undefined>();

/** The group of a predicate by its longest known ending: "sit in front of" is of "front". */
function read(predicate: string): Reading | undefined {
  if (readings.has(predicate)) return readings.get(predicate);
  let rest = predicate;
  let group = groupOfPhrase.get(rest);
  while (group === undefined && rest.includes(" ")) {
    rest = rest.slice(rest.indexOf(" ") + 1);
    group = groupOfPhrase.get(rest);
  }
  const found = group && { group, verb: predicate.slice(0, predicate.length - rest.length).trim() };
  if (readings.size > 10_000) readings.clear();
  readings.set(predicate, found);
  return found;
}

/** Whether "a candidate b" is true wherever "a stated b" is. */
export function entailsPredicate(stated: string, candidate: string): boolean {
  if (candidate === stated || stated.endsWith(` ${candidate}`)) return true;
  const [from, to] = [read(stated), read(candidate)];
  if (from === undefined || to === undefined) return false;
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
  if (candidate === `${stated} by` || stated === `${candidate} by`) return true;
  const [from, to] = [read(stated), read(candidate)];
  if (from === undefined || to === undefined) return false;
  const saysNoMore = to.verb === "" || postureVerbs.has(to.verb) || (areOfOneKind && to.verb === from.verb);
  if (!saysNoMore) return false;
  return [...implied.get(from.group)!].some((group) => {
    const { symmetric, inverse = [] } = predicateProperties[group];
    const holdsBothWays = symmetric === "always" || (symmetric === "of one kind" && areOfOneKind);
    return (
      (holdsBothWays && implied.get(group)!.has(to.group)) ||
      (inverse as readonly PredicateGroup[]).some((other) => implied.get(other)!.has(to.group))
    );
  });
}

/** The phrases that hold both ways whatever they join. */
export const alwaysSymmetricPhrases: readonly string[] = groupNames
  .filter((group) => predicateProperties[group].symmetric === "always")
  .flatMap((group) => predicateProperties[group].phrases);

/** Whether exchanging the ends of a predicate changes nothing. */
export function isSymmetric(predicate: string, areOfOneKind: boolean): boolean {
  return entailsInverse(predicate, predicate, areOfOneKind);
}

const verbOf = (predicate: string) => predicate.slice(0, `${predicate} `.indexOf(" "));

const compatible = new Set(
  groupNames.flatMap((group) => {
    const { compatible: others = [] } = predicateProperties[group];
    return others.flatMap((other) => [`${group} ${other}`, `${other} ${group}`]);
  }),
);

/** Whether "a candidate b" may be true where "a stated b" is, so that it must not replace it in a negative. */
export function areCompatiblePredicates(candidate: string, stated: string): boolean {
  if (candidate === stated || candidate.endsWith(` ${stated}`) || stated.endsWith(` ${candidate}`)) return true;
  const [from, to] = [read(stated), read(candidate)];
  const areSimilarVerbs = verbsMayCoincide(verbOf(candidate), verbOf(stated));
  if (from === undefined || to === undefined) {
    const known = from ?? to;
    if (to === undefined && !startsWithVerb(candidate)) return true;
    if (known === undefined) return areSimilarVerbs || !startsWithVerb(stated);
    // A verb that the table lacks may go with a place, unless the place comes instead of it.
    return areSimilarVerbs || predicateProperties[known.group].isWeak === true || to !== undefined;
  }
  if (from.group === to.group || areSimilarVerbs) return true;
  const areFar = [from.group, to.group].includes("far");
  const isWeak = [from.group, to.group].some((group) => predicateProperties[group].isWeak);
  if (isWeak && !areFar) return true;
  return [...implied.get(from.group)!].some((one) =>
    [...implied.get(to.group)!].some((other) => one === other || compatible.has(`${one} ${other}`)),
  );
}

function verbsMayCoincide(one: string, other: string): boolean {
  return one !== other && compatibleVerbs.some((verbs) => verbs.has(one) && verbs.has(other));
}
