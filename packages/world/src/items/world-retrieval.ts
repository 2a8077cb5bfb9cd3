import type { SceneGraph } from "@tesserae/scene-graph";
import { seededRng } from "@tesserae/scene-graph/random";
import { fullDetail, planCaption } from "../captions/caption-plan.js";
import { planDescription } from "../captions/describe-scene.js";
import { writeCaption } from "../captions/write-caption.js";
import { hasUnseenCompound } from "../scenes/compounds.js";
import { worldLevels } from "../scenes/levels.js";
import type { Scene } from "../scenes/scene.js";
import { worldAddress, worldScene } from "../world-address.js";
import { WorldError } from "../world-error.js";
import { verifyGraph } from "./verify-graph.js";
import type { TaskOptions } from "./world-tasks.js";

/** A picture with its captions. */
export interface RetrievalPair {
  readonly image: string;
  readonly captions: readonly string[];
}

/** Pictures in a row that add nothing to the chosen ones, before the generator gives up. */
const fruitlessScenes = 2_000;

/**
 * Test pictures with one caption each for retrieval in both directions; in the level `long` the caption is the whole
 * description. No other picture shows all the things of a caption, each with what is said of it: so there is one right
 * answer, and a scorer that knows which words fit a picture may solve it; relations are asked for by the tasks. Only
 * compounds that training could have shown, and every colour is said.
 *
 * @throws WorldError for options that cannot be
 */
export function worldRetrieval({ level = "simple", seed, count }: TaskOptions): RetrievalPair[] {
  if (!Number.isInteger(count) || count < 1) {
    throw new WorldError(`worldRetrieval: count is ${count}; give a whole number from 1`);
  }
  const chosen: { readonly scene: Scene; readonly things: SceneGraph; readonly image: string }[] = [];
  let lastChosen = 0;
  for (let index = 0; chosen.length < count; index++) {
    if (index - lastChosen > fruitlessScenes) {
      throw new WorldError(
        `worldRetrieval: of ${index} pictures of level "${level}" only ${chosen.length} have a caption of their own; give a count up to that`,
      );
    }
    const address = { level, seed, split: "test", index } as const;
    const scene = worldScene(address);
    if (hasUnseenCompound(scene)) continue;
    const rng = seededRng("retrieval", level, seed, index);
    const plan =
      level === "long"
        ? planDescription(rng, worldLevels[level], scene)
        : planCaption(rng, worldLevels[level], scene, { ...fullDetail(worldLevels[level]), colour: 1 });
    const things = { ...writeCaption(plan), relations: [] };
    const distinct = chosen.every(
      (other) => verifyGraph(other.scene, things) === "false" && verifyGraph(scene, other.things) === "false",
    );
    if (!distinct) continue;
    chosen.push({ scene, things, image: worldAddress(address) });
    lastChosen = index;
  }
  return chosen.map(({ image, things }) => ({ image, captions: [things.caption] }));
}
