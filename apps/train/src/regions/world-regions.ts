import { parse } from "@tesserae/scene-graph";
import {
  colourNames,
  kindNames,
  type ObjectDescription,
  parseWorldAddress,
  patternNames,
  sizeNames,
  type WorldLevelName,
  worldDataset,
  worldImageSize,
  worldScene,
} from "@tesserae/world";
import type { RegionData, RegionSample } from "./region-sample.js";

/** Which scenes, and how many of each split. */
export interface WorldRegionOptions {
  readonly level: WorldLevelName;
  readonly seed: number;
  readonly train: number;
  readonly validation: number;
}

/** What isn't said of a thing: it is neither of its kind's size nor patterned. */
const unsaid: ReadonlySet<string> = new Set(["medium", "plain"]);
/** Kinds, colours, sizes and patterns. */
const attributes = [...kindNames, ...colourNames, ...sizeNames, ...patternNames].filter((name) => !unsaid.has(name));
const worldSplit = { train: "train", val: "validation", test: "test" } as const;

/**
 * The synthetic world as region data: a region is the box of a thing, its true attributes are kind, colour, size and pattern. The
 * attributes of the text are read in the parsed captions, which say less and not where.
 */
export function worldRegions(options: WorldRegionOptions, split: "train" | "val" | "test"): RegionData {
  const { level, seed, train, validation } = options;
  const count = split === "train" ? train : validation;
  const dataset = worldDataset({ level, seed, split: worldSplit[split], count });
  return {
    name: "world",
    revision: `${dataset.revision}/regions-1`,
    attributes,
    prompts: (attribute) => [`a ${attribute} thing`, attribute],
    loadImage: dataset.loadImage,
    samples: dataset.samples.map(({ image, captions, boxes }): RegionSample => {
      const { objects } = worldScene(parseWorldAddress(image));
      const said = new Set(captions.flatMap(wordsOf));
      return {
        image,
        width: worldImageSize,
        height: worldImageSize,
        boxes: boxes.map(({ bbox }) => bbox),
        categories: objects.map(({ kind }) => kind),
        sentences: captions,
        attributes: attributes.filter((name) => said.has(name)),
        truth: objects.map(attributesOf),
      };
    }),
  };
}

function attributesOf({ kind, colour, size, pattern }: ObjectDescription): readonly string[] {
  return [kind, colour, size, pattern].filter((name) => !unsaid.has(name));
}

/** Names and adjectives of a caption's objects. */
function wordsOf(caption: string): readonly string[] {
  return parse(caption).objects.flatMap(({ name, attributes: own }) => [name, ...own.map((one) => one.name)]);
}
