import { seededRng, shuffled } from "@tesserae/scene-graph/random";
import { writeCaption } from "../captions/write-caption.js";
import type { Novelty } from "../scenes/compounds.js";
import { type WorldLevelName, worldLevelNames, worldLevels } from "../scenes/levels.js";
import type { SceneOutline } from "../scenes/sample-scene.js";
import type { Scene } from "../scenes/scene.js";
import { contentsOf } from "../scenes/splits.js";
import { worldAddress, worldOutline, worldScene } from "../world-address.js";
import { WorldError } from "../world-error.js";
import {
  attributeReplacement,
  attributeSwap,
  type ChoiceMaker,
  nounSwap,
  objectReplacement,
  productivity,
  relationReplacement,
  relationSwap,
  thirdThing,
} from "./choice-makers.js";
import { pairItems } from "./pair-items.js";
import type { ChoiceItem, FoilFamily, PairItem, Shortcut, WorldTask } from "./world-task.js";

interface ChoiceSpec {
  readonly name: string;
  readonly family: FoilFamily;
  readonly levels: readonly WorldLevelName[];
  readonly rulesOut: readonly Shortcut[];
  /** Whether a scene may suit, by what is drawn first of it: the others are never made. */
  readonly suits: (outline: SceneOutline) => boolean;
  /** Items are shared out evenly among them. */
  readonly makers: (level: WorldLevelName) => readonly ChoiceMaker[];
}

const bothLevels = ["simple", "full"] as const;
const needsOrder = ["text", "words", "first-named"] as const;
const twoThings =
  (wanted: Novelty = "none") =>
  ({ things, novelty }: SceneOutline) =>
    things === 2 && novelty === wanted;
const upToTwo = ({ things, novelty }: SceneOutline) => things <= 2 && novelty === "none";

const specs: readonly ChoiceSpec[] = [
  {
    name: "relation-swap",
    family: "swap ends",
    rulesOut: needsOrder,
    levels: bothLevels,
    suits: twoThings(),
    makers: () => [relationSwap()],
  },
  {
    ...{ name: "relation-swap-unseen", family: "swap ends", rulesOut: needsOrder, levels: bothLevels },
    suits: twoThings("relation"),
    makers: () => [relationSwap("relation")],
  },
  {
    name: "attribute-swap",
    family: "swap attributes",
    rulesOut: needsOrder,
    levels: bothLevels,
    suits: twoThings(),
    makers: () => [attributeSwap()],
  },
  {
    ...{ name: "attribute-swap-unseen", family: "swap attributes", rulesOut: needsOrder, levels: bothLevels },
    suits: twoThings("attribute"),
    makers: () => [attributeSwap("attribute")],
  },
  {
    ...{
      name: "attribute-swap-reworded",
      family: "swap attributes and reword",
      rulesOut: needsOrder,
      levels: bothLevels,
    },
    suits: twoThings(),
    makers: () => [attributeSwap("none", true)],
  },
  {
    name: "noun-swap",
    family: "swap nouns",
    rulesOut: needsOrder,
    levels: bothLevels,
    suits: twoThings(),
    makers: () => [nounSwap],
  },
  {
    name: "third-thing",
    family: "move to a third thing",
    rulesOut: needsOrder,
    levels: ["full"],
    suits: ({ things, novelty }) => things > 2 && novelty === "none",
    makers: () => [thirdThing],
  },
  {
    name: "object-replacement",
    family: "replace object",
    rulesOut: ["text"],
    levels: bothLevels,
    suits: upToTwo,
    makers: () => [objectReplacement],
  },
  {
    ...{ name: "attribute-replacement", family: "replace attribute", rulesOut: ["text"], levels: bothLevels },
    suits: upToTwo,
    makers: () => [attributeReplacement],
  },
  {
    ...{ name: "relation-replacement", family: "replace relation", rulesOut: ["text"], levels: bothLevels },
    suits: upToTwo,
    makers: () => [relationReplacement],
  },
  {
    ...{ name: "productivity", family: "two edits", rulesOut: ["text"], levels: bothLevels },
    suits: ({ novelty }) => novelty === "none",
    makers: (level) => (level === "simple" ? [3, 4, 5] : [1, 2, 3, 4, 5, 6, 7, 8]).map(productivity),
  },
];

/** Test scenes looked at for each item wanted, before the generator gives up. */
const scenesPerItem = 2000;

