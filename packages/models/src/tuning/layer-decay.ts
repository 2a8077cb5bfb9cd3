import type { Clip } from "../clip/clip.js";
import { ModelError } from "../model-error.js";
import { inTower } from "./freeze.js";

/** What stands before everything of one block: a transformer's layer, a Swin's block or merging of patches, a ResNet's block. */
const block = /^.*?\.(?:layers?\.\d+(?:\.blocks\.\d+|\.downsample)?|layer\d\.\d+)(?=\.)/;

/**
 * Layer-wise learning-rate decay (BEiT, Bao et al. 2021; timm's `param_groups_layer_decay`): the factor of each variable's
 * learning rate. In each tower it is 1 for what comes after the last block (final normalisation, projection), `decay` for the last
 * block, decay² for the one before, and so on; decay to the power of blocks + 1 for the embeddings. The logit scale keeps 1.
 *
 * @param decay in (0, 1]; 1 changes nothing.
 * @returns the factor by the variable's name, as `clip.variables` lists it.
 * @throws ModelError when the decay is outside (0, 1].
 */
export function layerDecay({ variables }: Pick<Clip, "variables">, decay: number): (name: string) => number {
  if (!(decay > 0 && decay <= 1))
    throw new ModelError(`layerDecay: decay is ${decay}; above 0 and at most 1 is expected.`);
  const factors = new Map<string, number>();
  for (const tower of ["image", "text"] as const) {
    // In the order of the computation, which is that of the parameters.
    const names = [...variables.keys()].filter(inTower(tower));
    const blocks = [...new Set(names.flatMap((name) => block.exec(name)?.[0] ?? []))];
    let isBehind = false;
    for (const name of names) {
      const own = block.exec(name)?.[0];
      isBehind ||= own !== undefined;
      const depth = own !== undefined ? blocks.indexOf(own) + 1 : isBehind ? blocks.length + 1 : 0;
      factors.set(name, decay ** (blocks.length + 1 - depth));
    }
  }
  return (name) => factors.get(name) ?? 1;
}
