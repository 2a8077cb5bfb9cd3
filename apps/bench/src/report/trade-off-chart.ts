import * as Plot from "@observablehq/plot";
import type { BenchmarkResult } from "@tesserae/benchmarks";
import { colours, draw, type Svg } from "./draw.js";
import type { Series } from "./series.js";

/** Mean over compositional benchmarks against the mean over general ones, a dot for each training seed; nothing where one kind is missing. */
export function tradeOffChart(results: readonly BenchmarkResult[], series: readonly Series[]): Svg | null {
  const points = series.flatMap(({ models, label }) =>
    models.flatMap((model) => {
      const own = results.filter((result) => result.model.name === model);
      const [compositional, broad] = [meanHeadline(own, false), meanHeadline(own, true)];
      return compositional === undefined || broad === undefined ? [] : [{ label, compositional, broad }];
    }),
  );
  if (points.length < 2) return null;
  return draw("Compositional against general ability", {
    width: 760,
    height: 340,
    marginTop: 34,
    marginBottom: 44,
    marginRight: 60,
    x: { label: "general: mean of retrieval and classification, percent", grid: true, nice: true },
    y: { label: "compositional: mean of all other benchmarks, percent", grid: true, nice: true },
    color: colours(series),
    marks: [
      Plot.dot(points, { x: "broad", y: "compositional", fill: "label", r: 6 }),
      Plot.text(highest(points), { x: "broad", y: "compositional", text: "label", dy: -14, fill: "currentColor" }),
    ],
  });
}

/** The highest dot of each model, which bears its name. */
function highest<Point extends { readonly label: string; readonly compositional: number }>(
  points: readonly Point[],
): Point[] {
  return points.filter((point) =>
    points.every(({ label, compositional }) => label !== point.label || compositional <= point.compositional),
  );
}

/** Mean of the headlines of benchmarks of one kind, in percent. */
function meanHeadline(results: readonly BenchmarkResult[], general: boolean): number | undefined {
  const values = results
    .filter(({ family }) => (family.general ?? false) === general)
    .flatMap(({ metrics, headline }) => metrics[headline]?.value ?? []);
  return values.length === 0 ? undefined : (100 * values.reduce((sum, value) => sum + value, 0)) / values.length;
}
