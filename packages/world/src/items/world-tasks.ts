import { pick, pickIndex, type Rng, seededRng, shuffled } from "@tesserae/scene-graph/random";
import {
  type CaptionDetail,
  clausePlan,
  evenStyle,
  fullDetail,
  planCaption,
  type RelationStyle,
} from "../captions/caption-plan.js";
import { writeCaption } from "../captions/write-caption.js";
import type { RelationName } from "../scenes/atoms.js";
import { hasUnseenCompound } from "../scenes/compounds.js";
import type { Scene } from "../scenes/scene.js";
import { worldAddress, worldScene } from "../world-address.js";
import { WorldError } from "../world-error.js";
import { attributeFoils, attributeSwaps, kindFoils, objectSwaps, oneOf, relationFoils } from "./foils.js";
import { productivityVariants } from "./productivity.js";
import { systematicityVariants } from "./systematicity.js";
import type { Variant } from "./variant.js";

/** One image with captions of which one is true. Fits the items of `@tesserae/benchmarks`. */
export interface ChoiceItem {
  readonly image: string;
  readonly captions: readonly string[];
  /** Index of the true caption. */
  readonly correct: number;
  readonly group?: string;
}

export type WorldTaskName =
  | "relation-swap"
  | "attribute-swap"
  | "object-replacement"
  | "attribute-replacement"
  | "relation-replacement"
  | "systematicity-seen"
  | "systematicity-unseen"
  | "productivity";

/** Items of one kind, made when they are first read. */
export interface WorldTask {
  readonly name: WorldTaskName;
  /** Expected share of right answers for a scorer that guesses. */
  readonly chance: number;
  readonly items: readonly ChoiceItem[];
}

/** Foils an item of the tasks with several. */
const foilsPerItem = 4;

/** What an item is made of: the true variant first, then its foils. */
interface Draft {
  readonly variants: readonly Variant[];
  readonly group?: string;
}

/** Makes an item of a scene, or nothing where the scene does not suit. */
type Maker = (rng: Rng, scene: Scene) => Draft | undefined;

interface TaskSpec {
  readonly name: WorldTaskName;
  readonly foils: number;
  readonly makers: readonly Maker[];
}

const specs: readonly TaskSpec[] = [
  { name: "relation-swap", foils: 1, makers: [relationSwap] },
  { name: "attribute-swap", foils: 1, makers: [attributeSwap] },
  { name: "object-replacement", foils: 1, makers: [objectReplacement] },
  { name: "attribute-replacement", foils: 1, makers: [attributeReplacement] },
  { name: "relation-replacement", foils: 1, makers: [relationReplacement] },
  { name: "systematicity-seen", foils: foilsPerItem, makers: [systematicity(false)] },
  { name: "systematicity-unseen", foils: foilsPerItem, makers: [systematicity(true)] },
  {
    name: "productivity",
    foils: foilsPerItem,
    makers: [1, 2, 3, 4, 5, 6, 7, 8].map(productivity),
  },
];

/** Test scenes looked at for each item wanted, before the generator gives up. */
const scenesPerItem = 400;

/**
 * The embedded world's evaluation items, all from its test split, whose scenes never occur in training.
 *
 * - relation-swap: the two objects of a caption, with all that is said of them, change places; "in" is left out, since
 *   a container is always larger than what is in it, and "on" is used only where both kinds can be below. Chance 1/2.
 * - attribute-swap: two objects, not one "in" the other, exchange their colours, patterns or sizes. Chance 1/2; group:
 *   the category.
 * - object-, attribute- and relation-replacement: one atom is another. Chance 1/2.
 * - systematicity-seen and -unseen: a compound that training has shown, or has not, against four captions with one
 *   atom replaced, all of compounds that training has shown, as in CREPE's HN-Atom. Chance 1/5; group: "attribute" or
 *   "relation".
 * - productivity: captions of n = 1 ... 8 atoms (objects, attributes and relations, as CREPE counts) against four with
 *   one atom replaced or two swapped; `count` is shared out among the n. Chance 1/5; group: "n=1" ... "n=8".
 *
 * Foils use the words and the form of the true caption and are false of the image. In all but systematicity-unseen
 * they only say what training could have shown; in the tasks of two captions, both are equally likely captions of the
 * world, so that a scorer that does not look at the image stays at chance. True captions stand at random positions.
 * Throws a WorldError for options that cannot be.
 */
