import { animateNouns, bodyParts, feminineNouns, masculineNouns, people } from "../lexicon/nouns.js";
import type { TaggedWord } from "../tagger/tag-words.js";
import { isAnimate } from "./animacy.js";
import type { DraftObject } from "./graph-draft.js";
import type { NounPhrase } from "./noun-phrase.js";

const isPerson = ({ head }: DraftObject) =>
  animateNouns.has(head) && (people.has(head) || /(er|or|man|woman|ist)$/.test(head));
const isSingular = (object: DraftObject) => !object.plural && object.quantity === undefined;

/** Whether the pronoun, in its subject form, can stand for the object. */
function fits(pronoun: string, object: DraftObject): boolean {
  if (isPronoun(object.head)) return object.head === pronoun;
  if (pronoun === "it") return isSingular(object) && !isPerson(object);
  if (pronoun === "they") return !isSingular(object) || isPerson(object);
  if (!isSingular(object) || !animateNouns.has(object.head)) return false;
  return !(pronoun === "he" ? feminineNouns : masculineNouns).has(object.head);
}

/** What is left when people go before animals. */
function preferred(pronoun: string, found: readonly DraftObject[]): readonly DraftObject[] {
  const better =
    pronoun === "they"
      ? found.filter((object) => !isSingular(object))
      : pronoun === "it"
        ? found
        : found.filter((object) => isPerson(object));
  return better.length > 0 ? better : found;
}

const subjectForms: Readonly<Record<string, string>> = {
  itself: "it",
  its: "it",
  him: "he",
  himself: "he",
  his: "he",
  her: "she",
  herself: "she",
  them: "they",
  themselves: "they",
  their: "they",
};

/** Whether an object's name is a pronoun, that of somebody whom the caption does not name: "he is riding a horse". */
export const isPronoun = (name: string): boolean => /^(he|she|they)$/.test(name);

/** Whether "he", "she" or "they" has nobody in the caption so far to stand for. */
export function standsAlone(word: string, objects: readonly DraftObject[]): boolean {
  if (!isPronoun(word)) return false;
  return !objects.some((object) => fits(word, object) || (word === "they" && animateNouns.has(object.head)));
}

/** A pronoun that is an object of its own. */
export const pronounPhrase = ({ lower, start, end }: TaggedWord, next: number): NounPhrase => ({
  name: lower,
  head: lower,
  attributes: [],
  plural: lower === "they",
  span: { start, end },
  phrase: { start, end },
  next,
});

/** The one earlier object that a pronoun can stand for; undefined where none or several could be meant. */
export function resolvePronoun(
  word: string,
  objects: readonly DraftObject[],
  excluded: readonly DraftObject[],
): DraftObject | undefined {
  const pronoun = subjectForms[word] ?? word;
  if (!/^(it|he|she|they)$/.test(pronoun)) return undefined;
  const found = preferred(
    pronoun,
    objects.filter((object) => !excluded.includes(object) && fits(pronoun, object)),
  );
  return found.length === 1 ? found[0] : undefined;
}

/** What "it" or "them" stands for in "a table with a cup on it", whatever else the caption names: what has the cup. */
export function resolveHolder(
  word: string,
  held: readonly DraftObject[],
  holderOf: (object: DraftObject) => DraftObject | undefined,
): DraftObject | undefined {
  const pronoun = subjectForms[word] ?? word;
  const holders = new Set(held.map(holderOf));
  const [holder] = holders;
  return holders.size === 1 && holder && fits(pronoun, holder) ? holder : undefined;
}

/**
 * Whose something is that is said to be "his", "her", "its", "their" or "whose": the one object that fits, or the coordinated subjects of the clause
 * ("a man and a woman with their dog"). None where that is not clear.
 */
export function resolvePossessor(
  word: string,
  objects: readonly DraftObject[],
  last: readonly DraftObject[],
  topic: readonly DraftObject[],
  owned: string,
): readonly DraftObject[] {
  if (word === "whose") return last;
  // "a dog with a stick in its mouth": only a living being has one.
  const owners = bodyParts.has(owned) && !["his", "her"].includes(word) ? objects.filter(isAnimate) : objects;
  const found = resolvePronoun(word, owners, []) ?? resolvePronoun(word, objects, []);
  if (word === "their" && topic.length > 1 && (found === undefined || isSingular(found))) return topic;
  return found ? [found] : [];
}

/** How many words from here mean "each other": two, or one where they are run together; 0 for none. */
export const reciprocalLength = (word: string, next: string | undefined): number => {
  if (word === "eachother") return 1;
  return (word === "each" && next === "other") || (word === "one" && next === "another") ? 2 : 0;
};
