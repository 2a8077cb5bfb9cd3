import { type BootstrapOptions, percentileInterval, resample } from "./bootstrap.js";

/** What a paired test found. */
export interface PairedTestResult {
  /** Mean of a minus mean of b. */
  readonly difference: number;
  /** Of the difference, by paired bootstrap. */
  readonly interval: readonly [number, number];
  /** Two-sided: how likely a difference at least this large is if both were equally good. */
  readonly pValue: number;
  readonly method: "exact McNemar" | "paired bootstrap" | "bootstrap over seeds and items";
  readonly n: number;
}

/**
 * Compares two models on the same items. Values of 0 and 1 are tested with McNemar's exact test (the binomial test on the items
 * in which only one of the two is right; McNemar 1947). Other values, groups and clusters are tested by paired bootstrap: twice the
 * share of resampled differences on the other side of zero, and at least 1 / (resamples + 1).
 *
 * @throws RangeError unless both hold one value per item, in the same order.
 */
export function pairedTest(
  a: readonly number[],
  b: readonly number[],
  options: BootstrapOptions = {},
): PairedTestResult {
  if (a.length !== b.length || a.length === 0) {
    throw new RangeError(`pairedTest: expected the same items twice, got ${a.length} and ${b.length} values`);
  }
  const { level = 0.95, groups, clusters } = options;
  const { mean, resampled } = resample(
    a.map((value, index) => value - b[index]!),
    options,
  );
  const shared = { difference: mean, interval: percentileInterval(resampled, level), n: a.length };
  const binary = [...a, ...b].every((value) => value === 0 || value === 1);
  if (binary && !groups && !clusters) {
    const onlyA = a.filter((value, index) => value > b[index]!).length;
    const onlyB = a.filter((value, index) => value < b[index]!).length;
    return { ...shared, pValue: exactMcNemar(onlyA, onlyB), method: "exact McNemar" };
  }
  return { ...shared, pValue: bootstrapPValue(resampled), method: "paired bootstrap" };
}

/** Two-sided binomial test of `onlyA` heads and `onlyB` tails of a fair coin. */
function exactMcNemar(onlyA: number, onlyB: number): number {
  const discordant = onlyA + onlyB;
  let logChoose = 0;
  let tail = 0;
  for (let heads = 0; heads <= Math.min(onlyA, onlyB); heads++) {
    if (heads > 0) logChoose += Math.log(discordant - heads + 1) - Math.log(heads);
    tail += Math.exp(logChoose - discordant * Math.LN2);
  }
  return Math.min(1, 2 * tail);
}

/** Twice the share of sorted resampled differences on the other side of zero. */
export function bootstrapPValue(resampled: readonly number[]): number {
  const below = resampled.filter((value) => value <= 0).length;
  const above = resampled.filter((value) => value >= 0).length;
  return Math.min(1, (2 * (Math.min(below, above) + 1)) / (resampled.length + 1));
}
