import { RegionMapperError } from "../errors.js";

/** Options of `assignAttributes`. */
export interface AssignOptions {
  /** Width of the band below the best score: larger finds more regions and more wrong ones. Default 0.2 (DocMNIST). */
  readonly epsilon?: number;
  /** Columns of the attributes that the caption contains. Default: all columns. */
  readonly attributes?: readonly number[];
}

/**
 * Gives each attribute of a caption to every region of its image whose score lies above the attribute's best score
 * minus `epsilon` (the rule of `villa/utils/mapping.py`). An attribute always gets a region; a region may get none.
 *
 * @param scores Cosine of each region (row) with each attribute (column) for ONE image, `[regions, attributes]`.
 * @returns The attribute columns of each region, in the order of `attributes`.
 * @throws RegionMapperError `out-of-range` for `epsilon` not above 0 (the best region itself would drop out), an unknown
 *   column or a score that is not finite; `shape-mismatch` for rows of unequal length; `empty-input` without regions.
 */
export function assignAttributes(scores: readonly ArrayLike<number>[], options: AssignOptions = {}): number[][] {
  const { epsilon = 0.2 } = options;
  if (!(epsilon > 0)) {
    throw new RegionMapperError("out-of-range", `epsilon is ${epsilon}; expected a number above 0, such as 0.2`);
  }
  const columns = columnCount(scores);
  const attributes = options.attributes ?? Array.from({ length: columns }, (_, column) => column);
  const assigned: number[][] = scores.map(() => []);
  for (const attribute of attributes) {
    if (!Number.isInteger(attribute) || attribute < 0 || attribute >= columns) {
      throw new RegionMapperError("out-of-range", `attribute ${attribute} is not one of the ${columns} score columns`);
    }
    const values = scores.map((row) => row[attribute]!);
    const wrong = values.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0) {
      throw new RegionMapperError(
        "out-of-range",
        `scores[${wrong}][${attribute}] is ${values[wrong]}; expected a number`,
      );
    }
    const threshold = Math.max(...values) - epsilon;
    values.forEach((value, region) => {
      if (value > threshold) assigned[region]!.push(attribute);
    });
  }
  return assigned;
}

function columnCount(scores: readonly ArrayLike<number>[]): number {
  const first = scores[0];
  if (first === undefined) {
    throw new RegionMapperError(
      "empty-input",
      "assignAttributes got an image without regions; add the whole image as one",
    );
  }
  const uneven = scores.findIndex((row) => row.length !== first.length);
  if (uneven >= 0) {
    throw new RegionMapperError(
      "shape-mismatch",
      `scores[${uneven}] has ${scores[uneven]!.length} columns, scores[0] has ${first.length}`,
    );
  }
  return first.length;
}
