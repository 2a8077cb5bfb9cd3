import type { SceneGraph, SceneObject } from "@tesserae/scene-graph";
import type { Rng } from "../contract/negative-miner.js";
import { attributeType, entailsAttribute, excludesAttribute, isUnusual, standsAlone } from "../guarantee/attributes.js";
import { fitsAge } from "../guarantee/noun-kind.js";
import { areCompatibleNouns, isUbiquitousNoun, mayHavePart } from "../guarantee/nouns.js";
import { areCompatiblePredicates, isWeakPredicate } from "../guarantee/predicates.js";
import type { VocabularyEntry } from "./build-vocabulary.js";
import { pick } from "./random.js";

/** How a word is taken from a vocabulary's list: each as likely, or as likely as it is frequent. */
export type Draw = (entries: readonly VocabularyEntry[], rng: Rng) => string | undefined;

export const drawUniform: Draw = (entries, rng) => pick(entries, rng)?.name;

const sums = new WeakMap<readonly VocabularyEntry[], Float64Array>();

/** Draws by frequency: a binary search in the running sums of the counts. */
export const drawByFrequency: Draw = (entries, rng) => {
  let running = sums.get(entries);
  if (!running) {
    let sum = 0;
    running = Float64Array.from(entries, ({ count }) => {
      sum += count;
      return sum;
    });
    sums.set(entries, running);
  }
  const target = rng() * (running.at(-1) ?? 0);
  let low = 0;
  let high = running.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (running[middle]! > target) high = middle;
    else low = middle + 1;
  }
  return entries[low]?.name;
};

const attempts = 20;

/** Draws until a word is allowed; gives up after some draws, so that a vocabulary of one word cannot hang. */
export function drawAllowed(
  entries: readonly VocabularyEntry[],
  isAllowed: (name: string) => boolean,
  rng: Rng,
  draw: Draw = drawUniform,
): string | undefined {
  for (let i = 0; i < attempts; i++) {
    const name = draw(entries, rng);
    if (name !== undefined && isAllowed(name)) return name;
  }
  return undefined;
}

const filtered = new WeakMap<readonly VocabularyEntry[], Map<string, readonly VocabularyEntry[]>>();

/** The entries that a test lets through; `key` names the test, which is done once for a list. */
export function entriesFor(
  entries: readonly VocabularyEntry[],
  key: string,
  isAllowed: (name: string) => boolean,
): readonly VocabularyEntry[] {
  let byKey = filtered.get(entries);
  if (!byKey) {
    byKey = new Map();
    filtered.set(entries, byKey);
  }
  let found = byKey.get(key);
  if (!found) {
    found = entries.filter(({ name }) => isAllowed(name));
    if (byKey.size > 5000) byKey.clear();
    byKey.set(key, found);
  }
  return found;
}

/** A test of words by their kind: which words are let through is found once for a list, by `key`. */
export interface Fit {
  readonly key: string;
  readonly isFit: (name: string) => boolean;
}

const anyWord: Fit = { key: "", isFit: () => true };

/** Draws a noun that no object of the caption could also have, and that its picture would not show anyway. */
export function drawAbsentObject(
  entries: readonly VocabularyEntry[],
  graph: SceneGraph,
  rng: Rng,
  draw?: Draw,
  { key, isFit }: Fit = anyWord,
): string | undefined {
  const usable = entriesFor(entries, `objects ${key}`, (name) => !isUbiquitousNoun(name) && isFit(name));
  return drawAllowed(usable, (name) => isAbsentObject(name, graph), rng, draw);
}

/**
 * Draws an attribute that no object of this name has and that excludes the replaced one, where its type is known; else one that few things have
 * ("striped"), or any that stands alone where the vocabulary has no such.
 */
export function drawAbsentAttribute(
  entries: readonly VocabularyEntry[],
  object: SceneObject,
  graph: SceneGraph,
  replaced: string | undefined,
  rng: Rng,
  draw?: Draw,
  isFit: (name: string) => boolean = anyWord.isFit,
): string | undefined {
  const isTyped = replaced !== undefined && attributeType(replaced) !== undefined;
  const usable = isTyped
    ? entriesFor(entries, `excludes ${replaced}`, (name) => excludesAttribute(replaced, name) && standsAlone(name))
    : unusual(entries);
  return drawAllowed(
    usable,
    (name) => isFit(name) && fitsAge(name, object.name) && isAbsentAttribute(name, object, graph),
    rng,
    draw,
  );
}

function unusual(entries: readonly VocabularyEntry[]): readonly VocabularyEntry[] {
  const few = entriesFor(entries, "unusual", (name) => isUnusual(name) && standsAlone(name));
  return few.length > 0 ? few : entriesFor(entries, "attributes", standsAlone);
}

/** Draws a predicate that cannot hold of two things beside the stated one. */
export function drawAbsentPredicate(
  entries: readonly VocabularyEntry[],
  stated: string,
  rng: Rng,
  draw?: Draw,
  { key, isFit }: Fit = anyWord,
): string | undefined {
  const isAllowed = (name: string) => isAbsentPredicate(name, stated);
  // Nearly nothing may replace a weak predicate ("with", "near"), so that draws would go on in vain.
  if (isWeakPredicate(stated)) {
    const left = entriesFor(entries, `not ${stated} ${key}`, (name) => isFit(name) && isAllowed(name));
    return (draw ?? drawUniform)(left, rng);
  }
  return drawAllowed(key === "" ? entries : entriesFor(entries, `predicates ${key}`, isFit), isAllowed, rng, draw);
}

/**
 * Whether no object of the caption could also have this name, and none has a part of this name. A colour that was
 * read as a noun names nothing.
 */
export function isAbsentObject(name: string, captionGraph: SceneGraph): boolean {
  if (attributeType(name) === "colour") return false;
  return !captionGraph.objects.some((other) => areCompatibleNouns(name, other.name) || mayHavePart(other.name, name));
}

/** Whether no object of this name in the caption has this attribute or one of the same meaning. */
export function isAbsentAttribute(name: string, object: SceneObject, captionGraph: SceneGraph): boolean {
  return !captionGraph.objects.some(
    (other) => other.name === object.name && other.attributes.some((held) => entailsAttribute(held.name, name)),
  );
}

/** Whether the predicate cannot hold of two things beside the stated one. */
export function isAbsentPredicate(name: string, stated: string): boolean {
  return !areCompatiblePredicates(name, stated);
}
