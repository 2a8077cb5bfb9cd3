import type { BenchmarkResult, ItemValues } from "./result-schema.js";

/** The per-item values of a metric of a result ("accuracy", "accuracy/left of"), or nothing when the result does not hold them. */
export function itemValues(result: BenchmarkResult, metric: string): ItemValues | undefined {
  const whole = result.values[metric];
  if (whole) {
    const { groups, ...rest } = whole;
    return groups && result.averaging === "macro" ? whole : rest;
  }
  const slash = metric.indexOf("/");
  const parent = slash < 0 ? undefined : result.values[metric.slice(0, slash)];
  const group = metric.slice(slash + 1);
  if (!parent?.groups?.includes(group)) return undefined;
  const members = parent.groups.map((name) => name === group);
  return {
    values: parent.values.filter((_, index) => members[index]),
    ...(parent.clusters && { clusters: parent.clusters.filter((_, index) => members[index]) }),
  };
}
