import type * as tf from "@tensorflow/tfjs-core";
import type { Clip } from "../clip/clip.js";
import { knowledgePrefix, towerNames } from "../clip/clip-parameters.js";
import { ModelError } from "../model-error.js";
import type { TowerKind } from "../towers/tower.js";
import { blockDepths } from "./block-depths.js";

/**
 * Picks the variables of one tower, its projection included, by name: for `freeze`, and for `interpolate` (MosaiCLIP averages
 * the image tower only). The logit scale and the knowledge encoder belong to neither.
 */
export function inTower(tower: TowerKind): (name: string) => boolean {
  const { prefix, projection } = towerNames[tower];
  return (name) => name.startsWith(`${prefix}.`) || name === projection;
}

/** Picks the variables of a knowledge encoder that is part of a model, by name. */
export function inKnowledge(name: string): boolean {
  return name.startsWith(`${knowledgePrefix}.`);
}

/**
 * Picks what stands below the last blocks of a tower, by name: with `freeze`, only those blocks and what follows them are trained,
 * as open_clip's `--lock-image-unlocked-groups` and Semantic Guidance's last four layers.
 *
 * @param blocks how many of the last ones are left out, as `clip.towers[tower].blocks` counts them.
 * @throws ModelError when the tower has fewer.
 */
export function belowLastBlocks(
  clip: Pick<Clip, "towers" | "parameters">,
  tower: TowerKind,
  blocks: number,
): (name: string) => boolean {
  const { length } = clip.towers[tower].blocks;
  if (!Number.isInteger(blocks) || blocks < 0 || blocks > length) {
    throw new ModelError(`belowLastBlocks: blocks is ${blocks}; the ${tower} tower has ${length}.`);
  }
  const depths = blockDepths(clip, tower);
  return (name) => (depths.get(name) ?? Number.POSITIVE_INFINITY) <= length - blocks;
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
