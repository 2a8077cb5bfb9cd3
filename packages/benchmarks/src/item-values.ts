import type { BenchmarkResult } from "./benchmark.js";

/** Per-item values behind a metric, and how they are averaged: what paired tests and bootstraps take. */
export interface ItemValues {
  readonly values: readonly number[];
  readonly groups?: readonly string[];
  readonly clusters?: readonly number[];
}

/** The per-item values of a metric of a result, or nothing when the result does not hold them. */
export function itemValues(result: BenchmarkResult, metric: string): ItemValues | undefined {
  const [name, detail] = splitMetric(metric);
  if (name === "accuracy" && result.correct) {
    const groups = result.items?.map((item) => item.group ?? "");
    if (detail !== undefined) {
      return groups && { values: result.correct.filter((_, index) => groups[index] === detail) };
    }
    if (result.averaging === "micro") return { values: result.correct };
    return groups && { values: result.correct, groups };
  }
  if ((name === "imageToText" || name === "textToImage") && result.ranks) {
    const values = result.ranks[name].map((ahead) => (ahead < Number(detail) ? 1 : 0));
    const perImage = result.captionsPerImage ?? [];
    if (name === "imageToText" || perImage.every((count) => count === 1)) return { values };
    return { values, clusters: perImage.flatMap((count, image) => new Array<number>(count).fill(image)) };
  }
  return undefined;
}

/** "accuracy/n=3" is ["accuracy", "n=3"], "imageToText@5" is ["imageToText", "5"]. */
function splitMetric(metric: string): readonly [string, string | undefined] {
  const at = metric.search(/[/@]/);
  return at < 0 ? [metric, undefined] : [metric.slice(0, at), metric.slice(at + 1)];
}
