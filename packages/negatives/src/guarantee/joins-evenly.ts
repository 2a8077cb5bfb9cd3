import type { SceneGraph, SceneObject, SceneRelation } from "@tesserae/scene-graph";
import { areOfOneKindFor, nounKind } from "./noun-kind.js";
import { areOfOneKind } from "./nouns.js";
import { isSymmetric } from "./predicates.js";

/**
 * Whether the ends of a relation may change places: "next to", "with" of two of one kind, "at" of what does not live;
 * "with" of two lifeless things too, but not where what follows tells their places apart: "a table with a lamp on it"
 * is no lamp with a table on it.
 */
export function joinsEvenly(
  { caption }: SceneGraph,
  { predicate }: SceneRelation,
  subject: SceneObject,
  object: SceneObject,
): boolean {
  if (isSymmetric(predicate, areOfOneKind(subject.name, object.name))) return true;
  if (predicate === "at" && [subject, object].every(({ name }) => nounKind(name) !== "being")) return true;
  return (
    isSymmetric(predicate, areOfOneKindFor(predicate, subject.name, object.name)) &&
    !placedAgain.test(caption.slice(Math.max(subject.span.end, object.span.end)))
  );
}

const placedAgain =
  /^[^,.;]{0,40}?\b(?:on|in|inside|inside of|under|underneath|over|above|behind|front of|top of)\s+(?:it|them|its)\b/i;
