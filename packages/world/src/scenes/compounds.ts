import { hash } from "@tesserae/scene-graph/random";
import type { RelationName } from "./atoms.js";
import type { SceneDescription } from "./scene.js";

/** Percent of the compounds that training never shows. Fewer of the relations: a scene of six things holds fifteen. */
const heldOutPercent = { attribute: 20, relation: 10 } as const;

/**
 * Whether no training image shows an object of this kind with this attribute. About 20 % of the compounds of a kind
 * with a colour, a size other than medium or a pattern other than plain are held out, by a hash of the two words: the
 * same for every seed. Every attribute and every kind occurs in training, in other compounds (CREPE's "unseen
 * compounds").
 */
export function isUnseenAttributeCompound(attribute: string, kind: string): boolean {
  if (attribute === "medium" || attribute === "plain") return false;
  return isHeldOut("attribute", `${attribute}/${kind}`);
}

/**
 * Whether no training image shows the two kinds in this relation, in either order. About 10 % are held out by a hash.
 * Held out are both orders together, so that a caption and the one with the two kinds swapped are both seen or both
 * unseen.
 */
export function isUnseenRelationCompound(subjectKind: string, relation: RelationName, objectKind: string): boolean {
  const [first, second] = [subjectKind, objectKind].sort();
  return isHeldOut("relation", `${relation}/${first}/${second}`);
}

const known = new Map<string, boolean>();

function isHeldOut(of: keyof typeof heldOutPercent, words: string): boolean {
  const compound = `${of}/${words}`;
  let heldOut = known.get(compound);
  if (heldOut === undefined) {
    heldOut = (hash(compound) >>> 0) % 100 < heldOutPercent[of];
    known.set(compound, heldOut);
  }
  return heldOut;
}

/** How many held-out compounds of attributes with kinds a description shows. */
export function unseenAttributeCount({ objects }: SceneDescription): number {
  const compounds = objects.flatMap(({ kind, colour, size, pattern }) =>
    [colour, size, pattern].filter((attribute) => isUnseenAttributeCompound(attribute, kind)),
  );
  return compounds.length;
}

/** How many held-out compounds of two kinds in a relation a description shows. */
export function unseenRelationCount({ objects, relations }: SceneDescription): number {
  return relations.filter(({ subject, predicate, object }) =>
    isUnseenRelationCompound(objects[subject]!.kind, predicate, objects[object]!.kind),
  ).length;
}

/** Which held-out compounds a description shows. */
export type Novelty = "none" | "attribute" | "relation" | "both";

export function noveltyOf(description: SceneDescription): Novelty {
  const attribute = unseenAttributeCount(description) > 0;
  const relation = unseenRelationCount(description) > 0;
  return attribute ? (relation ? "both" : "attribute") : relation ? "relation" : "none";
}

/** Whether a description shows any held-out compound. */
export function hasUnseenCompound(description: SceneDescription): boolean {
  return noveltyOf(description) !== "none";
}
