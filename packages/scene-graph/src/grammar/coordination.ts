import { animateNouns, bodyParts, clothes, food, portableObjects, vehicles } from "../lexicon/nouns.js";
import { agentiveGerunds } from "../lexicon/verbs.js";
import type { TaggedWord } from "../tagger/tag-words.js";
import { isAnimate } from "./animacy.js";
import { type DraftObject, isDetermined } from "./graph-draft.js";
import type { NounPhrase } from "./noun-phrase.js";
import { readPreposition } from "./preposition.js";
import { readSideBySide } from "./relate.js";

/** What a noun phrase behind "and" joins: the object in front, what that object is "of", or nothing: it opens a clause. */
export type Joined = "object" | "holder" | "clause";

/** What stands around "and". */
export interface Coordination {
  /** What the clause is about. */
  readonly topic: readonly DraftObject[];
  /** The object in front of "and". */
  readonly object: NounPhrase;
  /** What the object hangs on, and by which preposition: the glass of "a glass of water and …". */
  readonly holder: { readonly object: DraftObject; readonly preposition: string } | undefined;
  /** The phrase behind "and". */
  readonly conjunct: NounPhrase;
  /** The predicate behind that phrase and its complement, "a glass of wine". */
  readonly predicate: Predicate | undefined;
  /** A comma stands in front of the conjunction or of the phrase. */
  readonly comma: boolean;
  /** "A and B", not the end of a list. */
  readonly pair: boolean;
}

/** The predicate of a phrase, as far as its first words tell. */
export type Predicate =
  | { readonly form: "finite"; readonly plural: boolean }
  | { readonly form: "participle"; readonly agentive: boolean }
  /** `anaphor`: its object is "it", "his hand" or "the other", which stands for what has been named. */
  | { readonly form: "preposition"; readonly anaphor: "pronoun" | "possessive" | undefined };

/**
 * Tells what a noun phrase behind "and" joins by what stands on both sides. With a predicate of its own it opens a clause, "a dog on the bed and a cat on
 * the floor", unless it is of the object's kind and form, and not of the topic's: "a man in a shirt and jeans on a bike". Where both are alike it
 * opens a clause: a missing fact is better than a wrong one.
 */
export function joinedBy(coordination: Coordination): Joined {
  const { object, holder, conjunct, predicate } = coordination;
  if (predicate?.form === "preposition" && predicate.anaphor === "pronoun") return "object";
  if (predicate?.form === "preposition" && predicate.anaphor === "possessive" && kindOf(conjunct.head) !== "animate")
    return holder && isHeldEach(object) ? "holder" : "object";
  // "a cup of coffee and a plate on a table": nothing has been said of the cup.
  const alone = holder?.preposition === "of" && coordination.topic.includes(holder.object);
  if (!(alone && isDetermined(conjunct) && predicate?.form === "preposition") && opensClause(coordination))
    return "clause";
  if (holder?.preposition !== "of") return "object";
  if (conjunct.head === holder.object.head) return "holder";
  const kind = kindOf(conjunct.head);
  if (kind !== undefined && kind === kindOf(object.head)) return "object";
  return isDetermined(conjunct) && !isDetermined(object) && holder.object.determined ? "holder" : "object";
}

function opensClause({ topic, object, conjunct, predicate, comma, pair }: Coordination): boolean {
  if (!predicate) return comma && pair && isDetermined(conjunct) && topic.length > 0;
  if (topic.length === 0) return predicate.form !== "preposition";
  if (comma && pair) return true;
  if (predicate.form === "finite" && predicate.plural && !conjunct.plural) return true;
  const kind = kindOf(conjunct.head);
  const asTopic = kind !== undefined && topic.some(({ head }) => kindOf(head) === kind);
  const asObject = kind !== undefined && kindOf(object.head) === kind;
  if (asTopic !== asObject) return asTopic;
  if (predicate.form === "finite") return true;
  if (predicate.form === "participle" && predicate.agentive && kind === "animate") return true;
  if (predicate.form === "participle" && predicate.agentive && topic.every(isAnimate)) return false;
  // "meat and vegetables on a table": a list of bare nouns, unless the topic is one as well, "dogs on beds and cats on mats".
  return (
    isDetermined(conjunct) || isDetermined(object) || topic.every(({ determined, plural }) => !determined && plural)
  );
}

/** The predicate that starts at an index, if any. */
export function predicateAt(words: readonly TaggedWord[], at: number): Predicate | undefined {
  const word = words[at];
  if (word?.before !== "") return undefined;
  if (word.tag === "be" || word.tag === "verb" || word.tag === "auxiliary")
    return { form: "finite", plural: isPluralVerb(word) };
  if (word.tag === "ing" || word.tag === "past")
    return { form: "participle", agentive: agentiveGerunds.has(word.lower) };
  const preposition = word.tag === "clitic" ? undefined : (readPreposition(words, at) ?? readSideBySide(words, at));
  return preposition && { form: "preposition", anaphor: anaphorAt(words, preposition.next) };
}

function anaphorAt(words: readonly TaggedWord[], at: number): "pronoun" | "possessive" | undefined {
  const word = words[at];
  if (word?.tag === "pronoun" && /^(it|them|him|her|itself|themselves)$/.test(word.lower)) return "pronoun";
  if (word?.tag === "possessive" && word.lower !== "whose") return "possessive";
  const other = words[at + 1];
  return word?.lower === "the" && other?.lower === "other" && words[at + 2]?.tag !== "noun" ? "possessive" : undefined;
}

/** Whether the object in front is somebody's as well: "a hat on his head and a bag in his hand", "in one hand and … in the other". */
const isHeldEach = ({ possessive, quantity, determiner }: NounPhrase): boolean =>
  possessive !== undefined || quantity === "one" || determiner === "each";

/** Whether a finite verb can only have a plural subject: "are", "ride". */
export const isPluralVerb = ({ tag, lower, features }: TaggedWord): boolean =>
  tag === "be" ? /^(are|were|'re)/.test(lower) : tag === "verb" && features.base && !features.past;

/** Clothes, parts of the body and things along are of one kind: what somebody has on or with them. */
const kinds: Readonly<Record<string, readonly ReadonlySet<string>[]>> = {
  animate: [animateNouns],
  belongings: [clothes, bodyParts, portableObjects],
  food: [food],
  vehicles: [vehicles],
};

/** The kind of thing that a noun names, among the kinds that the lexicon lists. */
const kindOf = (head: string): string | undefined =>
  Object.keys(kinds).find((kind) => kinds[kind]!.some((nouns) => nouns.has(head)));
