import { createRandomIndex } from "./random-index.js";

/** How values are drawn again. */
export interface BootstrapOptions {
  /** Default 0. */
  readonly seed?: number;
  /** Default 2000. */
  readonly resamples?: number;
  /** Default 0.95. */
  readonly level?: number;
  /** One name per value: the statistic becomes the unweighted mean of the group means, and groups are resampled one by one. */
  readonly groups?: readonly string[];
  /** One name per value: values of a cluster are drawn together (such as the captions of one image, which are not independent). */
  readonly clusters?: readonly (string | number)[];
}

/** A mean and its interval. */
export interface BootstrapEstimate {
  readonly value: number;
  readonly interval: readonly [number, number];
}

/**
 * Percentile bootstrap (Efron 1979) of a mean: values are drawn with replacement `resamples` times.
 *
 * @throws RangeError on no values, on `groups` or `clusters` of another length, and on `resamples` or a `level` that cannot be.
 */
export function bootstrap(values: readonly number[], options: BootstrapOptions = {}): BootstrapEstimate {
  const { level = 0.95 } = options;
  const { mean, resampled } = resample(values, options);
  return { value: mean, interval: percentileInterval(resampled, level) };
}

/** The mean (of groups, if any) and its resampled values, sorted. */
export function resample(
  values: readonly number[],
  options: BootstrapOptions,
): { readonly mean: number; readonly resampled: readonly number[] } {
  const { seed = 0, resamples = 2000, level = 0.95 } = options;
  if (!Number.isInteger(resamples) || resamples < 1) {
    throw new RangeError(`bootstrap: resamples is ${resamples}; expected a whole number of at least 1`);
  }
  if (!(level > 0 && level < 1)) throw new RangeError(`bootstrap: level is ${level}; expected a share between 0 and 1`);
  const strata = stratify(values, options);
  const randomIndex = createRandomIndex(seed);
  const mean = average(
    strata.map((units) => average(units.map((unit) => unit.sum)) / average(units.map((unit) => unit.count))),
  );
  const resampled: number[] = [];
  for (let round = 0; round < resamples; round++) {
    let total = 0;
    for (const units of strata) {
      let sum = 0;
      let count = 0;
      for (let draw = 0; draw < units.length; draw++) {
        const unit = units[randomIndex(units.length)]!;
        sum += unit.sum;
        count += unit.count;
      }
      total += sum / count;
    }
    resampled.push(total / strata.length);
  }
  resampled.sort((a, b) => a - b);
  return { mean, resampled };
}

/** The interval between the two tails of sorted values, each holding (1 - level) / 2 of them. */
export function percentileInterval(sorted: readonly number[], level: number): readonly [number, number] {
  const tail = (1 - level) / 2;
  const last = sorted.length - 1;
  return [sorted[Math.round(tail * last)]!, sorted[Math.round((1 - tail) * last)]!];
}

/** Values that are drawn together. */
export interface Unit {
  sum: number;
  count: number;
}

/** Per group, the units that are drawn: clusters of values, or single values. */
export function stratify(
  values: readonly number[],
  { groups, clusters }: BootstrapOptions,
): readonly (readonly Unit[])[] {
  if (values.length === 0) throw new RangeError("bootstrap: expected at least one value");
  for (const [name, labels] of Object.entries({ groups, clusters })) {
    if (labels && labels.length !== values.length) {
      throw new RangeError(
        `bootstrap: expected one of ${name} per value, got ${labels.length} for ${values.length} values`,
      );
    }
  }
  const strata = new Map<string, Map<string | number, Unit>>();
  values.forEach((value, index) => {
    const group = groups?.[index] ?? "";
    const cluster = clusters?.[index] ?? index;
    const units = strata.get(group) ?? new Map<string | number, Unit>();
    strata.set(group, units);
    const unit = units.get(cluster) ?? { sum: 0, count: 0 };
    units.set(cluster, unit);
    unit.sum += value;
    unit.count += 1;
  });
  return [...strata.values()].map((units) => [...units.values()]);
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
