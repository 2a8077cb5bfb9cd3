import type { Rgb } from "../sprites/rgb.js";
import type { Colour, Pattern, RelationName, Size } from "./atoms.js";

/** A box in units of the canvas: 0 to 1, y down. */
export interface UnitBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What can be said of an object. No two objects of a scene are of the same kind. */
export interface ObjectDescription {
  readonly kind: string;
  readonly colour: Colour;
  readonly size: Size;
  readonly pattern: Pattern;
}

/** An object of a scene, and where its sprite's square lies (corner `x`, `y`, and `side`), in units of the canvas. */
export interface WorldObject extends ObjectDescription {
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly mirrored: boolean;
  /** The smallest box around what is drawn. */
  readonly box: UnitBox;
}

/** `objects[subject]` is `predicate` `objects[object]`. */
export interface WorldRelation {
  readonly subject: number;
  readonly predicate: RelationName;
  readonly object: number;
}

/**
 * What is behind the objects: a vertical blend of two muted colours, or a horizon, with pale patches in a third
 * colour.
 */
export interface Background {
  readonly top: Rgb;
  readonly bottom: Rgb;
  /** Height of a hard horizon; absent for a blend. */
  readonly horizon?: number;
  readonly patch: Rgb;
  readonly patches: readonly (UnitBox & { readonly round: boolean })[];
}

/** What a scene shows, without where exactly: what captions can say of it. */
export interface SceneDescription {
  readonly objects: readonly ObjectDescription[];
  readonly relations: readonly WorldRelation[];
}

/** A scene of 1 to 6 objects. All relations of the layout are listed, each in one direction. */
export interface Scene {
  readonly objects: readonly WorldObject[];
  readonly relations: readonly WorldRelation[];
  /** Painting order; `front` paints only the front of a container again, over what is in it. */
  readonly layers: readonly { readonly object: number; readonly front: boolean }[];
  readonly background: Background;
}
