import * as Plot from "@observablehq/plot";
import type { BenchmarkResult, WorldCounterpart } from "@tesserae/benchmarks";
import { draw, type Svg } from "../report/draw.js";
import { relativeFall } from "./relative-fall.js";

/** Values of a row's column by training seed. */
export type RowValues = (model: string, column: number) => ReadonlyMap<number, number>;

/** Looks up what the columns of a miniature's rows came to; a model is called by its row and its seed. */
export function valuesOf({ columns }: WorldCounterpart, results: readonly BenchmarkResult[]): RowValues {
  return (model, column) => {
    const values = new Map<number, number>();
    const seeds = new Set(
      results.flatMap(({ model: { name } }) => {
        const seed = name.startsWith(`${model}-seed-`) ? Number(name.slice(`${model}-seed-`.length)) : Number.NaN;
        return Number.isInteger(seed) ? [seed] : [];
      }),
    );
    for (const seed of [...seeds].sort((a, b) => a - b)) {
      const own = (benchmark: string) =>
        results.find((result) => result.benchmark === benchmark && result.model.name === `${model}-seed-${seed}`);
      const found = columns[column]!.value.evaluate(own);
      if (found !== undefined) values.set(seed, found.value);
    }
    return values;
  };
}

/** One line for each fall that a miniature asks for and each of its columns. */
export function describeFalls({ falls = [], columns, rows }: WorldCounterpart, values: RowValues): string[] {
  const label = (model: string): string => rows.find((row) => row.model === model)!.label;
  return falls.flatMap(({ from, to }) =>
    columns.map((column, index) => {
      const [high, low] = [values(from, index), values(to, index)];
      const seeds = [...high.keys()].filter((seed) => low.has(seed));
      const what = `${column.label}, from "${label(from)}" to "${label(to)}"`;
      if (seeds.length === 0) return `relative fall ${what}: not run`;
      const { value, interval } = relativeFall(
        seeds.map((seed) => high.get(seed)!),
        seeds.map((seed) => low.get(seed)!),
      );
      const percent = (share: number): string => (100 * share).toFixed(1);
      const range =
        interval === undefined ? "one seed" : `[${interval.map(percent).join(", ")}] over ${seeds.length} seeds`;
      return `relative fall ${what}: ${percent(value)} % ${range}`;
    }),
  );
}

/**
 * The columns over the rows' places: a line for each kind of row, a dot for each seed; the kinds are named beside the
 * last column.
 */
export function placesChart({ rows, columns, axis = "" }: WorldCounterpart, values: RowValues): Svg {
  const dots = rows.flatMap(({ model, at, line }) =>
    columns.flatMap((column, index) =>
      at === undefined
        ? []
        : [...values(model, index).values()].map((value) => ({
            at,
            line: line ?? model,
            column: column.label,
            value: 100 * value,
          })),
    ),
  );
  const lines = [...new Set(dots.map(({ line }) => line))];
  const lastColumn = [...new Set(dots.map(({ column }) => column))].sort().at(-1);
  const svg = draw(`${columns.map(({ label }) => label).join(", ")} over ${axis}`, {
    width: 960,
    height: 320,
    marginBottom: 44,
    marginRight: 230,
    color: { legend: false, scheme: "Observable10", domain: lines },
    x: { label: axis, nice: true },
    y: { zero: true, nice: true, label: "percent", grid: true },
    fx: { label: null },
    marks: [
      Plot.lineY(dots, Plot.groupX({ y: "mean" }, { x: "at", y: "value", fx: "column", stroke: "line", z: "line" })),
      Plot.dot(dots, { x: "at", y: "value", fx: "column", fill: "line", r: 3 }),
      ...lines.map((line, index) =>
        Plot.text([line], {
          ...{ fx: () => lastColumn, fill: () => line, text: () => `● ${line}` },
          ...{ frameAnchor: "top-right", textAnchor: "start", dx: 12, dy: 18 * index },
        }),
      ),
    ],
  });
  return svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '); // a file of its own needs the name space
}
