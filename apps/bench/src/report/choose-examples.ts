import type { BenchmarkResult, ItemRecord } from "@tesserae/benchmarks";

/** One item with what every model chose. */
export interface Example {
  readonly item: ItemRecord;
  /** In the order of the results: index of the caption, and whether it counts as right. */
  readonly choices: readonly { readonly model: string; readonly chosen: number; readonly right: boolean }[];
}

/**
 * Items worth looking at, of results over the same items: two that the best model gets right and the worst gets wrong, one that
 * all get right, and two that the best gets wrong; others where there are not enough. The first of each kind is taken.
 */
export function chooseExamples(results: readonly BenchmarkResult[], count = 5): readonly Example[] {
  const accuracy = (result: BenchmarkResult) => result.metrics.accuracy?.value ?? 0;
  const ranked = [...results].sort((a, b) => accuracy(b) - accuracy(a));
  const best = ranked[0];
  const worst = ranked.at(-1);
  if (!best?.items || !worst) return [];
  const right = (result: BenchmarkResult, index: number) => result.correct?.[index] === 1;
  const kinds: readonly [number, (index: number) => boolean][] = [
    [2, (index) => right(best, index) && !right(worst, index)],
    [1, (index) => results.every((result) => right(result, index))],
    [2, (index) => !right(best, index)],
    [count, () => true],
  ];
  const chosen = new Set<number>();
  for (const [wanted, suits] of kinds) {
    const fresh = best.items.map((_, index) => index).filter((index) => !chosen.has(index) && suits(index));
    for (const index of fresh.slice(0, Math.min(wanted, count - chosen.size))) chosen.add(index);
  }
  return [...chosen].map((index) => ({
    item: best.items![index]!,
    choices: results.map((result) => ({
      model: result.model.name,
      chosen: result.items![index]!.chosen,
      right: right(result, index),
    })),
  }));
}
