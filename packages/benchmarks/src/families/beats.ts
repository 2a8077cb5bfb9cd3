import type { TieRule } from "./policy.js";

/** An image and a caption of an item, by their places. */
export type Cell = readonly [image: number, caption: number];

/** Whether the first cell scores higher than the second one; the tie rule decides when they are equal. */
export type Beats = (winner: Cell, loser: Cell) => boolean;

/** Compares cells by score; `onTie` is called when two compared cells score the same. */
export function compareCells(
  scores: readonly (readonly number[])[],
  rule: TieRule,
  onTie: () => void = () => {},
): Beats {
  return ([image, caption], [otherImage, otherCaption]) => {
    const score = scores[image]![caption]!;
    const other = scores[otherImage]![otherCaption]!;
    if (score !== other) return score > other;
    onTie();
    if (rule === "first-index-wins") {
      return image < otherImage || (image === otherImage && caption < otherCaption);
    }
    return rule === "tie-is-right";
  };
}
