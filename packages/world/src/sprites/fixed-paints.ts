import type { Rgb } from "./rgb.js";

/** The colours of parts that do not take their object's colour. None is a colour of the captions. */
export const fixedPaints = {
  dark: [34, 32, 38],
  light: [240, 238, 228],
  beige: [238, 206, 150],
  glass: [120, 215, 250],
  gold: [212, 172, 55],
  grass: [96, 190, 60],
  lavender: [178, 160, 240],
  maroon: [128, 16, 56],
  metal: [138, 150, 162],
  navy: [18, 26, 92],
  olive: [122, 128, 40],
  salmon: [250, 148, 118],
  teal: [0, 146, 140],
  wood: [150, 104, 58],
} as const satisfies Record<string, Rgb>;

export type FixedPaint = keyof typeof fixedPaints;

export const fixedPaintNames = Object.keys(fixedPaints) as readonly FixedPaint[];
