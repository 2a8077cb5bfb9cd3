import {
  type AttributeType,
  attributeScales,
  incompleteParticiples,
  intransitiveParticiples,
  sameAttributes,
  surprisingValues,
  unusualValues,
  vacuousAttributes,
} from "./attribute-properties.js";

export type { AttributeType } from "./attribute-properties.js";

/** Where an attribute stands: scales by number, with the line on each. */
const placesOf = new Map<string, Map<number, number>>();
const typeOf = new Map<string, AttributeType>();
for (const [index, { type, values }] of attributeScales.entries()) {
  for (const [line, names] of values.entries()) {
    for (const name of names) {
      if (!placesOf.has(name)) placesOf.set(name, new Map());
      placesOf.get(name)!.set(index, line);
      if (!typeOf.has(name)) typeOf.set(name, type);
    }
  }
}

const canonicalName = new Map(sameAttributes.flatMap((group) => group.map((name) => [name, group[0]!] as const)));
const canonical = (name: string) => canonicalName.get(name) ?? name;

/** The type of an attribute, or undefined for one that stands in no list. */
export function attributeType(name: string): AttributeType | undefined {
  return typeOf.get(name);
}

/** Whether what is `stated` is also `candidate`: the same word or one of the same meaning. */
export function entailsAttribute(stated: string, candidate: string): boolean {
  return candidate === stated || canonical(candidate) === canonical(stated);
}

/** Whether nothing can be both: a colour and another, open and closed, striped and plain. Of words that the tables lack this is not known. */
export function excludesAttribute(stated: string, candidate: string): boolean {
  const places = placesOf.get(stated);
  const others = placesOf.get(candidate);
  if (places === undefined || others === undefined) return false;
  let excludes = false;
  for (const [scale, line] of places) {
    const other = others.get(scale);
    if (other === line) return false;
    if (other !== undefined) excludes = true;
  }
  return excludes;
}

/** Whether an attribute says nothing that could be seen to be false ("other", "next", "same"). */
export function isVacuousAttribute(name: string): boolean {
  return vacuousAttributes.has(firstWord(name)) || vacuousAttributes.has(name);
}

/** "different" of "different sized". */
const firstWord = (name: string) => name.slice(0, `${name} `.indexOf(" "));

/** Whether a word stands as an attribute by itself: no vacuous one, no participle that wants an object or a preposition. */
export function standsAlone(name: string): boolean {
  const first = firstWord(name);
  if (isVacuousAttribute(name) || incompleteParticiples.has(first)) return false;
  return !/ing$/.test(first) || intransitiveParticiples.has(first) || /^(?:interesting|amusing)$/.test(first);
}

/** Whether few things have an attribute, so that it is false of most of which nothing is said: "striped", "wooden". */
export function isUnusual(name: string): boolean {
  return unusualValues.has(name);
}

/**
 * Whether a thing is hardly ever so, and a caption would say it: "purple", "furry"; not "silver" or "wooden", which a
 * caption leaves out.
 */
export function isSurprising(name: string): boolean {
  return surprisingValues.has(name);
}
