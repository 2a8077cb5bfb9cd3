import type { Sprite } from "./sprite.js";
import { livingSprites } from "./sprites-living.js";
import { objectSprites } from "./sprites-objects.js";
import { shapeSprites } from "./sprites-shapes.js";
import { vehicleSprites } from "./sprites-vehicles.js";

/** All kinds of object in the world, by name. */
export const sprites: Readonly<Record<string, Sprite>> = {
  ...livingSprites,
  ...vehicleSprites,
  ...objectSprites,
  ...shapeSprites,
};
