import type { AnnotatedImage } from "./annotations.js";
import { show } from "./problems.js";

/** What can be wrong with a box; the worst fault is the one that is told. */
export type BoxFault = "box-not-finite" | "box-negative" | "box-outside-image";

/** Annotators round, so a box may reach this many pixels out of its image without a word. */
const slack = 1;

/** The worst fault of a box, or undefined. Without the image's size, leaving it cannot be seen. */
export function boxFault(bbox: readonly number[] | undefined, image: AnnotatedImage | undefined): BoxFault | undefined {
  if (!Array.isArray(bbox) || bbox.length !== 4) return "box-not-finite";
  const [x, y, width, height] = bbox as [number, number, number, number];
  if (!(Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(width) && Number.isFinite(height))) {
    return "box-not-finite";
  }
  if (width < 0 || height < 0) return "box-negative";
  if (image === undefined) return undefined;
  const [right, bottom] = [image.width, image.height].map((side) =>
    typeof side === "number" && side > 0 ? side : Number.POSITIVE_INFINITY,
  ) as [number, number];
  const leaves = x < -slack || y < -slack || x + width > right + slack || y + height > bottom + slack;
  return leaves ? "box-outside-image" : undefined;
}

/** A box and its image's size, for a message. */
export function describeBox(bbox: readonly number[] | undefined, image: AnnotatedImage | undefined): string {
  const box = Array.isArray(bbox) ? `bbox is [${bbox.map(show).join(", ")}]` : `bbox is ${show(bbox)}`;
  return image?.width === undefined ? box : `${box}, the image is ${image.width} x ${image.height}`;
}
