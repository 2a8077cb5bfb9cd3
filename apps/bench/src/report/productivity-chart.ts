import * as Plot from "@observablehq/plot";
import type { BenchmarkResult } from "@tesserae/benchmarks";
import { spreadOf } from "./bars.js";
import { colours, draw, type Svg } from "./draw.js";
import type { Series } from "./series.js";

/** Accuracy over n, the number of atoms of a caption, of the first benchmark whose groups are "n=3", …; nothing when there is none. */
export function productivityChart(results: readonly BenchmarkResult[], series: readonly Series[]): Svg | null {
  const byLength = results.filter(({ metrics }) => Object.keys(metrics).some((name) => /\/n=\d+$/.test(name)));
  const own = byLength.filter(({ benchmark }) => benchmark === byLength[0]!.benchmark);
  const lengths = [...new Set(own.flatMap(({ metrics }) => Object.keys(metrics).flatMap(lengthOf)))];
  const points = series.flatMap(({ models, label }) =>
    lengths.flatMap((n) => {
      const metrics = own
        .filter(({ model }) => models.includes(model.name))
        .flatMap(({ metrics }) => metrics[`accuracy/n=${n}`] ?? []);
      if (metrics.length === 0) return [];
      const { value, low, high } = spreadOf(metrics);
      return [
        {
          n,
          model: label,
          value: 100 * value,
          low: 100 * low,
          high: 100 * high,
          chance: 100 * (metrics[0]!.chance ?? 0),
        },
      ];
    }),
  );
  if (points.length === 0) return null;
  const chances = [...new Map(points.map((point) => [point.n, point])).values()].sort((a, b) => a.n - b.n);
  return draw("Accuracy by the number of atoms in the caption", {
    width: 760,
    height: 330,
    marginBottom: 44,
    x: {
      label: "atoms in the caption (objects, attributes, relations)",
      ticks: chances.map(({ n }) => n),
      tickFormat: "d",
    },
    y: { domain: [0, 100], label: "accuracy in percent", grid: true },
    color: colours(series),
    marks: [
      Plot.lineY(chances, { x: "n", y: "chance", strokeDasharray: "3 3" }),
      Plot.areaY(points, { x: "n", y1: "low", y2: "high", fill: "model", fillOpacity: 0.15 }),
      Plot.lineY(points, { x: "n", y: "value", stroke: "model", strokeWidth: 2 }),
      Plot.dot(points, { x: "n", y: "value", fill: "model", r: 3 }),
    ],
  });
}

function lengthOf(metric: string): number[] {
  const n = /^accuracy\/n=(\d+)$/.exec(metric)?.[1];
  return n === undefined ? [] : [Number(n)];
}
