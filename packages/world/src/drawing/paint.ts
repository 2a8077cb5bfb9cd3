import { colours, type Pattern } from "../scenes/atoms.js";
import type { ObjectDescription } from "../scenes/scene.js";
import { fixedPaints } from "../sprites/fixed-paints.js";
import type { Rgb } from "../sprites/rgb.js";
import type { Paint } from "../sprites/shape.js";

/** Distance between two stripes, dots or pairs of squares, in widths of the canvas. */
export const patternPeriod = 0.14;

/** Radius of a dot, in periods. */
export const dotRadius = 0.32;

/** The colours that an object is painted in; `mark` is that of the stripes, dots or squares on the body. */
export type Palette = Readonly<Record<Paint | "mark" | "outline", Rgb>>;

/** Marks are white on dark colours and nearly black on light ones; a black object has a pale outline and pale lines. */
export function paletteOf({ colour }: ObjectDescription): Palette {
  const { dark, light } = fixedPaints;
  const body: Rgb = colours[colour];
  const bright = body[0] * 0.3 + body[1] * 0.6 + body[2] * 0.1 > 120;
  const black = colour === "black";
  return {
    ...fixedPaints,
    body,
    mark: blend(body, bright ? dark : light, 0.75),
    shade: black ? [70, 70, 76] : blend(body, dark, 0.35),
    dark: black ? [120, 120, 126] : dark,
    light: colour === "white" ? [206, 206, 200] : light,
    outline: black ? [190, 190, 190] : dark,
  };
}

function blend(from: Rgb, to: Rgb, share: number): Rgb {
  const mix = (channel: 0 | 1 | 2) => Math.floor(from[channel] * (1 - share) + to[channel] * share + 0.5);
  return [mix(0), mix(1), mix(2)];
}

/** Whether a point, given in periods from the sprite's corner, lies on a mark. */
export function isMark(pattern: Pattern, u: number, v: number): boolean {
  if (pattern === "plain") return false;
  if (pattern === "striped") return fraction(v) >= 0.55;
  const x = fraction(u);
  const y = fraction(v);
  if (pattern === "checkered") return x < 0.5 !== y < 0.5;
  return (x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5) < dotRadius * dotRadius;
}

function fraction(value: number): number {
  return value - Math.floor(value);
}
