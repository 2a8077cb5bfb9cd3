import { RegionMapperError } from "../errors.js";
import { assignAttributes } from "./assign-attributes.js";
import { type MappingScores, mappingScores } from "./mapping-scores.js";

/** One validation image whose regions' attributes are known. */
export interface ValidationImage {
  /** Cosine of each region (row) with each attribute (column). */
  readonly scores: readonly ArrayLike<number>[];
  /** Columns of the attributes that the caption has. */
  readonly attributes: readonly number[];
  /** True attributes (columns) of each region. */
  readonly truth: readonly (readonly number[])[];
}

/** What a width of the band gives on the validation images. */
export interface EpsilonScores extends MappingScores {
  readonly epsilon: number;
}

/** Widths that are tried: the reference's 0.2, and narrower and wider ones. */
export const epsilonCandidates: readonly number[] = [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5];

/**
 * Chooses `assignAttributes`' epsilon by the mapping's F1 on images whose regions' attributes are known (the paper: epsilon
 * trades precision for recall and is chosen on a validation set). Of equal F1, the smaller one.
 *
 * @returns The choice, and the scores of every candidate in ascending order.
 * @throws RegionMapperError `empty-input` without images or candidates.
 */
export function chooseEpsilon(
  images: readonly ValidationImage[],
  { candidates = epsilonCandidates }: { readonly candidates?: readonly number[] } = {},
): { readonly epsilon: number; readonly curve: readonly EpsilonScores[] } {
  if (images.length === 0 || candidates.length === 0) {
    const missing = images.length === 0 ? "validation images" : "candidates";
    throw new RegionMapperError("empty-input", `chooseEpsilon got no ${missing}; expected at least one`);
  }
  const truth = images.flatMap((image) => image.truth);
  const curve = [...candidates]
    .sort((a, b) => a - b)
    .map((epsilon) => {
      const assigned = images.flatMap(({ scores, attributes }) => assignAttributes(scores, { epsilon, attributes }));
      return { epsilon, ...mappingScores(assigned, truth) };
    });
  const best = curve.reduce((a, b) => (b.f1 > a.f1 ? b : a));
  return { epsilon: best.epsilon, curve };
}
