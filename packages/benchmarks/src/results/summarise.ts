import type { ItemMetric, Judgement } from "../families/family.js";
import type { Policy } from "../families/policy.js";
import { bootstrap } from "../statistics/bootstrap.js";
import { wilsonInterval } from "../statistics/wilson-interval.js";
import type { ItemValues, Metric } from "./result-schema.js";

/** Numbers of a judgement with intervals and chance, and the values behind them. */
export interface Summary {
  readonly metrics: Readonly<Record<string, Metric>>;
  readonly values: Readonly<Record<string, ItemValues>>;
}

/**
 * Averages every metric as the policy says, and gives one for each group beside it: "accuracy/left of".
 * Groups that the policy leaves out count nowhere but in their own metric.
 */
export function summarise(judgement: Judgement, policy: Policy, seed: number): Summary {
  const metrics: Record<string, Metric> = {};
  const values: Record<string, ItemValues> = {};
  for (const [name, metric] of Object.entries(judgement.metrics)) {
    if (!("values" in metric)) {
      metrics[name] = metric;
      continue;
    }
    const counted = withoutGroups(metric, policy);
    if (counted.values.length > 0) metrics[name] = summariseOne(counted, policy, seed);
    for (const [group, part] of byGroup(metric)) metrics[`${name}/${group}`] = summariseOne(part, microPolicy, seed);
    const { chance: _, ...kept } = counted;
    values[name] = { ...kept } as ItemValues;
  }
  return { metrics, values };
}

const microPolicy = { averaging: "micro" } as const;

function summariseOne(metric: ItemMetric, { averaging }: Pick<Policy, "averaging">, seed: number): Metric {
  const { values, chance, groups, clusters } = metric;
  const n = values.length;
  if (averaging === "macro" && groups) {
    const { value, interval } = bootstrap(values, { seed, groups, ...(clusters && { clusters }) });
    return { value, n, interval: [...interval], chance: meanOfGroups(chance, groups) };
  }
  const isShare = values.every((value) => value === 0 || value === 1);
  const sum = values.reduce((total, value) => total + value, 0);
  if (isShare && !clusters) return { value: sum / n, n, interval: [...wilsonInterval(sum, n)], chance: mean(chance) };
  const { value, interval } = bootstrap(values, { seed, ...(clusters && { clusters }) });
  return { value, n, interval: [...interval], chance: mean(chance) };
}

/** The items whose group counts under the policy. */
function withoutGroups(metric: ItemMetric, policy: Policy): ItemMetric {
  const { groups } = metric;
  if (!groups || (policy.withoutGroups === undefined && policy.minimumGroupSize === undefined)) return metric;
  const sizes = new Map<string, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const left = new Set(policy.withoutGroups);
  return pick(metric, (index) => {
    const group = groups[index]!;
    return !left.has(group) && sizes.get(group)! >= (policy.minimumGroupSize ?? 1);
  });
}

/** "n=2" before "n=10". */
function byGroup(metric: ItemMetric): readonly (readonly [string, ItemMetric])[] {
  const names = [...new Set(metric.groups)].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  return names.map((name) => [name, pick(metric, (index) => metric.groups![index] === name)]);
}

function pick(metric: ItemMetric, keep: (index: number) => boolean): ItemMetric {
  const of = <T>(list: readonly T[]) => list.filter((_, index) => keep(index));
  return {
    values: of(metric.values),
    chance: of(metric.chance),
    ...(metric.groups && { groups: of(metric.groups) }),
    ...(metric.clusters && { clusters: of(metric.clusters) }),
  };
}

function meanOfGroups(values: readonly number[], groups: readonly string[]): number {
  const byName = new Map<string, number[]>();
  values.forEach((value, index) => {
    const group = groups[index]!;
    const members = byName.get(group) ?? [];
    members.push(value);
    byName.set(group, members);
  });
  return mean([...byName.values()].map(mean));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
