/** How much lower values are than others, as a share of these. */
export interface RelativeFall {
  /** Mean over the seeds. */
  readonly value: number;
  /** At 95 % by Student's t over the seeds; with one seed there is none. */
  readonly interval: readonly [number, number] | undefined;
}

/** Student's t at 97.5 % for 1, 2, … degrees of freedom. */
const quantiles = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];

/**
 * The relative fall from one row to another: 1 - to / from for each seed, then their mean and its interval.
 *
 * @param from values by seed, above 0; `to` has one for each of them
 * @throws RangeError on lists of different lengths, or none
 */
export function relativeFall(from: readonly number[], to: readonly number[]): RelativeFall {
  if (from.length === 0 || from.length !== to.length) {
    throw new RangeError(`relativeFall: ${from.length} values and ${to.length}; expected as many, at least one`);
  }
  const falls = from.map((value, seed) => 1 - to[seed]! / value);
  const value = falls.reduce((sum, fall) => sum + fall, 0) / falls.length;
  if (falls.length === 1) return { value, interval: undefined };
  const variance = falls.reduce((sum, fall) => sum + (fall - value) ** 2, 0) / (falls.length - 1);
  const half = (quantiles[falls.length - 2] ?? 2) * Math.sqrt(variance / falls.length);
  return { value, interval: [value - half, value + half] };
}
