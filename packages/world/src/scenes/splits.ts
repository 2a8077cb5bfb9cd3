import { hash } from "@tesserae/scene-graph/random";
import { hasUnseenCompound } from "./compounds.js";
import type { SceneDescription } from "./scene.js";

export const worldSplits = ["train", "validation", "test"] as const;

export type WorldSplit = (typeof worldSplits)[number];

/**
 * What a scene shares with all scenes that differ from it only in who has which attribute and who stands where: its
 * kinds, attributes and relations, each sorted by itself.
 */
export function contentsOf({ objects, relations }: SceneDescription): string {
  const sorted = (words: readonly string[]) => [...words].sort().join(" ");
  return [
    sorted(objects.map(({ kind }) => kind)),
    sorted(objects.map(({ colour }) => colour)),
    sorted(objects.map(({ size }) => size)),
    sorted(objects.map(({ pattern }) => pattern)),
    sorted(relations.map(({ predicate }) => predicate)),
  ].join("; ");
}

/**
 * The split that owns a scene: test, where it shows a held-out compound, and else by a hash of its contents, 7 : 1 : 2. A
 * caption and its swaps are so always of one split:
 * no scorer can tell a test caption from its swapped foil by having met one of the two in training.
 */
export function splitOf(description: SceneDescription): WorldSplit {
  if (hasUnseenCompound(description)) return "test";
  const part = (hash(`split/${contentsOf(description)}`) >>> 0) % 10;
  return part < 7 ? "train" : part === 7 ? "validation" : "test";
}
