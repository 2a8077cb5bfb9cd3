import type { AttributeCategory, AttributeMention, CaptionPlan, Mention } from "../captions/caption-plan.js";
import { writeCaption } from "../captions/write-caption.js";
import { sizeNames } from "../scenes/atoms.js";
import { unseenAttributeCount, unseenRelationCount } from "../scenes/compounds.js";
import type { Scene, SceneDescription } from "../scenes/scene.js";
import { splitOf } from "../scenes/splits.js";
import { spriteOf } from "../sprites/sprite-bounds.js";
import { verifyGraph } from "./verify-graph.js";

/** A caption's plan with the description of a scene of which it is true. A foil is made by changing both alike. */
export interface Counterfactual extends SceneDescription {
  readonly plan: CaptionPlan;
}

/**
 * Whether `foil` is a fair foil of `truth`: false of the scene, but such that the world could have made the scene of
 * which it is true, in the same split, with as many held-out compounds. Caption and foil then change places between two
 * scenes that are equally likely, so text alone cannot tell them apart.
 */
export function isFairFoil(scene: Scene, truth: Counterfactual, foil: Counterfactual): boolean {
  return (
    isPossible(foil) &&
    unseenAttributeCount(foil) === unseenAttributeCount(truth) &&
    unseenRelationCount(foil) === unseenRelationCount(truth) &&
    splitOf(foil) === splitOf(truth) &&
    verifyGraph(scene, writeCaption(foil.plan)) === "false"
  );
}

/** Whether the world makes such scenes: kinds differ, and "on" and "in" hold between kinds and sizes that allow it. */
function isPossible({ objects, relations }: SceneDescription): boolean {
  if (new Set(objects.map(({ kind }) => kind)).size < objects.length) return false;
  return relations.every(({ subject, predicate, object }) => {
    if (predicate !== "on" && predicate !== "in") return true;
    const upper = objects[subject]!;
    const lower = objects[object]!;
    if (!spriteOf(upper.kind).portable) return false;
    if (predicate === "on") return spriteOf(lower.kind).support !== undefined;
    return spriteOf(lower.kind).opening !== undefined && sizeNames.indexOf(upper.size) < sizeNames.indexOf(lower.size);
  });
}

function mapMentions(plan: CaptionPlan, change: (mention: Mention) => Mention): CaptionPlan {
  return { ...plan, mentions: plan.mentions.map(change) };
}

/** Lets two objects change places: "a red dog left of a blue cat" becomes "a blue cat left of a red dog". */
export function exchangeObjects(truth: Counterfactual, first: string, second: string): Counterfactual {
  const { plan } = truth;
  return {
    ...exchangePlaces(truth, first, second),
    plan: { ...plan, mentions: exchange(plan.mentions, first, second) },
  };
}

/** The description of the scene in which two objects have changed places. */
export function exchangePlaces(
  { objects, relations }: SceneDescription,
  first: string,
  second: string,
): SceneDescription {
  return { objects: exchange(objects, first, second), relations };
}

function exchange<T extends { readonly kind: string }>(list: readonly T[], first: string, second: string): T[] {
  const one = list.find(({ kind }) => kind === first);
  const two = list.find(({ kind }) => kind === second);
  return list.map((item) => (item === one ? (two ?? item) : item === two ? (one ?? item) : item));
}

/** Exchanges one category of attribute between two objects, the words and the values. */
export function exchangeAttributes(
  counterfactual: Counterfactual,
  first: string,
  second: string,
  category: AttributeCategory,
): Counterfactual {
  const mention = (kind: string) =>
    counterfactual.plan.mentions
      .find((one) => one.kind === kind)
      ?.attributes.find((attribute) => attribute.category === category);
  const one = mention(first);
  const two = mention(second);
  if (!one || !two)
    throw new RangeError(`exchangeAttributes: the caption does not say the ${category} of both objects`);
  return withAttribute(withAttribute(counterfactual, first, two), second, one);
}

/** Gives an object another attribute of the same category. */
export function withAttribute(
  { objects, relations, plan }: Counterfactual,
  kind: string,
  attribute: AttributeMention,
): Counterfactual {
  return {
    objects: objects.map((one) => (one.kind === kind ? { ...one, [attribute.category]: attribute.value } : one)),
    relations,
    plan: mapMentions(plan, (one) =>
      one.kind === kind
        ? { ...one, attributes: one.attributes.map((old) => (old.category === attribute.category ? attribute : old)) }
        : one,
    ),
  };
}

/** Gives an object another kind. */
export function withKind({ objects, relations, plan }: Counterfactual, from: string, to: string): Counterfactual {
  const change = <T extends { readonly kind: string }>(one: T): T => (one.kind === from ? { ...one, kind: to } : one);
  return { objects: objects.map(change), relations, plan: mapMentions(plan, change) };
}

/** Exchanges the kinds of two objects; attributes and places stay: "a red cat left of a blue dog". */
export function exchangeKinds(
  { objects, relations, plan }: Counterfactual,
  first: string,
  second: string,
): Counterfactual {
  const change = <T extends { readonly kind: string }>(one: T): T =>
    one.kind === first ? { ...one, kind: second } : one.kind === second ? { ...one, kind: first } : one;
  return { objects: objects.map(change), relations, plan: mapMentions(plan, change) };
}
