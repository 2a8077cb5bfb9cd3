import { RegionMapperError } from "../errors.js";
import { type Box, expectBox, intersectionOverUnion } from "./box.js";

/** Options of `nonMaximumSuppression`. */
export interface SuppressionOptions {
  /** A box goes when it overlaps a surer one by more than this. Default 0.5. */
  readonly threshold?: number;
  /** The class of each box; boxes of different classes leave each other alone. Default: one class. */
  readonly classes?: ArrayLike<number>;
}

/**
 * Keeps the surest box of every heap of boxes (greedy, as torchvision's `batched_nms`).
 *
 * @param scores One for each box, higher is surer; of equal ones the earlier box goes first.
 * @returns Places of the boxes that stay, surest first.
 * @throws RegionMapperError `shape-mismatch` for lists of different lengths, `out-of-range` for a wrong box or score.
 */
export function nonMaximumSuppression(
  boxes: readonly Box[],
  scores: ArrayLike<number>,
  { threshold = 0.5, classes }: SuppressionOptions = {},
): number[] {
  for (const [name, list] of [["scores", scores] as const, ["classes", classes ?? scores] as const]) {
    if (list.length !== boxes.length) {
      throw new RegionMapperError(
        "shape-mismatch",
        `${boxes.length} boxes and ${list.length} ${name}; expected as many`,
      );
    }
  }
  boxes.forEach((box, place) => {
    expectBox(box, `boxes[${place}]`);
    if (!Number.isFinite(scores[place])) {
      throw new RegionMapperError("out-of-range", `scores[${place}] is ${scores[place]}; expected a finite number`);
    }
  });
  const order = boxes.map((_, place) => place).sort((a, b) => scores[b]! - scores[a]! || a - b);
  const kept: number[] = [];
  for (const place of order) {
    const hidden = kept.some(
      (surer) =>
        (classes === undefined || classes[surer] === classes[place]) &&
        intersectionOverUnion(boxes[surer]!, boxes[place]!) > threshold,
    );
    if (!hidden) kept.push(place);
  }
  return kept;
}
