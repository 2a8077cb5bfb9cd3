import { RegionMapperError } from "../errors.js";

/** How well a mapping fits the truth; each in [0, 1]. */
export interface MappingScores {
  /** Right assignments among all assignments; 0 when nothing was assigned. */
  readonly precision: number;
  /** Right assignments among all true region-attribute pairs; 0 when there are none. */
  readonly recall: number;
  /** Harmonic mean of the two; 0 when both are 0. */
  readonly f1: number;
}

/**
 * Precision, recall and F1 of a mapping, in [0, 1], micro-averaged over all regions (`villa/utils/mapping.py`, which
 * prints them in percent).
 *
 * @param assigned Attributes given to each region; concatenate the regions of all images.
 * @param truth True attributes of the same regions.
 * @throws RegionMapperError `shape-mismatch` when the two do not list the same number of regions.
 */
export function mappingScores<T>(assigned: readonly (readonly T[])[], truth: readonly (readonly T[])[]): MappingScores {
  if (assigned.length !== truth.length) {
    throw new RegionMapperError(
      "shape-mismatch",
      `mappingScores got ${assigned.length} assigned regions and ${truth.length} true ones; expected as many`,
    );
  }
  let right = 0;
  let given = 0;
  let wanted = 0;
  assigned.forEach((attributes, region) => {
    const expected = new Set(truth[region]);
    const found = new Set(attributes);
    for (const attribute of found) if (expected.has(attribute)) right += 1;
    given += found.size;
    wanted += expected.size;
  });
  const precision = given === 0 ? 0 : right / given;
  const recall = wanted === 0 ? 0 : right / wanted;
  return { precision, recall, f1: right === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}
