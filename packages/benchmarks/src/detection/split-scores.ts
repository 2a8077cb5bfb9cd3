import { cocoBaseClasses, cocoNovelClasses } from "./coco-classes.js";
import type { CategoryDetectionScores } from "./summarise-detections.js";

/** AP50 over parts of COCO's classes; -1 where no class of a part has objects. */
export interface ZeroShotSplitScores {
  readonly base: number;
  readonly novel: number;
  readonly all: number;
}

/** RegionCLIP's table: AP50 over the 48 base classes, the 17 novel ones and all 65, each the mean over classes with objects. */
export function zeroShotSplitScores(categories: readonly CategoryDetectionScores[]): ZeroShotSplitScores {
  const mean = (names: readonly string[]): number => {
    const scores = categories.filter(({ name, AP50 }) => names.includes(name) && AP50 !== -1);
    return scores.length === 0 ? -1 : scores.reduce((sum, { AP50 }) => sum + AP50, 0) / scores.length;
  };
  return {
    base: mean(cocoBaseClasses),
    novel: mean(cocoNovelClasses),
    all: mean([...cocoBaseClasses, ...cocoNovelClasses]),
  };
}
