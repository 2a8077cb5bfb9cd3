import * as Plot from "@observablehq/plot";
import type { BenchmarkResult } from "@tesserae/benchmarks";
import { colours, draw, type Svg } from "./draw.js";
import type { Series } from "./series.js";

/** Mean over compositional benchmarks against the mean over general ones, a dot for each model; nothing where one kind is missing. */
export function tradeOffChart(results: readonly BenchmarkResult[], series: readonly Series[]): Svg | null {
  const points = series.flatMap(({ model, label }) => {
    const own = results.filter((result) => result.model.name === model);
    const mean = (wanted: boolean) => {
      const values = own
        .filter(({ family }) => (family.general ?? false) === wanted)
        .flatMap(({ metrics, headline }) => metrics[headline]?.value ?? []);
      return values.length === 0 ? undefined : (100 * values.reduce((sum, value) => sum + value, 0)) / values.length;
    };
    const [compositional, broad] = [mean(false), mean(true)];
    return compositional === undefined || broad === undefined ? [] : [{ label, compositional, broad }];
  });
  if (points.length < 2) return null;
  return draw("Compositional against general ability", {
    width: 760,
    height: 340,
    marginBottom: 44,
    x: { label: "general: mean of retrieval and classification, percent", grid: true, nice: true },
    y: { label: "compositional: mean of all other benchmarks, percent", grid: true, nice: true },
    color: colours(series),
    marks: [
      Plot.dot(points, { x: "broad", y: "compositional", fill: "label", r: 6 }),
      Plot.text(points, { x: "broad", y: "compositional", text: "label", dy: -14, fill: "currentColor" }),
    ],
  });
}
