import { pick, type Rng, shuffled } from "@tesserae/scene-graph/random";
import type { RelationName } from "../scenes/atoms.js";
import type { WorldLevel } from "../scenes/levels.js";
import type { ObjectDescription, Scene, WorldRelation } from "../scenes/scene.js";
import { phrasesFor, type RelationPhrase } from "./relation-phrases.js";

export type AttributeCategory = "size" | "colour" | "pattern";

/** An attribute as a caption says it: `word` may be a synonym of `value`. */
export interface AttributeMention {
  readonly category: AttributeCategory;
  readonly value: string;
  readonly word: string;
}

/** An object as a caption names it. */
export interface Mention {
  readonly kind: string;
  /** In the order of the words. */
  readonly attributes: readonly AttributeMention[];
  /** Said in a sentence of their own at the end: "the box is red." */
  readonly predicative?: boolean;
}

/** A statement about two mentions, by their indices. */
export interface Clause {
  readonly subject: number;
  readonly phrase: RelationPhrase;
  /** Whether "is to the left of" is said as "is left of". */
  readonly short?: boolean;
  readonly object: number;
}

/**
 * What a caption says and in which form; `writeCaption` makes its text and gold scene graph. Without clauses, mentions
 * are joined by "and".
 */
export interface CaptionPlan {
  readonly mentions: readonly Mention[];
  readonly clauses: readonly Clause[];
  /** "a dog left of a cat", "a dog is left of a cat." or "there is a dog left of a cat." */
  readonly opening: "bare" | "is" | "there is";
}

/** How much a caption says. */
export interface CaptionDetail {
  /** Probabilities that each kind of attribute is said, where the object has it. */
  readonly size: number;
  readonly colour: number;
  readonly pattern: number;
  /** Whether every object is named and, with two or more, all are connected by relations. */
  readonly everything: boolean;
}

/** Detail of a scene's first caption. */
export function fullDetail({ colourSaid }: WorldLevel): CaptionDetail {
  return { size: 0.5, colour: colourSaid, pattern: 0.75, everything: true };
}

/** Detail of its further captions. */
export const partDetail: CaptionDetail = { size: 0.3, colour: 0.8, pattern: 0.5, everything: false };

/** Plans a caption of a scene; everything it says is true of the scene. */
export function planCaption(rng: Rng, level: WorldLevel, scene: Scene, detail: CaptionDetail): CaptionPlan {
  const count = scene.objects.length;
  const objects = scene.objects.map((_, index) => index);
  if (count === 1) return listPlan(rng, level, scene, objects, detail);
  if (count === 2 && rng() < level.lists) return listPlan(rng, level, scene, shuffled(rng, objects), detail);
  const clauses = pickRelations(rng, scene, detail.everything ? count - 1 : 1 + Math.floor(rng() * (count - 1)));
  return clausePlan(rng, level, scene, clauses, detail);
}

function listPlan(
  rng: Rng,
  level: WorldLevel,
  scene: Scene,
  objects: readonly number[],
  detail: CaptionDetail,
): CaptionPlan {
  const mentions = objects.map((index) => mentionOf(rng, level, scene.objects[index]!, detail));
  return { mentions: withPredicative(rng, level, mentions), clauses: [], opening: rng() < 0.5 ? "bare" : "there is" };
}

/** Relations that connect `count` + 1 objects, each after the first touching an earlier one. */
export function pickRelations(rng: Rng, scene: Scene, count: number): WorldRelation[] {
  const order = shuffled(rng, scene.relations);
  const chosen: WorldRelation[] = [];
  const reached = new Set<number>();
  while (chosen.length < count) {
    const next = order.find(({ subject, object }) =>
      chosen.length === 0 ? true : reached.has(subject) !== reached.has(object),
    );
    if (!next) break;
    chosen.push(next);
    reached.add(next.subject).add(next.object);
  }
  return chosen;
}

/**
 * A plan that states the given relations. Each is said in either direction, as likely, in any of its words, so that
 * neither the word nor who is named first tells where things are. "in" has no word for the other direction.
 */
export function clausePlan(
  rng: Rng,
  level: WorldLevel,
  scene: Scene,
  relations: readonly WorldRelation[],
  detail: CaptionDetail,
): CaptionPlan {
  const mentioned: number[] = [];
  const mentionIndex = (object: number) => {
    if (!mentioned.includes(object)) mentioned.push(object);
    return mentioned.indexOf(object);
  };
  const clauses = relations.map(({ subject, predicate, object }): Clause => {
    const inverse = predicate !== "in" && rng() < 0.5;
    const phrase = pickPhrase(rng, level, predicate, inverse);
    const [first, second] = inverse ? [object, subject] : [subject, object];
    return { subject: mentionIndex(first), phrase, short: rng() < 0.5, object: mentionIndex(second) };
  });
  const mentions = mentioned.map((index) => mentionOf(rng, level, scene.objects[index]!, detail));
  return {
    mentions: withPredicative(rng, level, mentions),
    clauses,
    opening: pick(rng, ["bare", "is", "is", "there is"] as const),
  };
}

/** Now and then one object's attributes get a sentence of their own. */
function withPredicative(rng: Rng, level: WorldLevel, mentions: readonly Mention[]): readonly Mention[] {
  const chosen = Math.floor(rng() * mentions.length);
  if (rng() >= level.sentences || mentions[chosen]!.attributes.length === 0) return mentions;
  return mentions.map((mention, index) => (index === chosen ? { ...mention, predicative: true } : mention));
}

function pickPhrase(rng: Rng, level: WorldLevel, relation: RelationName, inverse: boolean): RelationPhrase {
  const phrases = phrasesFor(relation, inverse);
  return level.usualWords ? phrases[0]! : pick(rng, phrases);
}

/** The clause said the other way round, with the word for it, or nothing where the language has none. */
export function reword(rng: Rng, level: WorldLevel, clause: Clause): Clause | undefined {
  const { relation, inverse } = clause.phrase;
  if (relation === "in") return undefined;
  const phrase = pickPhrase(rng, level, relation, !inverse);
  return { ...clause, subject: clause.object, phrase, object: clause.subject };
}

/** Names an object with some of its attributes: size first, then colour and pattern in either order. */
function mentionOf(rng: Rng, level: WorldLevel, object: ObjectDescription, detail: CaptionDetail): Mention {
  const attributes: AttributeMention[] = [];
  const colour = rng() < detail.colour ? [attributeMention(rng, "colour", object.colour)] : [];
  const patternChance = object.pattern !== "plain" ? detail.pattern : hasPatterns(level) ? detail.pattern / 6 : 0;
  const pattern = rng() < patternChance ? [attributeMention(rng, "pattern", object.pattern)] : [];
  if (object.size !== "medium" && rng() < detail.size) attributes.push(attributeMention(rng, "size", object.size));
  attributes.push(...(rng() < 0.5 ? [...colour, ...pattern] : [...pattern, ...colour]));
  return { kind: object.kind, attributes };
}

/** Whether "plain" says something in a level. */
function hasPatterns({ patterns }: WorldLevel): boolean {
  return patterns.striped + patterns.dotted + patterns.checkered > 0;
}

/** An attribute with one of the words for it. */
export function attributeMention(rng: Rng, category: AttributeCategory, value: string): AttributeMention {
  return { category, value, word: pick(rng, attributeWords(value)) };
}

/** The words for an attribute. */
export function attributeWords(value: string): readonly string[] {
  if (value === "small") return ["small", "tiny"];
  if (value === "large") return ["large", "big"];
  return [value];
}
