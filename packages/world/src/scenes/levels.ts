import { spriteOf } from "../sprites/sprite-bounds.js";
import { shapeSprites } from "../sprites/sprites-shapes.js";
import { type Colour, colourNames, kindNames, type Pattern, type RelationName, type Size } from "./atoms.js";

/** How hard the world is. */
export const worldLevelNames = ["simple", "full", "long"] as const;

export type WorldLevelName = (typeof worldLevelNames)[number];

/** What the scenes and captions of a level are made of. All numbers but `scale` are weights or probabilities. */
export interface WorldLevel {
  readonly name: WorldLevelName;
  readonly kinds: readonly string[];
  readonly colours: readonly Colour[];
  /** How often a scene holds 1, 2, 3, … things. */
  readonly things: readonly number[];
  readonly relations: Readonly<Record<RelationName, number>>;
  readonly sizes: Readonly<Record<Size, number>>;
  readonly patterns: Readonly<Record<Pattern, number>>;
  /** Factor of the sizes of `sizes` in atoms.ts. */
  readonly scale: number;
  /** Smallest and largest gap between neighbours in a row or column, in widths of the canvas before `scale`. */
  readonly gap: readonly [number, number];
  /** `grey`: the same for every picture. `varied`: two muted colours with a gradient or a horizon, and patches of a third. */
  readonly background: "grey" | "varied";
  /** How often the colour of a thing is said. In photos' captions many things are named without any. */
  readonly colourSaid: number;
  /** Whether relations are said in their usual words only: "above", and never "over". */
  readonly usualWords: boolean;
  /** Captions that list things with "and" instead of relating them. */
  readonly lists: number;
  /** Now and then the attributes of a thing get a sentence of their own. */
  readonly sentences: number;
}

const shapeKinds = Object.keys(shapeSprites).sort();
const thingKinds = kindNames.filter((kind) => !shapeKinds.includes(kind));

const full: WorldLevel = {
  name: "full",
  kinds: thingKinds,
  colours: colourNames,
  things: [10, 30, 28, 18, 9, 5],
  relations: { "left of": 34, above: 34, on: 10, in: 10, "in front of": 12 },
  sizes: { small: 25, medium: 50, large: 25 },
  patterns: { plain: 55, striped: 15, dotted: 15, checkered: 15 },
  scale: 1,
  gap: [0.03, 0.08],
  background: "varied",
  colourSaid: 0.8,
  usualWords: false,
  lists: 0.1,
  sentences: 0.12,
};

/**
 * The levels of the world.
 * - `simple`: two of six plain shapes in ten colours on grey, one left of or above the other. A small CLIP learns it in minutes.
 * - `full`: one to six of 33 things in ten colours, three sizes and four patterns, with five relations.
 * - `long`: `full` with four to six things, for descriptions of several sentences.
 */
export const worldLevels: Readonly<Record<WorldLevelName, WorldLevel>> = {
  simple: {
    name: "simple",
    kinds: shapeKinds,
    colours: colourNames,
    things: [0, 1],
    relations: { "left of": 1, above: 1, on: 0, in: 0, "in front of": 0 },
    sizes: { small: 0, medium: 1, large: 0 },
    patterns: { plain: 1, striped: 0, dotted: 0, checkered: 0 },
    scale: 0.7,
    gap: [0.3, 0.6],
    background: "grey",
    colourSaid: 1,
    usualWords: true,
    lists: 0,
    sentences: 0,
  },
  full,
  long: { ...full, name: "long", things: [0, 0, 0, 4, 3, 2] },
};

/** Kinds of a level on which another thing can stand. */
export function supportKinds({ kinds }: WorldLevel): readonly string[] {
  return kinds.filter((kind) => spriteOf(kind).support);
}

/** Kinds of a level into which another thing can be put. */
export function containerKinds({ kinds }: WorldLevel): readonly string[] {
  return kinds.filter((kind) => spriteOf(kind).opening);
}

/** Kinds of a level that can be put on or into another thing. */
export function portableKinds({ kinds }: WorldLevel): readonly string[] {
  return kinds.filter((kind) => spriteOf(kind).portable);
}
