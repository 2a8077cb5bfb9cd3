import type { Recipe } from "../recipe/define-recipe.js";
import { clip } from "./clip.js";
import { mosaiclip } from "./mosaiclip.js";
import { negclip } from "./negclip.js";
import { semanticGuidance } from "./semantic-guidance.js";
import { structureClip } from "./structure-clip.js";
import { villa } from "./villa.js";

/** The recipes that come with the app. */
export const recipes: readonly Recipe<never>[] = [
  clip,
  negclip,
  structureClip,
  mosaiclip,
  semanticGuidance,
  villa,
] as never;
