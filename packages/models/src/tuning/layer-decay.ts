import type { Clip } from "../clip/clip.js";
import { ModelError } from "../model-error.js";
import { blockDepths } from "./block-depths.js";

/**
 * Layer-wise learning-rate decay (BEiT, Bao et al. 2021; timm's `param_groups_layer_decay`): the factor of each variable's
 * learning rate. In each tower it is 1 for what comes after the last block (final normalisation, projection), `decay` for the last
 * block, decay² for the one before, and so on; decay to the power of blocks + 1 for the embeddings. The logit scale and a knowledge
 * encoder keep 1.
 *
 * @param decay in (0, 1]; 1 changes nothing.
 * @returns the factor by the variable's name, as `clip.variables` lists it.
 * @throws ModelError when the decay is outside (0, 1].
 */
export function layerDecay(clip: Pick<Clip, "towers" | "parameters">, decay: number): (name: string) => number {
  if (!(decay > 0 && decay <= 1))
    throw new ModelError(`layerDecay: decay is ${decay}; above 0 and at most 1 is expected.`);
  const factors = new Map<string, number>();
  for (const tower of ["image", "text"] as const) {
    const last = clip.towers[tower].blocks.length + 1;
    for (const [name, depth] of blockDepths(clip, tower)) factors.set(name, decay ** (last - depth));
  }
  return (name) => factors.get(name) ?? 1;
}
