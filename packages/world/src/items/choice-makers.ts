import { pick, type Rng, shuffled } from "@tesserae/scene-graph/random";
import {
  type CaptionDetail,
  clausePlan,
  fullDetail,
  type Mention,
  planCaption,
  reword,
} from "../captions/caption-plan.js";
import { type Novelty, noveltyOf } from "../scenes/compounds.js";
import type { WorldLevel } from "../scenes/levels.js";
import type { ObjectDescription, Scene } from "../scenes/scene.js";
import { type Counterfactual, exchangePlaces, isFairFoil } from "./counterfactual.js";
import {
  type Edits,
  replaceAttribute,
  replaceKind,
  replaceRelation,
  swapAttributes,
  swapEnds,
  swapKinds,
} from "./foils.js";
import { productivityCaptions } from "./productivity.js";

/** The captions of an item, the true one first, and what it is counted under. */
export interface Choice {
  readonly captions: readonly Counterfactual[];
  readonly group: string;
}

/** Makes an item of a scene, or nothing where the scene does not suit. */
export type ChoiceMaker = (rng: Rng, level: WorldLevel, scene: Scene) => Choice | undefined;

/** A caption that relates the two things of a scene. "in" is left out: a container is always larger than what is in it. */
function relatedPair(
  rng: Rng,
  level: WorldLevel,
  scene: Scene,
  novelty: Novelty,
  detail: CaptionDetail,
): Counterfactual | undefined {
  const [relation, more] = scene.relations;
  if (!relation || more || relation.predicate === "in" || noveltyOf(scene) !== novelty) return undefined;
  return {
    objects: scene.objects,
    relations: scene.relations,
    // One sentence, so that a swap keeps all words.
    plan: clausePlan(rng, { ...level, sentences: 0 }, scene, scene.relations, detail),
  };
}

function stated(truth: Counterfactual): string {
  return truth.plan.clauses[0]!.phrase.predicate;
}

function choice(
  scene: Scene,
  truth: Counterfactual,
  foils: readonly Counterfactual[],
  group: string,
): Choice | undefined {
  const foil = foils.find((one) => isFairFoil(scene, truth, one));
  return foil && { captions: [truth, foil], group };
}

/** The ends of a relation, with all that is said of them, change places. */
export function relationSwap(novelty: Novelty = "none"): ChoiceMaker {
  return (rng, level, scene) => {
    const truth = relatedPair(rng, level, scene, novelty, fullDetail(level));
    return truth && choice(scene, truth, swapEnds(rng, level, truth), stated(truth));
  };
}

/** Two things exchange their colours, sizes or patterns. */
export function attributeSwap(novelty: Novelty = "none", reworded = false): ChoiceMaker {
  return (rng, level, scene) => {
    const category = pick(rng, ["colour", "size", "pattern"] as const);
    const truth = relatedPair(rng, level, scene, novelty, { ...fullDetail(level), [category]: 1 });
    if (!truth) return undefined;
    const foils = swapAttributes([category])(rng, level, truth);
    return choice(scene, truth, reworded ? foils.flatMap((foil) => rewordClause(rng, level, foil)) : foils, category);
  };
}

/** The same caption with its one clause said from the other end. */
function rewordClause(rng: Rng, level: WorldLevel, { plan, ...description }: Counterfactual): Counterfactual[] {
  const clause = reword(rng, level, plan.clauses[0]!);
  if (!clause) return [];
  const { subject, object } = clause;
  const mentions = [plan.mentions[subject]!, plan.mentions[object]!];
  return [{ ...description, plan: { ...plan, mentions, clauses: [{ ...clause, subject: 0, object: 1 }] } }];
}

/** Two things exchange their kinds; attributes and places stay. */
export const nounSwap: ChoiceMaker = (rng, level, scene) => {
  const truth = relatedPair(rng, level, scene, "none", fullDetail(level));
  const saysAttributes = truth?.plan.mentions.every(({ attributes }) => attributes.length > 0);
  return truth && saysAttributes ? choice(scene, truth, swapKinds(rng, level, truth), stated(truth)) : undefined;
};

/** One atom of a caption is another. */
export function replacement(
  edits: Edits,
  groupOf: (truth: Counterfactual, foil: Counterfactual) => string,
): ChoiceMaker {
  return (rng, level, scene) => {
    if (scene.objects.length > 2 || noveltyOf(scene) !== "none") return undefined;
    const plan = planCaption(rng, level, scene, fullDetail(level));
    const truth: Counterfactual = { objects: scene.objects, relations: scene.relations, plan };
    const foil = edits(rng, level, truth).find((one) => isFairFoil(scene, truth, one));
    return foil && { captions: [truth, foil], group: groupOf(truth, foil) };
  };
}

export const objectReplacement = replacement(replaceKind, () => "object");

export const attributeReplacement = replacement(replaceAttribute, (truth, foil) => {
  const pairs = truth.plan.mentions.flatMap(({ attributes }, mention) =>
    attributes.map((old, index) => ({ old, new: foil.plan.mentions[mention]!.attributes[index]! })),
  );
  return pairs.find((pair) => pair.old.word !== pair.new.word)!.old.category;
});

export const relationReplacement = replacement(replaceRelation, stated);

/** In a scene of three or more, "A left of B" against "A left of C", where C is there and A is not left of it. */
export const thirdThing: ChoiceMaker = (rng, level, scene) => {
  if (scene.objects.length < 3 || noveltyOf(scene) !== "none") return undefined;
  const relation = pick(rng, scene.relations);
  if (relation.predicate === "in") return undefined;
  const plan = clausePlan(rng, level, scene, [relation], fullDetail(level));
  const truth: Counterfactual = { objects: scene.objects, relations: scene.relations, plan };
  const left = pick(rng, plan.mentions);
  const named = plan.mentions.map(({ kind }) => kind);
  const foils = shuffled(rng, scene.objects)
    .filter(({ kind }) => !named.includes(kind))
    .flatMap((third) => {
      const mention = mentionLike(left, third);
      const mentions = plan.mentions.map((one) => (one === left ? mention! : one));
      return mention ? [{ ...exchangePlaces(truth, left.kind, third.kind), plan: { ...plan, mentions } }] : [];
    });
  return choice(scene, truth, foils, stated(truth));
};

/** Another thing named by attributes of the same categories, or nothing where captions never say its value. */
function mentionLike(mention: Mention, thing: ObjectDescription): Mention | undefined {
  const attributes = mention.attributes.map(({ category }) => ({
    category,
    value: thing[category],
    word: thing[category],
  }));
  const isSaid = attributes.every(({ value }) => value !== "medium" && value !== "plain");
  return isSaid ? { ...mention, kind: thing.kind, attributes } : undefined;
}

/** A caption of `atoms` atoms against three with one or two changes. */
export function productivity(atoms: number): ChoiceMaker {
  return (rng, level, scene) => {
    if (noveltyOf(scene) !== "none") return undefined;
    const captions = productivityCaptions(rng, level, scene, atoms);
    return captions && { captions, group: `n=${atoms}` };
  };
}
