import type { SceneGraph, SceneObject } from "@tesserae/scene-graph";
import type { Rng } from "../contract/negative-miner.js";
import { attributeType, entailsAttribute } from "../guarantee/attributes.js";
import { areCompatibleNouns } from "../guarantee/nouns.js";
import { areCompatiblePredicates } from "../guarantee/predicates.js";
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

/** Whether no object of the caption could also have this name. */
export function isAbsentObject(name: string, captionGraph: SceneGraph): boolean {
  return !captionGraph.objects.some((other) => areCompatibleNouns(name, other.name));
}

/**
 * Whether no object of this name in the caption has this attribute or one of the same meaning.
 *
 * @param replaced with it, the attribute must also be of its type: a colour for a colour
 */
export function isAbsentAttribute(
  name: string,
  object: SceneObject,
  captionGraph: SceneGraph,
  replaced?: string,
): boolean {
  const type = replaced === undefined ? undefined : attributeType(replaced);
  if (type !== undefined && attributeType(name) !== type) return false;
  return !captionGraph.objects.some(
    (other) => other.name === object.name && other.attributes.some((held) => entailsAttribute(held.name, name)),
  );
}

/** Whether the predicate cannot hold of two things beside the stated one. */
export function isAbsentPredicate(name: string, stated: string): boolean {
  return !areCompatiblePredicates(name, stated);
}
