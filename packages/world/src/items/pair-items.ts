import { seededRng } from "@tesserae/scene-graph/random";
import { writeCaption } from "../captions/write-caption.js";
import { type WorldLevelName, worldLevels } from "../scenes/levels.js";
import type { Scene } from "../scenes/scene.js";
import { contentsOf } from "../scenes/splits.js";
import { worldAddress, worldOutline, worldScene } from "../world-address.js";
import { attributeSwap, relationSwap } from "./choice-makers.js";
import { verifyGraph } from "./verify-graph.js";
import type { PairItem } from "./world-task.js";

/**
 * Two pictures and two captions: a scene of two things, and the same with their places or colours exchanged. Half of the
 * items are of each; the group says which.
 */
export function pairItems(
  level: WorldLevelName,
  seed: number,
  count: number,
  sceneAt: (index: number) => Scene,
): PairItem[] {
  const items: PairItem[] = [];
  const makers = [
    { exchange: "ends", make: relationSwap() },
    { exchange: "colours", make: attributeSwap() },
  ] as const;
  for (let index = 0; items.length < count && index < 400 * count; index++) {
    const { exchange, make } = makers[index % 2]!;
    const outline = worldOutline({ level, seed, split: "test", index });
    if (outline.things !== 2 || outline.novelty !== "none") continue;
    const scene = sceneAt(index);
    const [relation] = scene.relations;
    if (relation?.predicate !== "left of" && relation?.predicate !== "above") continue;
    const rng = seededRng("pair", level, seed, index);
    const choice = make(rng, worldLevels[level], scene);
    if (!choice || (exchange === "colours" && choice.group !== "colour")) continue;
    const address = { level, seed, split: "test", index } as const;
    const [caption, foil] = choice.captions.map(({ plan }) => writeCaption(plan)) as [
      ReturnType<typeof writeCaption>,
      ReturnType<typeof writeCaption>,
    ];
    const other = worldScene({ ...address, exchange });
    if (verifyGraph(other, foil) !== "true" || verifyGraph(other, caption) !== "false") continue;
    items.push({
      images: [worldAddress(address), worldAddress({ ...address, exchange })],
      captions: [caption.caption, foil.caption],
      group: exchange,
      cluster: contentsOf(scene),
    });
  }
  return items;
}
