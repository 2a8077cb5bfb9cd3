import type { SceneGraph } from "@tesserae/scene-graph";
import { seededRng } from "@tesserae/scene-graph/random";
import { fullDetail, planCaption } from "../captions/caption-plan.js";
import { writeCaption } from "../captions/write-caption.js";
import { hasUnseenCompound } from "../scenes/compounds.js";
import type { Scene } from "../scenes/scene.js";
import { type WorldAddress, worldAddress, worldScene } from "../world-address.js";
import { WorldError } from "../world-error.js";
import { judge } from "./judge.js";

/** An image with its captions. */
export interface RetrievalPair {
  readonly image: string;
  readonly captions: readonly string[];
}

/**
 * Test images with one caption each for retrieval in both directions. Every caption is true of its own image and false
 * of all others, so there is one right answer. Only compounds that training could have shown. Throws a WorldError for a
 * count that cannot be.
 */
export function worldRetrieval({ seed, count }: { readonly seed: number; readonly count: number }): RetrievalPair[] {
  if (!Number.isInteger(count) || count < 1) {
    throw new WorldError(`worldRetrieval: count is ${count}; give a whole number from 1`);
  }
  const chosen: { readonly scene: Scene; readonly graph: SceneGraph; readonly image: string }[] = [];
  for (let index = 0; chosen.length < count; index++) {
    const address: WorldAddress = { seed, split: "test", index };
    const scene = worldScene(address);
    if (hasUnseenCompound(scene)) continue;
    const graph = writeCaption(planCaption(seededRng("retrieval", seed, index), scene, fullDetail));
    const distinct = chosen.every(
      (other) => judge(other.scene, graph) === "false" && judge(scene, other.graph) === "false",
    );
    if (distinct) chosen.push({ scene, graph, image: worldAddress(address) });
  }
  return chosen.map(({ image, graph }) => ({ image, captions: [graph.caption] }));
}
