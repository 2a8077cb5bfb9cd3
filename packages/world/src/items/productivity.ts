import { type Rng, shuffled } from "@tesserae/scene-graph/random";
import {
  type AttributeMention,
  attributeMention,
  type CaptionPlan,
  clausePlan,
  pickRelations,
} from "../captions/caption-plan.js";
import { writeCaption } from "../captions/write-caption.js";
import type { WorldLevel } from "../scenes/levels.js";
import type { ObjectDescription, Scene } from "../scenes/scene.js";
import { type Counterfactual, isFairFoil } from "./counterfactual.js";
import { type Edits, replaceAttribute, replaceKind, replaceRelation } from "./foils.js";

const edits: readonly Edits[] = [replaceKind, replaceAttribute, replaceRelation];

/**
 * A caption of exactly `atoms` atoms that names and connects every object of the scene, and three false ones: one
 * atom replaced, another one replaced, and both. So every caption has one neighbour by each change, and none is the middle
 * of the four that text alone could find. A caption of one atom has three foils of other kinds. Nothing where the scene
 * does not suit.
 */
export function productivityCaptions(
  rng: Rng,
  level: WorldLevel,
  scene: Scene,
  atoms: number,
): readonly Counterfactual[] | undefined {
  const plan = planWithAtoms(rng, level, scene, atoms);
  if (!plan) return undefined;
  const truth: Counterfactual = { objects: scene.objects, relations: scene.relations, plan };
  const isFair = (foil: Counterfactual) => isFairFoil(scene, truth, foil);
  if (atoms === 1) {
    const foils = replaceKind(rng, level, truth).filter(isFair).slice(0, 3);
    return foils.length === 3 ? [truth, ...foils] : undefined;
  }
  const caption = ({ plan }: Counterfactual) => writeCaption(plan).caption;
  const [first, second] = shuffled(rng, edits);
  for (const one of first!(rng, level, truth).filter(isFair).slice(0, 4)) {
    for (const other of second!(rng, level, truth).filter(isFair).slice(0, 4)) {
      const both = second!(rng, level, one).find(
        (foil) => isFair(foil) && combines(foil, other, truth, one) && caption(foil) !== caption(truth),
      );
      const captions = both && [truth, one, other, both];
      if (captions && new Set(captions.map(caption)).size === 4) return captions;
    }
  }
  return undefined;
}

/** Whether `both` has the words of `one`, and those of `other` where that one differs from `truth`. Articles follow. */
function combines(both: Counterfactual, other: Counterfactual, truth: Counterfactual, one: Counterfactual): boolean {
  const words = ({ plan }: Counterfactual) =>
    writeCaption(plan)
      .caption.split(" ")
      .map((word) => (word === "an" ? "a" : word));
  const [found, theirs, before, ours] = [both, other, truth, one].map(words);
  return (
    found!.length === ours!.length &&
    theirs!.length === before!.length &&
    found!.every((word, index) => word === (theirs![index] === before![index] ? ours![index] : theirs![index]))
  );
}

function planWithAtoms(rng: Rng, level: WorldLevel, scene: Scene, atoms: number): CaptionPlan | undefined {
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
      : clausePlan(rng, level, scene, pickRelations(rng, scene, count - 1), bare);
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
