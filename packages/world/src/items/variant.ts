import type { AttributeCategory, AttributeMention, CaptionPlan, Mention } from "../captions/caption-plan.js";
import { writeCaption } from "../captions/write-caption.js";
import { sizeNames } from "../scenes/atoms.js";
import { hasUnseenCompound } from "../scenes/compounds.js";
import type { ObjectDescription, Scene, WorldRelation } from "../scenes/scene.js";
import { spriteOf } from "../sprites/sprite-bounds.js";
import { judge } from "./judge.js";

/** A caption's plan with the description of a scene of which it is true. A foil is made by changing both alike. */
export interface Variant {
  readonly objects: readonly ObjectDescription[];
  readonly relations: readonly WorldRelation[];
  readonly plan: CaptionPlan;
}

/**
 * Whether a variant is a fair foil for a scene: false of the scene, but such that the world could have made the scene
 * of which it is true, in training as well. Caption and foil then change places between two scenes that are equally
 * likely, so text alone cannot tell them apart.
 */
export function isFairFoil(scene: Scene, variant: Variant): boolean {
  return isPossible(variant) && !hasUnseenCompound(variant) && judge(scene, writeCaption(variant.plan)) === "false";
}

/** Whether the world makes such scenes: kinds differ, and "on" and "in" hold between kinds and sizes that allow it. */
function isPossible({ objects, relations }: Omit<Variant, "plan">): boolean {
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
export function exchangeObjects({ objects, relations, plan }: Variant, first: string, second: string): Variant {
  const exchange = <T extends { readonly kind: string }>(list: readonly T[]): T[] => {
    const one = list.find(({ kind }) => kind === first);
    const two = list.find(({ kind }) => kind === second);
    return list.map((item) => (item === one ? (two ?? item) : item === two ? (one ?? item) : item));
  };
  return { objects: exchange(objects), relations, plan: { ...plan, mentions: exchange(plan.mentions) } };
}

/** Exchanges one category of attribute between two objects, the words and the values. */
export function exchangeAttributes(
  variant: Variant,
  first: string,
  second: string,
  category: AttributeCategory,
): Variant {
  const mention = (kind: string) =>
    variant.plan.mentions
      .find((one) => one.kind === kind)
      ?.attributes.find((attribute) => attribute.category === category);
  const one = mention(first);
  const two = mention(second);
  if (!one || !two)
    throw new RangeError(`exchangeAttributes: the caption does not say the ${category} of both objects`);
  return withAttribute(withAttribute(variant, first, two), second, one);
}

/** Gives an object another attribute of the same category. */
export function withAttribute(
  { objects, relations, plan }: Variant,
  kind: string,
  attribute: AttributeMention,
): Variant {
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
export function withKind({ objects, relations, plan }: Variant, from: string, to: string): Variant {
  const change = <T extends { readonly kind: string }>(one: T): T => (one.kind === from ? { ...one, kind: to } : one);
  return { objects: objects.map(change), relations, plan: mapMentions(plan, change) };
}
