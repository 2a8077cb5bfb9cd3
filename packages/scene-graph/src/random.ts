import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { hash } from "./hash.js";

export { hash } from "./hash.js";

/** A source of numbers in [0, 1). */
export type Rng = () => number;

/** A generator whose whole state comes from the text of `parts`: `seededRng(7, "train", 12)` is the same everywhere. */
export function seededRng(...parts: readonly (string | number)[]): Rng {
  const text = parts.join("/");
  const state = [hash(text, 1), hash(text, 2), hash(text, 3), hash(text, 4) | 1];
  const generator = xoroshiro128plusFromState(state);
  return () => uniformFloat64(generator);
}

/** An integer in [0, count). */
export function pickIndex(rng: Rng, count: number): number {
  return Math.min(count - 1, Math.floor(rng() * count));
}

/** One item, all equally likely. Throws a RangeError for an empty list. */
export function pick<T>(rng: Rng, items: readonly T[]): T {
  if (items.length === 0) throw new RangeError("pick: the list is empty; give it at least one item");
  return items[pickIndex(rng, items.length)]!;
}

/** Whether `pickWeighted` can draw by these weights: finite, none below 0, not all 0. */
export function areWeights(values: readonly number[]): boolean {
  return values.every((value) => value >= 0 && value < Infinity) && values.some((value) => value > 0);
}

/** The index of one weight, drawn in proportion to the weights; their sum must be positive. */
export function pickWeighted(rng: Rng, weights: readonly number[]): number {
  return pickWeightedBy(rng, weights, (weight) => weight);
}

/** The index of one item, drawn in proportion to the items' weights; their sum must be positive. */
export function pickWeightedBy<T>(rng: Rng, items: readonly T[], weightOf: (item: T) => number): number {
  let total = 0;
  for (let i = 0; i < items.length; i++) total += weightOf(items[i]!);
  let rest = rng() * total;
  for (let i = 0; i < items.length; i++) {
    rest -= weightOf(items[i]!);
    if (rest < 0) return i;
  }
  return items.findLastIndex((item) => weightOf(item) > 0);
}

/** A shuffled copy (Fisher-Yates). */
export function shuffled<T>(rng: Rng, items: readonly T[]): T[] {
  const copy = [...items];
  for (let last = copy.length - 1; last > 0; last--) {
    const other = pickIndex(rng, last + 1);
    [copy[last], copy[other]] = [copy[other]!, copy[last]!];
  }
  return copy;
}
