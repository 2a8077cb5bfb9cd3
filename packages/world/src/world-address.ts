import { seededRng } from "@tesserae/scene-graph/random";
import { renderScene } from "./drawing/render-scene.js";
import type { RgbImage } from "./drawing/rgb-image.js";
import { type WorldLevelName, worldLevelNames, worldLevels } from "./scenes/levels.js";
import { type SceneOutline, sampleOutline, sampleScene } from "./scenes/sample-scene.js";
import type { ObjectDescription, Scene } from "./scenes/scene.js";
import { type WorldSplit, worldSplits } from "./scenes/splits.js";
import { WorldError } from "./world-error.js";

/** The side of the world's pictures in pixels; boxes refer to it. Every picture is drawn once at this size. */
export const worldImageSize = 64;

/** What is exchanged between the two things of a scene to make its counterfactual. */
export const worldExchanges = ["ends", "colours"] as const;

export type WorldExchange = (typeof worldExchanges)[number];

/** Which scene of the world: all that it depends on. */
export interface WorldAddress {
  readonly level: WorldLevelName;
  /** A whole number. */
  readonly seed: number;
  readonly split: WorldSplit;
  readonly index: number;
  /** The same scene with its first two things in each other's place, or in each other's colour. */
  readonly exchange?: WorldExchange;
}

/** `world:<level>/<seed>/<split>/<index>`, and `/<exchange>` where something is exchanged. */
export function worldAddress({ level, seed, split, index, exchange }: WorldAddress): string {
  return `world:${level}/${seed}/${split}/${index}${exchange === undefined ? "" : `/${exchange}`}`;
}

const form = new RegExp(
  `^world:(${worldLevelNames.join("|")})/(-?\\d+)/(${worldSplits.join("|")})/(\\d+)(?:/(${worldExchanges.join("|")}))?$`,
);

/** Reads an address. Throws a WorldError for any other text. */
export function parseWorldAddress(image: string): WorldAddress {
  const [whole, level, seed, split, index, exchange] = form.exec(image) ?? [];
  if (whole === undefined) {
    throw new WorldError(
      `"${image}" names no picture of the world; expected world:<level>/<seed>/<split>/<index> with a level of ${worldLevelNames.join(", ")}, a split of ${worldSplits.join(", ")}, and /${worldExchanges.join(" or /")} after it for a counterfactual`,
    );
  }
  return {
    level: level as WorldLevelName,
    seed: Number(seed),
    split: split as WorldSplit,
    index: Number(index),
    ...(exchange === undefined ? {} : { exchange: exchange as WorldExchange }),
  };
}

/** What is drawn first of the scene at an address; much cheaper than the scene. */
export function worldOutline({ level, seed, split, index }: WorldAddress): SceneOutline {
  return sampleOutline(seededRng("scene", level, seed, split, index), worldLevels[level], split);
}

/** The scene at an address. It depends on the address alone, not on how many scenes there are. */
export function worldScene({ level, seed, split, index, exchange }: WorldAddress): Scene {
  const rng = seededRng("scene", level, seed, split, index);
  return sampleScene(rng, worldLevels[level], split, exchange && exchanges[exchange]);
}

const exchanges: Readonly<
  Record<WorldExchange, (objects: readonly ObjectDescription[]) => readonly ObjectDescription[]>
> = {
  ends: ([first, second, ...rest]) => (first && second ? [second, first, ...rest] : first ? [first] : []),
  colours: ([first, second, ...rest]) =>
    first && second
      ? [{ ...first, colour: second.colour }, { ...second, colour: first.colour }, ...rest]
      : first
        ? [first]
        : [],
};

/**
 * Draws the picture at an address, such as `world:simple/7/test/3`, whole: `worldImageSize` pixels a side. Throws a
 * WorldError for any other text.
 */
export function loadWorldImage(image: string): RgbImage {
  return renderScene(worldScene(parseWorldAddress(image)), worldImageSize);
}
