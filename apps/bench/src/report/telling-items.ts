import type { BenchmarkResult } from "@tesserae/benchmarks";

/** Whether a model gets an item right, by its benchmark's headline. */
export function isRight({ values, headline }: BenchmarkResult, index: number): boolean {
  return values[headline]?.values[index] === 1;
}

/** The results by their headline, the best first. */
export function ranked(results: readonly BenchmarkResult[]): readonly BenchmarkResult[] {
  const headline = (result: BenchmarkResult) => result.metrics[result.headline]?.value ?? 0;
  return [...results].sort((a, b) => headline(b) - headline(a));
}

/** Places of the items that tell models apart: the best model gets them right and the worst gets them wrong. */
export function tellingItems(results: readonly BenchmarkResult[]): readonly number[] {
  const [best, worst] = [ranked(results)[0], ranked(results).at(-1)];
  if (!best || !worst) return [];
  const places = [...(best.values[best.headline]?.values.keys() ?? [])];
  return places.filter((index) => isRight(best, index) && !isRight(worst, index));
}
