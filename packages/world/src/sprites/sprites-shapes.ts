import { ellipse, polygon, rectangle } from "./shape.js";
import type { Sprite } from "./sprite.js";

/** Plain shapes of one colour, which can be told apart at a few pixels: the things of `world/simple`. */
export const shapeSprites = {
  circle: { portable: true, parts: [ellipse("body", 0.5, 0.5, 0.48, 0.48)] },
  square: { portable: true, parts: [rectangle("body", 0.06, 0.06, 0.88, 0.88)] },
  triangle: { portable: true, parts: [polygon("body", 0.5, 0.02, 0.98, 0.95, 0.02, 0.95)] },
  cross: {
    portable: true,
    parts: [rectangle("body", 0.34, 0.02, 0.32, 0.96), rectangle("body", 0.02, 0.34, 0.96, 0.32)],
  },
  pillar: { portable: true, parts: [rectangle("body", 0.34, 0.01, 0.32, 0.98)] },
  plank: { portable: true, parts: [rectangle("body", 0.01, 0.34, 0.98, 0.32)] },
} satisfies Readonly<Record<string, Sprite>>;
