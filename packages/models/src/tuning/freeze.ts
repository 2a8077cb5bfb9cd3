import type * as tf from "@tensorflow/tfjs-core";
import { ModelError } from "../model-error.js";

/** One half of a CLIP. The logit scale belongs to neither. */
export type Tower = "image" | "text";

/**
 * Picks the variables of one tower, its projection included, by name: for `freeze`, and for `interpolate` (MosaiCLIP averages
 * the image tower only).
 */
export function inTower(tower: Tower): (name: string) => boolean {
  const prefix = tower === "image" ? /^vis(ion_model|ual_projection)\./ : /^text_(model|projection)\./;
  return (name) => prefix.test(name);
}

/**
 * Locks variables: they get no gradients, and nothing is computed backward through the layers that only they need.
 * `freeze(clip, inTower("image"))` is a locked image tower (LiT).
 *
 * @param select which variables, by name.
 * @throws ModelError when there is no such variable.
 */
export function freeze(
  { variables }: { readonly variables: ReadonlyMap<string, tf.Variable> },
  select: (name: string) => boolean,
): void {
  const chosen = [...variables].filter(([name]) => select(name));
  if (chosen.length === 0) {
    throw new ModelError("freeze: no variable was selected; variables go by the names that `variables` lists.");
  }
  for (const [, variable] of chosen) variable.trainable = false;
}
