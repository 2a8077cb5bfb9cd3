import * as Plot from "@observablehq/plot";
import type { BenchmarkResult, Metric } from "@tesserae/benchmarks";
import { colours, draw, type Svg } from "./draw.js";
import type { Series } from "./series.js";

/** More groups than this are no chart any more. */
const mostGroups = 24;

/** The headline of a benchmark by group, such as by the word of the relation, with 95 % intervals; nothing without groups. */
export function groupChart(results: readonly BenchmarkResult[], series: readonly Series[]): Svg | null {
  const points = series.flatMap(({ model, label }) => {
    const result = results.find((one) => one.model.name === model);
    if (!result) return [];
    return groupsOf(result).map(([group, { value, interval, n, chance = 0 }]) => {
      const [low, high] = interval ?? [value, value];
      const name = `${group} (${n})`;
      return { group: name, model: label, value: value * 100, low: low * 100, high: high * 100, chance: chance * 100 };
    });
  });
  const groups = [...new Set(points.map(({ group }) => group))];
  if (groups.length < 2 || groups.length > mostGroups) return null;
  const labels = series.map(({ label }) => label).filter((label) => points.some(({ model }) => model === label));
  const chances = groups.map((group) => points.find((point) => point.group === group)!);
  return draw(`${results[0]!.benchmark} by group: value and 95 % interval of every model`, {
    width: 760,
    height: 60 + groups.length * (10 + 13 * labels.length),
    marginLeft: 170,
    marginTop: 24,
    marginBottom: 40,
    x: { domain: [0, 100], label: "percent", grid: true },
    y: { domain: labels, axis: null },
    fy: { domain: groups, label: null, axis: "left", padding: 0.12 },
    color: colours(series),
    marks: [
      Plot.ruleX(chances, { x: "chance", fy: "group", strokeDasharray: "3 3", strokeOpacity: 0.7 }),
      Plot.ruleY(points, { x1: "low", x2: "high", y: "model", fy: "group", stroke: "model", strokeWidth: 2 }),
      Plot.dot(points, { x: "value", y: "model", fy: "group", fill: "model", r: 4 }),
    ],
  });
}

/** Metrics of groups that are no numbers; those are a curve of their own. */
function groupsOf({ metrics, headline }: BenchmarkResult): readonly (readonly [string, Metric])[] {
  return Object.entries(metrics).flatMap(([name, metric]) => {
    const group = name.startsWith(`${headline}/`) ? name.slice(headline.length + 1) : undefined;
    return group === undefined || /^n=\d+$/.test(group) ? [] : [[group, metric] as const];
  });
}
