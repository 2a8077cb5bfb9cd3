import * as Plot from "@observablehq/plot";
import { colours, draw, type Svg } from "./draw.js";
import type { MetricLine, ReportRun } from "./load-runs.js";
import type { Series } from "./series.js";

/** Numbers of a line that say when it was written, not how the training goes. */
const clocks = /^(step|epoch|samples\w*|seconds|\w+Seconds|\w+PerSecond)$/;

/**
 * The training loss of every method for itself (losses of different methods can't be compared), and every other number that runs
 * logged, such as learning rate, gradient norm and logit scale, in one chart for all.
 */
export function trainingCharts(runs: readonly ReportRun[], series: readonly Series[]): readonly Svg[] {
  const methods = [...new Set(runs.map(methodOf))];
  const losses = methods.flatMap((method) => {
    const own = runs.filter((run) => methodOf(run) === method);
    return curves(`Training loss of ${method} over steps`, `loss of ${method}`, own, series, ({ loss }) => loss) ?? [];
  });
  const numbers = new Set(
    runs.flatMap(({ metrics }) => metrics.flatMap((line) => Object.keys(line).filter((name) => isNumber(line, name)))),
  );
  const others = [...numbers].flatMap((name) => {
    const words = name.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
    return (
      curves(
        `${words[0]!.toUpperCase()}${words.slice(1)} over steps`,
        words,
        runs,
        series,
        (line) => line[name] as number,
      ) ?? []
    );
  });
  return [...losses, ...others];
}

/** Two charts for each metric that was validated more than once: over steps, and over the seconds that they took. */
export function validationCharts(runs: readonly ReportRun[], series: readonly Series[]): readonly Svg[] {
  const lines = runs.flatMap((run) => run.metrics);
  const names = new Set(
    lines.flatMap(({ validation }) => Object.keys(validation ?? {})).filter((name) => !/@(5|10)$/.test(name)),
  );
  return [...names].flatMap((name) => {
    const percent = ({ validation }: MetricLine) =>
      validation?.[name] === undefined ? undefined : validation[name] * 100;
    const label = `validation ${name}, percent`;
    return (["step", "seconds"] as const).flatMap((across) => {
      const title = `Validation ${name} over ${across === "step" ? "steps" : "seconds"}`;
      return curves(title, label, runs, series, percent, across) ?? [];
    });
  });
}

function methodOf({ record, name }: ReportRun): string {
  return record?.recipe ?? record?.method ?? name;
}

function isNumber(line: MetricLine, name: string): boolean {
  return name !== "loss" && !clocks.test(name) && typeof line[name] === "number";
}

function curves(
  title: string,
  label: string,
  runs: readonly ReportRun[],
  series: readonly Series[],
  value: (line: MetricLine) => number | undefined,
  across: "step" | "seconds" = "step",
): Svg | null {
  const points = series.flatMap(({ models, label: name }) =>
    models.flatMap((model) => {
      const lines = runs.find((run) => run.name === model)?.metrics ?? [];
      return lines.flatMap((line) => {
        const [x, y] = [line[across], value(line)];
        return typeof x !== "number" || y === undefined ? [] : [{ x, value: y, model: name, run: model }];
      });
    }),
  );
  const isCurve = runs.some(({ name }) => points.filter(({ run }) => run === name).length > 1);
  if (!isCurve) return null;
  return draw(title, {
    width: 760,
    height: 290,
    marginBottom: 44,
    marginLeft: 56,
    x: { label: across, tickFormat: (tick: number) => (Number.isInteger(tick) ? String(tick) : "") },
    y: { label, grid: true },
    color: colours(series),
    marks: [Plot.lineY(points, { x: "x", y: "value", z: "run", stroke: "model", strokeWidth: 1.8 })],
  });
}