export function worldTasks({ seed, count }: { readonly seed: number; readonly count: number }): WorldTask[] {
  if (!Number.isInteger(count) || count < 1) {
    throw new WorldError(`worldTasks: count is ${count}; give a whole number from 1`);
  }
  const scenes: Scene[] = [];
  const sceneAt = (index: number) => (scenes[index] ??= worldScene({ seed, split: "test", index }));
  return specs.map(({ name, foils, makers }) => {
    const makeItems = () =>
      makers.flatMap((maker, which) => {
        const share = Math.floor(count / makers.length) + (which < count % makers.length ? 1 : 0);
        return collect(seed, sceneAt, `${name}/${which}`, share, maker);
      });
    let items: readonly ChoiceItem[] | undefined;
    return {
      name,
      chance: 1 / (foils + 1),
      get items() {
        items ??= makeItems();
        return items;
      },
    };
  });
}

function collect(
  seed: number,
  sceneAt: (index: number) => Scene,
  name: string,
  count: number,
  maker: Maker,
): ChoiceItem[] {
  const items: ChoiceItem[] = [];
  for (let index = 0; items.length < count && index < scenesPerItem * count; index++) {
    const rng = seededRng("task", name, seed, index);
    const draft = maker(rng, sceneAt(index));
    if (!draft) continue;
    const captions = draft.variants.map(({ plan }) => writeCaption(plan).caption);
    const order = shuffled(rng, [...captions.keys()]);
    items.push({
      image: worldAddress({ seed, split: "test", index }),
      captions: order.map((which) => captions[which]!),
      correct: order.indexOf(0),
      ...(draft.group === undefined ? {} : { group: draft.group }),
    });
  }
  return items;
}

/** A caption that connects both objects of a scene of two that training could have shown. */
function twoObjects(
  rng: Rng,
  scene: Scene,
  relations: readonly RelationName[],
  detail = fullDetail,
  style?: RelationStyle,
): Variant | undefined {
  if (scene.objects.length !== 2 || hasUnseenCompound(scene)) return undefined;
  if (!relations.includes(scene.relations[0]!.predicate)) return undefined;
  return {
    objects: scene.objects,
    relations: scene.relations,
    plan: clausePlan(rng, scene, scene.relations, detail, style),
  };
}

function draft(variants: readonly Variant[], wanted: number, group?: string): Draft | undefined {
  if (variants.length < wanted) return undefined;
  return { variants, ...(group === undefined ? {} : { group }) };
}

function relationSwap(rng: Rng, scene: Scene): Draft | undefined {
  const truth = twoObjects(rng, scene, ["left of", "above", "on", "in front of"]);
  return truth && draft([truth, ...objectSwaps(scene, truth)], 2, truth.plan.clauses[0]!.phrase.predicate);
}

function attributeSwap(rng: Rng, scene: Scene): Draft | undefined {
  const categories = shuffled(rng, ["colour", "pattern", "size"] as const);
  const category = categories[0]!;
  const detail: CaptionDetail = { ...fullDetail, [category]: 1 };
  const truth = twoObjects(rng, scene, ["left of", "above", "on", "in front of"], detail);
  return truth && draft([truth, ...attributeSwaps(scene, truth, [category])], 2, category);
}

function objectReplacement(rng: Rng, scene: Scene): Draft | undefined {
  if (scene.objects.length > 2 || hasUnseenCompound(scene)) return undefined;
  const truth = { objects: scene.objects, relations: scene.relations, plan: planCaption(rng, scene, fullDetail) };
  const { kind } = pick(rng, truth.plan.mentions);
  return draft([truth, ...kindFoils(rng, scene, truth, kind, 1)], 2);
}

function attributeReplacement(rng: Rng, scene: Scene): Draft | undefined {
  if (scene.objects.length > 2 || hasUnseenCompound(scene)) return undefined;
  const truth = { objects: scene.objects, relations: scene.relations, plan: planCaption(rng, scene, fullDetail) };
  const { kind, attributes } = pick(rng, truth.plan.mentions);
  const attribute = attributes[pickIndex(rng, Math.max(1, attributes.length))];
  if (!attribute) return undefined;
  return draft([truth, ...attributeFoils(rng, scene, truth, kind, attribute).slice(0, 1)], 2, attribute.category);
}

function relationReplacement(rng: Rng, scene: Scene): Draft | undefined {
  // Evenly, since text alone would otherwise know the usual from the unusual.
  const truth = twoObjects(rng, scene, ["left of", "above"], fullDetail, evenStyle);
  return (
    truth && draft([truth, ...oneOf(rng, relationFoils(rng, scene, truth))], 2, truth.plan.clauses[0]!.phrase.predicate)
  );
}

function systematicity(unseen: boolean): Maker {
  return (rng, scene) => {
    const found = systematicityVariants(rng, scene, unseen, foilsPerItem);
    return found && draft(found.variants, foilsPerItem + 1, found.group);
  };
}

function productivity(atoms: number): Maker {
  return (rng, scene) => {
    if (hasUnseenCompound(scene)) return undefined;
    return draft(productivityVariants(rng, scene, atoms, foilsPerItem), foilsPerItem + 1, `n=${atoms}`);
  };
}
