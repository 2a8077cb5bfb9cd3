import { pickWeightedBy } from "@tesserae/scene-graph/random";
import type { Rng } from "../contract/negative-miner.js";

/** One element, each as likely; undefined for an empty list. */
export function pick<T>(items: readonly T[], rng: Rng): T | undefined {
  return items[Math.floor(rng() * items.length)];
}

/** At most `count` different elements, in random order, each subset as likely. */
export function sample<T>(items: readonly T[], count: number, rng: Rng): T[] {
  const pool = [...items];
  const drawn: T[] = [];
  while (drawn.length < count && pool.length > 0) {
    drawn.push(...pool.splice(Math.floor(rng() * pool.length), 1));
  }
  return drawn;
}

/** One element, as likely as its weight says. */
export function pickByWeight<T extends { readonly weight: number }>(items: readonly T[], rng: Rng): T {
  return items[pickWeightedBy(rng, items, weightOf)]!;
}

const weightOf = ({ weight }: { readonly weight: number }) => weight;

/** Whether a test holds of some element: they are tried in random order until one passes, and no more are drawn than are tried. */
export function someInRandomOrder<T>(items: readonly T[], holds: (item: T) => boolean, rng: Rng): boolean {
  if (items.length === 1) return holds(items[0]!);
  const left = [...items];
  while (left.length > 0) {
    const at = Math.floor(rng() * left.length);
    const item = left[at]!;
    if (holds(item)) return true;
    left[at] = left.at(-1)!;
    left.pop();
  }
  return false;
}

/** Endless rounds over the elements: every round yields each once, in an order drawn by weight without replacement. */
export function* cycleForms<T extends { readonly weight: number }>(items: readonly T[], rng: Rng): Generator<T, never> {
  for (;;) {
    let left = items;
    while (left.length > 0) {
      const drawn = pickByWeight(left, rng);
      left = left.filter((item) => item !== drawn);
      yield drawn;
    }
  }
}
