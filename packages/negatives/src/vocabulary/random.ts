import type { Rng } from "../contract/negative-miner.js";

/** One element, each as likely; undefined for an empty list. */
export function pick<T>(items: readonly T[], rng: Rng): T | undefined {
  return items[Math.floor(rng() * items.length)];
}

/** A shuffled copy (Fisher and Yates). */
export function shuffle<T>(items: readonly T[], rng: Rng): T[] {
  const shuffled = [...items];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = Math.floor(rng() * (i + 1));
    [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
  }
  return shuffled;
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
export function pickWeighted<T extends { readonly weight: number }>(items: readonly T[], rng: Rng): T {
  let rest = rng() * items.reduce((sum, { weight }) => sum + weight, 0);
  for (const item of items) {
    rest -= item.weight;
    if (rest < 0) return item;
  }
  return items.at(-1)!;
}

/** Endless rounds over the elements: every round yields each once, in an order drawn by weight without replacement. */
export function* cycleForms<T extends { readonly weight: number }>(items: readonly T[], rng: Rng): Generator<T, never> {
  for (;;) {
    let left = items;
    while (left.length > 0) {
      const drawn = pickWeighted(left, rng);
      left = left.filter((item) => item !== drawn);
      yield drawn;
    }
  }
}
