import { hash } from "@tesserae/scene-graph/random";
import type { RelationName } from "./atoms.js";
import type { ObjectDescription, WorldRelation } from "./scene.js";

const heldOutPercent = 15;

function bucket(text: string, count: number): number {
  return (hash(text) >>> 0) % count;
}

/**
 * Whether no training image shows an object of this kind with this attribute. About 15 % of the compounds of a kind
 * with a colour, a size other than medium or a pattern other than plain are held out, by a hash of the two words: the
 * same for every seed. Every attribute and every kind occurs in training, in other compounds (CREPE's "unseen
 * compounds").
 */
export function isUnseenAttributeCompound(attribute: string, kind: string): boolean {
  if (attribute === "medium" || attribute === "plain") return false;
  return bucket(`attribute/${attribute}/${kind}`, 100) < heldOutPercent;
}

/**
 * Whether no training image shows the two kinds in this relation, in either order. About 15 % are held out by a hash.
 * Held out are both orders together, so that a caption and the one with the two kinds swapped are both seen or both
 * unseen.
 */
export function isUnseenRelationCompound(subjectKind: string, relation: RelationName, objectKind: string): boolean {
  const [first, second] = [subjectKind, objectKind].sort();
  return bucket(`relation/${relation}/${first}/${second}`, 100) < heldOutPercent;
}

interface Description {
  readonly objects: readonly ObjectDescription[];
  readonly relations: readonly WorldRelation[];
}

/** Whether a scene shows any held-out compound. */
export function hasUnseenCompound({ objects, relations }: Description): boolean {
  return (
    objects.some(({ kind, colour, size, pattern }) =>
      [colour, size, pattern].some((attribute) => isUnseenAttributeCompound(attribute, kind)),
    ) ||
    relations.some(({ subject, predicate, object }) =>
      isUnseenRelationCompound(objects[subject]!.kind, predicate, objects[object]!.kind),
    )
  );
}

/** A text equal for two scenes exactly when they show the same objects, attributes and relations. */
export function describeScene({ objects, relations }: Description): string {
  const nouns = objects.map(({ kind, colour, size, pattern }) => `${size} ${colour} ${pattern} ${kind}`);
  const links = relations.map(
    (link) => `${objects[link.subject]!.kind} ${link.predicate} ${objects[link.object]!.kind}`,
  );
  return [...nouns.sort(), ...links.sort()].join("; ");
}

export type WorldSplit = "train" | "validation" | "test";

export const worldSplits: readonly WorldSplit[] = ["train", "validation", "test"];

/**
 * The split that owns a description (8 : 1 : 1, by hash): no description occurs in two splits, whatever the seed or
 * the count.
 */
export function splitOfDescription(description: string): WorldSplit {
  const part = bucket(`split/${description}`, 10);
  return part < 8 ? "train" : part === 8 ? "validation" : "test";
}
