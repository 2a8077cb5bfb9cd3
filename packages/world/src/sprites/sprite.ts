import type { Part } from "./shape.js";

/** How a kind of object looks and what can be done with it. */
export interface Sprite {
  readonly parts: readonly Part[];
  /** The middle and height of the surface on which something can stand. */
  readonly support?: { readonly x: number; readonly y: number };
  /** The opening in which something can be put: its middle, the height of its rim, its width. */
  readonly opening?: { readonly x: number; readonly y: number; readonly width: number };
  /** Whether it can be put on or in another object. */
  readonly portable: boolean;
}
