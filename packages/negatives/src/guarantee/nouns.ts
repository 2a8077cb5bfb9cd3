import {
  kinds,
  oneKinds,
  parts,
  peopleNouns,
  placeNouns,
  roles,
  sameThings,
  similarThings,
  ubiquitousNouns,
} from "./noun-properties.js";

const groupsOfSame = groupsByNoun(sameThings);
const groupsOfSimilar = groupsByNoun([...sameThings, ...similarThings]);

/** For each noun, the groups that it is in. */
function groupsByNoun(groups: readonly (readonly string[])[]): ReadonlyMap<string, ReadonlySet<number>> {
  const found = new Map<string, Set<number>>();
  for (const [index, group] of groups.entries()) {
    for (const noun of group) {
      if (!found.has(noun)) found.set(noun, new Set());
      found.get(noun)!.add(index);
    }
  }
  return found;
}

const kindSets = new Map(Object.entries(kinds).map(([general, special]) => [general, new Set(special)]));

const headOf = (name: string) => name.slice(name.lastIndexOf(" ") + 1);

function shareGroup(one: string, other: string, table: ReadonlyMap<string, ReadonlySet<number>>): boolean {
  if (one === other) return true;
  const groups = table.get(one);
  const others = table.get(other);
  if (groups === undefined || others === undefined) return false;
  for (const group of groups) if (others.has(group)) return true;
  return false;
}

/** Whether every `special` is a `general`, by the table or over one step between ("kitten", "animal"). */
function isKindOf(special: string, general: string): boolean {
  const kind = kindSets.get(general);
  if (kind === undefined) return false;
  if (kind.has(special)) return true;
  for (const between of kind) if (between !== general && kindSets.get(between)?.has(special)) return true;
  return false;
}

const known = new Map<string, boolean>();

/** Whether every `stated` is a `candidate`: the same word, the head of a compound, a synonym, or the more general word. */
export function entailsNoun(stated: string, candidate: string): boolean {
  if (candidate === stated || stated.endsWith(` ${candidate}`)) return true;
  const key = `${stated}>${candidate}`;
  let entails = known.get(key);
  if (entails === undefined) {
    const head = headOf(stated);
    entails =
      shareGroup(stated, candidate, groupsOfSame) ||
      isKindOf(stated, candidate) ||
      (head !== stated && (shareGroup(head, candidate, groupsOfSame) || isKindOf(head, candidate)));
    if (known.size > 100_000) known.clear();
    known.set(key, entails);
  }
  return entails;
}

/** Whether a `stated` may also be called `candidate`, so that it must not replace it in a negative. */
export function areCompatibleNouns(candidate: string, stated: string): boolean {
  if (entailsNoun(stated, candidate) || entailsNoun(candidate, stated)) return true;
  const [one, other] = [headOf(candidate), headOf(stated)];
  if (one === other) return true;
  if (shareGroup(candidate, stated, groupsOfSimilar) || shareGroup(one, other, groupsOfSimilar)) return true;
  return (roles.has(one) && (roles.has(other) || peopleNouns.has(other))) || (roles.has(other) && peopleNouns.has(one));
}

const isA = (name: string, general: string) => entailsNoun(name, general) || entailsNoun(headOf(name), general);

const partsOf = new Map<string, readonly ReadonlySet<string>[]>();

/** Whether a picture of a `whole` shows a `part` anyway: its own, what is worn, what goes with it. */
export function mayHavePart(whole: string, part: string): boolean {
  let sets = partsOf.get(whole);
  if (sets === undefined) {
    sets = parts.filter((entry) => isA(whole, entry.whole)).map((entry) => entry.parts);
    if (partsOf.size > 10_000) partsOf.clear();
    partsOf.set(whole, sets);
  }
  return sets.some((names) => names.has(part) || names.has(headOf(part)));
}

/** Whether a noun says so little, or is in so many pictures, that it makes no false caption. */
export function isUbiquitousNoun(name: string): boolean {
  return ubiquitousNouns.has(name);
}

/** Whether a noun places, counts or names the picture ("middle", "row", "photo"), so that it is no end of a swap. */
export function isPlaceNoun(name: string): boolean {
  return placeNouns.has(name);
}

/** Whether both are living beings, both food or both vehicles: things that "with" joins without saying which has which. */
export function areOfOneKind(a: string, b: string): boolean {
  return oneKinds.some((kind) => [a, b].every((name) => kind.some((general) => isA(name, general))));
}