/** What to make items of. */
export interface TaskOptions {
  /** "simple" or "full"; "long" has no tasks of its own. Default "simple". */
  readonly level?: WorldLevelName;
  readonly seed: number;
  /** Items of each task. */
  readonly count: number;
}

/**
 * The world's evaluation items, all from the test split of a level, whose contents never occur in training.
 *
 * - relation-swap, attribute-swap, noun-swap: the two ends of a relation change places with all that is said of them;
 *   exchange their colours, sizes or patterns; or exchange their kinds alone. Group: the relation's word, or the category.
 * - relation-swap-unseen, attribute-swap-unseen: the same for compounds that training has never shown (CREPE's
 *   systematicity). Caption and foil hold as many of them, so that neither is the more familiar text.
 * - attribute-swap-reworded: attributes are exchanged and the caption is said from the other end, which no miner does.
 * - third-thing (full): the relation holds to a third thing of the scene.
 * - object-, attribute- and relation-replacement: one atom is another; a scorer that knows which words fit may solve them.
 * - productivity: n atoms (objects, attributes, relations, as CREPE counts them) against one replaced, another replaced, and both.
 * - picture-choice: two pictures and two captions that differ in a swap (as Winoground's): a scorer that knows captions
 *   alone, or pictures alone, is at chance.
 *
 * Foils have the words and form of the caption and are false of the picture; both are equally likely captions of the
 * world. True captions stand at random positions. Chance is computed from the items by whoever scores them.
 *
 * @throws WorldError for options that cannot be
 */
export function worldTasks({ level = "simple", seed, count }: TaskOptions): WorldTask[] {
  if (!worldLevelNames.includes(level)) {
    throw new WorldError(`worldTasks: unknown level "${level}"; expected ${worldLevelNames.join(", ")}`);
  }
  if (!Number.isInteger(count) || count < 1) {
    throw new WorldError(`worldTasks: count is ${count}; give a whole number from 1`);
  }
  if (level === "long") return [];
  const scenes = new Map<number, Scene>();
  const sceneAt = (index: number): Scene => {
    const scene = scenes.get(index) ?? worldScene({ level, seed, split: "test", index });
    scenes.set(index, scene);
    return scene;
  };
  const choices = specs
    .filter(({ levels }) => levels.includes(level))
    .map(({ name, family, rulesOut, suits, makers }): WorldTask => {
      const makeItems = () => {
        const all = makers(level);
        return all.flatMap((maker, which) => {
          const share = Math.floor(count / all.length) + (which < count % all.length ? 1 : 0);
          return collect(level, seed, sceneAt, `${name}/${which}`, share, suits, maker);
        });
      };
      return lazyTask({ name, level, family, rulesOut, kind: "choice" }, makeItems);
    });
  const pictures = { name: "picture-choice", level, family: "choose the picture", kind: "pair" } as const;
  const rulesOut = ["text", "words", "first-named", "picture"] as const;
  return [...choices, lazyTask({ ...pictures, rulesOut }, () => pairItems(level, seed, count, sceneAt))];
}

function lazyTask(task: Omit<WorldTask, "items">, makeItems: () => readonly (ChoiceItem | PairItem)[]): WorldTask {
  let items: readonly (ChoiceItem | PairItem)[] | undefined;
  return {
    ...task,
    get items() {
      items ??= makeItems();
      return items;
    },
  };
}

function collect(
  level: WorldLevelName,
  seed: number,
  sceneAt: (index: number) => Scene,
  name: string,
  count: number,
  suits: (outline: SceneOutline) => boolean,
  maker: ChoiceMaker,
): ChoiceItem[] {
  const items: ChoiceItem[] = [];
  for (let index = 0; items.length < count && index < scenesPerItem * count; index++) {
    if (!suits(worldOutline({ level, seed, split: "test", index }))) continue;
    const rng = seededRng("task", name, level, seed, index);
    const scene = sceneAt(index);
    const choice = maker(rng, worldLevels[level], scene);
    if (!choice) continue;
    const captions = choice.captions.map(({ plan }) => writeCaption(plan).caption);
    const order = shuffled(rng, [...captions.keys()]);
    items.push({
      image: worldAddress({ level, seed, split: "test", index }),
      captions: order.map((which) => captions[which]!),
      correct: order.indexOf(0),
      group: choice.group,
      cluster: contentsOf(scene),
    });
  }
  return items;
}
