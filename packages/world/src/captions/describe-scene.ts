import { type Rng, shuffled } from "@tesserae/scene-graph/random";
import type { WorldLevel } from "../scenes/levels.js";
import type { Scene, WorldRelation } from "../scenes/scene.js";
import { type CaptionPlan, clausePlan, fullDetail, type Mention, pickRelations } from "./caption-plan.js";

/** Relations that a description states beyond those that connect all things. */
const furtherRelations = 2;

/**
 * Plans a description of five to ten sentences: every thing is named and connected, two relations more are stated, and
 * the attributes of about half the things stand in sentences of their own.
 */
export function planDescription(rng: Rng, level: WorldLevel, scene: Scene): CaptionPlan {
  const connecting = pickRelations(rng, scene, scene.objects.length - 1);
  const further = shuffled(
    rng,
    scene.relations.filter((relation) => !connecting.includes(relation)),
  );
  const relations: WorldRelation[] = [...connecting, ...further.slice(0, furtherRelations)];
  const plan = clausePlan(rng, { ...level, sentences: 0 }, scene, relations, {
    ...fullDetail(level),
    size: 1,
    pattern: 1,
  });
  const apart = new Set(shuffled(rng, plan.mentions).slice(0, Math.floor(plan.mentions.length / 2)));
  const mentions = plan.mentions.map(
    (mention): Mention =>
      apart.has(mention) && mention.attributes.length > 0 ? { ...mention, predicative: true } : mention,
  );
  return { ...plan, mentions, opening: "is" };
}
