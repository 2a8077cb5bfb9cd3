import type { Rgb } from "../sprites/rgb.js";
import { sprites } from "../sprites/sprites.js";

/** The colours of objects: far apart in RGB, and unlike the muted backgrounds. */
export const colours = {
  red: [218, 30, 36],
  orange: [250, 138, 16],
  yellow: [252, 226, 36],
  green: [30, 158, 60],
  blue: [28, 74, 222],
  purple: [126, 38, 170],
  pink: [255, 138, 200],
  brown: [118, 68, 28],
  black: [26, 26, 30],
  white: [250, 250, 250],
} as const satisfies Record<string, Rgb>;

export type Colour = keyof typeof colours;

/** Sizes, as the side of a sprite's square in widths of the canvas. Captions never say "medium". */
export const sizes = { small: 0.32, medium: 0.43, large: 0.56 } as const;

export type Size = keyof typeof sizes;

export const patternNames = ["plain", "striped", "dotted", "checkered"] as const;

export type Pattern = (typeof patternNames)[number];

export const colourNames = Object.keys(colours) as readonly Colour[];

export const sizeNames = Object.keys(sizes) as readonly Size[];

/** Every kind of object. */
export const kindNames: readonly string[] = Object.keys(sprites).sort();

/**
 * The relations between objects as the world stores them; "right of", "below" and "behind" are their inverses in
 * captions.
 */
export const relationNames = ["left of", "above", "on", "in", "in front of"] as const;

export type RelationName = (typeof relationNames)[number];
