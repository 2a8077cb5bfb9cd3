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

const groupsOfSame = indexGroups(sameThings);
const groupsOfSimilar = indexGroups([...sameThings, ...similarThings]);

/** For each noun, the groups that it is in. */
function indexGroups(groups: readonly (readonly string[])[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const [index, group] of groups.entries()) {
    for (const noun of group) found.set(noun, [...(found.get(noun) ?? []), index]);
  }
  return found;
}

/** For each noun, the kinds that list it, and the wholes that list it as a part. */
const kindsOf = new Map<string, string[]>();
for (const [general, special] of Object.entries(kinds)) {
  for (const noun of special) kindsOf.set(noun, [...(kindsOf.get(noun) ?? []), general]);
}
const wholesOf = new Map<string, string[]>();
for (const { whole, parts: names } of parts) {
  for (const noun of names) wholesOf.set(noun, [...(wholesOf.get(noun) ?? []), whole]);
}

/** What the tables say of a noun, gathered once. */
interface NounFacts {
  readonly head: string;
  /** All that it may be called as well: its head, its synonyms, the kinds of these, over two steps. */
  readonly generals: ReadonlySet<string>;
  readonly similar: readonly number[];
  readonly wholes: readonly string[];
  readonly isRole: boolean;
  readonly isPerson: boolean;
}

const facts = new Map<string, NounFacts>();

function factsOf(name: string): NounFacts {
  let found = facts.get(name);
  if (found === undefined) {
    const head = name.slice(name.lastIndexOf(" ") + 1);
    const either = <T>(table: ReadonlyMap<string, readonly T[]>) => [
      ...(table.get(name) ?? []),
      ...(head === name ? [] : (table.get(head) ?? [])),
    ];
    found = {
      head,
      generals: generalsOf(name),
      similar: either(groupsOfSimilar),
      wholes: either(wholesOf),
      isRole: roles.has(head),
      isPerson: peopleNouns.has(head),
    };
    if (facts.size > 20_000) facts.clear();
    facts.set(name, found);
  }
  return found;
}

function generalsOf(name: string): ReadonlySet<string> {
  const generals = new Set<string>();
  for (let rest = name; ; rest = rest.slice(rest.indexOf(" ") + 1)) {
    generals.add(rest);
    if (!rest.includes(" ")) break;
  }
  for (let step = 0; step < 2; step++) {
    for (const noun of [...generals]) {
      for (const group of groupsOfSame.get(noun) ?? []) for (const other of sameThings[group]!) generals.add(other);
    }
    for (const noun of [...generals]) for (const general of kindsOf.get(noun) ?? []) generals.add(general);
  }
  return generals;
}

/** All that a noun may be called as well: its head, its synonyms, the kinds of these. */
export function generalNouns(name: string): ReadonlySet<string> {
  return factsOf(name).generals;
}

/** Whether a noun names a person, or what a person may be ("player"). */
export function isPersonNoun(name: string): boolean {
  const { isPerson, isRole, generals } = factsOf(name);
  return isPerson || isRole || generals.has("person") || generals.has("people");
}

/** Whether every `stated` is a `candidate`: the same word, the head of a compound, a synonym, or the more general word. */
export function entailsNoun(stated: string, candidate: string): boolean {
  return candidate === stated || factsOf(stated).generals.has(candidate);
}

/** Whether a `stated` may also be called `candidate`, so that it must not replace it in a negative. */
export function areCompatibleNouns(candidate: string, stated: string): boolean {
  if (candidate === stated) return true;
  const [one, other] = [factsOf(candidate), factsOf(stated)];
  return (
    one.head === other.head ||
    other.generals.has(candidate) ||
    one.generals.has(stated) ||
    (one.isRole && (other.isRole || other.isPerson)) ||
    (other.isRole && one.isPerson) ||
    one.similar.some((group) => other.similar.includes(group))
  );
}

/** Whether a picture of a `whole` shows a `part` anyway: its own, what is worn, what goes with it. */
export function mayHavePart(whole: string, part: string): boolean {
  const { wholes } = factsOf(part);
  return wholes.length > 0 && wholes.some((general) => factsOf(whole).generals.has(general));
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
  const [one, other] = [factsOf(a).generals, factsOf(b).generals];
  return oneKinds.some(
    (kind) => kind.some((general) => one.has(general)) && kind.some((general) => other.has(general)),
  );
}
