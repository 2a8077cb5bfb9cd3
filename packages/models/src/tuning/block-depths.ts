import type { Clip } from "../clip/clip.js";
import { towerNames } from "../clip/clip-parameters.js";
import type { TowerKind } from "../towers/tower.js";

/**
 * How deep each parameter of a tower lies: 0 before the first block (embeddings), 1 in the first block, 2 in the second, …, and one
 * more than there are blocks for what comes after the last one (final normalisation, projection).
 *
 * @returns the depth by the parameter's name in the model.
 */
export function blockDepths(
  { towers, parameters }: Pick<Clip, "towers" | "parameters">,
  kind: TowerKind,
): ReadonlyMap<string, number> {
  const { prefix, projection } = towerNames[kind];
  const { blocks } = towers[kind];
  const depths = new Map<string, number>();
  let isBehind = false;
  for (const { name } of parameters) {
    if (!name.startsWith(`${prefix}.`)) continue;
    const block = blocks.findIndex((block) => name.startsWith(`${prefix}.${block}.`));
    isBehind ||= block >= 0;
    depths.set(name, block >= 0 ? block + 1 : isBehind ? blocks.length + 1 : 0);
  }
  return depths.set(projection, blocks.length + 1);
}
