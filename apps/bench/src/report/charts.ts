import * as Plot from "@observablehq/plot";
import type { BuiltTable } from "@tesserae/benchmarks";
import { colours, draw, type Svg } from "./draw.js";
import type { ReportRun } from "./load-runs.js";
import type { Series } from "./series.js";

/** Every column of a table as a row of dots with their intervals; a tick marks chance. Nothing when no column has results. */
export function overviewChart(table: BuiltTable, series: readonly Series[]): Svg | null {
  const rows = table.rows.filter((row) => !row.published);
  const dots = rows.flatMap((row) =>
    row.cells.flatMap((cell, index) => {
      if (!cell) return [];
      const [low, high] = cell.interval ?? [cell.value, cell.value];
      const column = table.columns[index]!.label;
      return [{ column, model: row.label, value: cell.value * 100, low: low * 100, high: high * 100 }];
    }),
  );
  const chances = table.columns.flatMap((column) =>
    column.chance !== null && dots.some((dot) => dot.column === column.label)
      ? [{ column: column.label, value: column.chance * 100 }]
      : [],
  );
  if (chances.length === 0) return null;
  const labels = series.map(({ label }) => label);
  return draw(`${table.title}: value and 95 % interval of every method`, {
    width: 760,
    height: 60 + chances.length * (16 + 15 * labels.length),
    marginLeft: 30 + 6.4 * Math.max(...chances.map(({ column }) => column.length)),
    marginTop: 24,
    marginBottom: 44,
    x: { domain: [0, 100], label: "percent", grid: true, axis: "both" },
    y: { domain: labels, axis: null },
    fy: { domain: chances.map(({ column }) => column), label: null, axis: "left", padding: 0.12 },
    color: colours(series),
    marks: [
      Plot.ruleX(chances, { x: "value", fy: "column", strokeDasharray: "3 3", strokeOpacity: 0.7 }),
      Plot.ruleY(dots, { x1: "low", x2: "high", y: "model", fy: "column", stroke: "model", strokeWidth: 2 }),
      Plot.dot(dots, { x: "value", y: "model", fy: "column", fill: "model", r: 4 }),
    ],
  });
}

/** Accuracy over n, the number of atoms of a caption, of the benchmarks whose groups are "n=3", …; nothing when there is none. */
export function productivityChart(runs: readonly ReportRun[], series: readonly Series[]): Svg | null {
  const points = series.flatMap(({ model, label }) => {
    const stored = runs
      .flatMap((run) => run.results)
      .find(
        ({ result }) =>
          result.model.name === model && Object.keys(result.metrics).some((name) => /\/n=\d+$/.test(name)),
      );
    return Object.entries(stored?.result.metrics ?? {}).flatMap(([name, { value, interval, chance }]) => {
      const n = /^accuracy\/n=(\d+)$/.exec(name)?.[1];
      if (n === undefined) return [];
      const [low, high] = interval ?? [value, value];
      return [
        {
          n: Number(n),
          model: label,
          value: value * 100,
          low: low * 100,
          high: high * 100,
          chance: (chance ?? 0) * 100,
        },
      ];
    });
  });
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
