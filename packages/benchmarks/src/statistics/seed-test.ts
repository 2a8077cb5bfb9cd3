import { type BootstrapOptions, percentileInterval, stratify } from "./bootstrap.js";
import { bootstrapPValue, type PairedTestResult } from "./paired-test.js";
import { createRandomIndex } from "./random-index.js";

/**
 * Compares two methods that were trained with several seeds each and judged on the same items: seeds and items are
 * both drawn again, so that the answer is about the methods and not about these weights. Where both have as many
 * seeds, the k-th of one belongs to the k-th of the other (the same base, the same batches), and they are drawn
 * together. Drawing n seeds with replacement gives (n - 1) / n of the variance that their mean has, half of it for
 * two; so what the draws add is widened by the root of n / (n - 1).
 *
 * @param a one array of values a seed, one value an item
 * @throws RangeError unless both hold two seeds or more, all with one value for each of the same items.
 */
export function seedTest(
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
  options: BootstrapOptions = {},
): PairedTestResult {
  if (a.length < 2 || b.length < 2) {
    throw new RangeError(`seedTest: got ${a.length} and ${b.length} seeds; expected two or more of each`);
  }
  const n = a[0]!.length;
  if (n === 0 || [...a, ...b].some(({ length }) => length !== n)) {
    throw new RangeError("seedTest: expected the same items of every seed");
  }
  const { seed = 0, resamples = 2000, level = 0.95 } = options;
  const strata = [...a, ...b].map((values) => stratify(values, options));
  const randomIndex = createRandomIndex(seed);
  const widened = (times: number, seeds: number) => 1 + (times - 1) * Math.sqrt(seeds / (seeds - 1));
  /** The weight of each seed in a draw, of `a` and then of `b`: how often it is drawn, widened. */
  const drawWeights = () => {
    const times = new Array<number>(a.length + b.length).fill(0);
    const first = a.map(() => randomIndex(a.length));
    const second = a.length === b.length ? first : b.map(() => randomIndex(b.length));
    for (const index of first) times[index]! += 1;
    for (const index of second) times[a.length + index]! += 1;
    return times.map((count, index) => widened(count, index < a.length ? a.length : b.length));
  };
  const difference = (weights: readonly number[], pick: (draw: number, units: number) => number) => {
    const means = strata[0]!.map((units, group) => {
      const sums = [0, 0];
      let count = 0;
      for (let draw = 0; draw < units.length; draw++) {
        const unit = pick(draw, units.length);
        count += units[unit]!.count;
        for (const [model, weight] of weights.entries()) {
          sums[model < a.length ? 0 : 1]! += weight * strata[model]![group]![unit]!.sum;
        }
      }
      return (sums[0]! / a.length - sums[1]! / b.length) / count;
    });
    return means.reduce((sum, mean) => sum + mean, 0) / means.length;
  };
  const resampled = Array.from({ length: resamples }, () => {
    const weights = drawWeights();
    return difference(weights, (_, units) => randomIndex(units));
  }).sort((x, y) => x - y);
  return {
    difference: difference(new Array<number>(a.length + b.length).fill(1), (draw) => draw),
    interval: percentileInterval(resampled, level),
    pValue: bootstrapPValue(resampled),
    method: "bootstrap over seeds and items",
    n,
  };
}
