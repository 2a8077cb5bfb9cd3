import { partBounds } from "./shape.js";
import type { Sprite } from "./sprite.js";
import { sprites } from "./sprites.js";

export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The sprite of a kind. Throws a RangeError that lists the kinds. */
export function spriteOf(kind: string): Sprite {
  const sprite = Object.hasOwn(sprites, kind) ? sprites[kind] : undefined;
  if (sprite) return sprite;
  throw new RangeError(`unknown kind of object "${kind}"; the world has ${Object.keys(sprites).sort().join(", ")}`);
}

const known = new Map<string, Bounds>();

/** The smallest box around a sprite in its unit square. */
export function spriteBounds(kind: string, mirrored: boolean): Bounds {
  let bounds = known.get(kind);
  if (!bounds) {
    const boxes = spriteOf(kind).parts.map(partBounds);
    bounds = {
      left: Math.min(...boxes.map(({ left }) => left)),
      top: Math.min(...boxes.map(({ top }) => top)),
      right: Math.max(...boxes.map(({ right }) => right)),
      bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
    };
    known.set(kind, bounds);
  }
  return mirrored ? { ...bounds, left: 1 - bounds.right, right: 1 - bounds.left } : bounds;
}
