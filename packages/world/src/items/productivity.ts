import { type Rng, shuffled } from "@tesserae/scene-graph/random";
import {
  type AttributeMention,
  attributeMention,
  type CaptionPlan,
  clausePlan,
  pickRelations,
} from "../captions/caption-plan.js";
import { writeCaption } from "../captions/write-caption.js";
import type { ObjectDescription, Scene } from "../scenes/scene.js";
import { attributeFoils, attributeSwaps, kindFoils, objectSwaps, relationFoils } from "./foils.js";
import type { Variant } from "./variant.js";

/**
 * A caption of exactly `atoms` atoms that names and connects every object of the scene, then `foils` false ones; fewer
 * where the scene has too little or too much to say.
 */
export function productivityVariants(rng: Rng, scene: Scene, atoms: number, foils: number): Variant[] {
  const plan = planWithAtoms(rng, scene, atoms);
  if (!plan) return [];
  const truth: Variant = { objects: scene.objects, relations: scene.relations, plan };
  const pools = shuffled(rng, [
    ...plan.mentions.map(({ kind }) => kindFoils(rng, scene, truth, kind, foils)),
    ...plan.mentions.flatMap(({ kind, attributes }) =>
      attributes.map((attribute) => attributeFoils(rng, scene, truth, kind, attribute)),
    ),
    relationFoils(rng, scene, truth),
    objectSwaps(scene, truth),
    attributeSwaps(scene, truth, ["size", "colour", "pattern"]),
  ]);
  const chosen = new Map([[writeCaption(plan).caption, truth]]);
  const longest = Math.max(...pools.map(({ length }) => length));
  for (let turn = 0; turn < longest; turn++) {
    for (const foil of pools.flatMap((pool) => pool.slice(turn, turn + 1))) {
      if (chosen.size <= foils) chosen.set(writeCaption(foil.plan).caption, foil);
    }
  }
  return [...chosen.values()];
}

function planWithAtoms(rng: Rng, scene: Scene, atoms: number): CaptionPlan | undefined {
  const count = scene.objects.length;
  const missing = atoms - (2 * count - 1);
  const available = shuffled(
    rng,
    scene.objects.flatMap((object) => sayable(rng, object).map((attribute) => ({ kind: object.kind, attribute }))),
  );
  if (missing < 0 || missing > available.length) return undefined;
  const said = available.slice(0, missing);
  const bare = { size: 0, colour: 0, pattern: 0, everything: true };
  const plan: CaptionPlan =
    count === 1
      ? { mentions: [{ kind: scene.objects[0]!.kind, attributes: [] }], clauses: [], opening: "bare" }
      : clausePlan(rng, scene, pickRelations(rng, scene, count - 1), bare);
  const order = ["size", "colour", "pattern"];
  const mentions = plan.mentions.map((mention) => ({
    ...mention,
    attributes: said
      .filter(({ kind }) => kind === mention.kind)
      .map(({ attribute }) => attribute)
      .sort((a, b) => order.indexOf(a.category) - order.indexOf(b.category)),
  }));
  return { ...plan, mentions };
}

function sayable(rng: Rng, { size, colour, pattern }: ObjectDescription): AttributeMention[] {
  return [
    attributeMention(rng, "colour", colour),
    ...(size === "medium" ? [] : [attributeMention(rng, "size", size)]),
    ...(pattern === "plain" ? [] : [attributeMention(rng, "pattern", pattern)]),
  ];
}
