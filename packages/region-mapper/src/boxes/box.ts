import { RegionMapperError } from "../errors.js";

/** x and y of the upper left corner, width and height, in pixels of the whole image. */
export type Box = readonly [x: number, y: number, width: number, height: number];

/** Shared area divided by the area that the two cover together, in [0, 1]; 0 for boxes without area. */
export function intersectionOverUnion(a: Box, b: Box): number {
  const across = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const down = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  if (!(across > 0 && down > 0)) return 0;
  const shared = across * down;
  return shared / (a[2] * a[3] + b[2] * b[3] - shared);
}

/** The part of a box that lies in an image; a box outside has no area. */
export function clipBox([x, y, width, height]: Box, image: { readonly width: number; readonly height: number }): Box {
  const left = Math.min(Math.max(x, 0), image.width);
  const top = Math.min(Math.max(y, 0), image.height);
  const right = Math.min(Math.max(x + width, 0), image.width);
  const bottom = Math.min(Math.max(y + height, 0), image.height);
  return [left, top, Math.max(0, right - left), Math.max(0, bottom - top)];
}

/** @throws RegionMapperError `out-of-range` for a box that is not four finite numbers with sizes of 0 or more. */
export function expectBox(box: Box, name: string): void {
  const finite = Array.isArray(box) && box.length === 4 && box.every((value) => Number.isFinite(value));
  if (!finite || box[2] < 0 || box[3] < 0) {
    const shown = Array.isArray(box) ? `[${box.join(", ")}]` : String(box);
    throw new RegionMapperError(
      "out-of-range",
      `${name} is ${shown}; expected [x, y, width, height] with finite numbers and sizes of 0 or more`,
    );
  }
}
