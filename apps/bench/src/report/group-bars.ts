import type { BenchmarkResult, BuiltTable, Metric } from "@tesserae/benchmarks";
import { type BarGroup, bars, spreadOf } from "./bars.js";
import type { Series } from "./series.js";

/** More groups than this are no chart any more. */
const mostGroups = 24;

/** The headline of a benchmark by group, such as by the word of the relation; nothing without groups. */
export function groupBars(results: readonly BenchmarkResult[], series: readonly Series[]): string | null {
  const names = [...new Set(results.flatMap((result) => groupsOf(result).map(([name]) => name)))];
  if (names.length < 2 || names.length > mostGroups) return null;
  const groups = names.map((name): BarGroup => {
    const metrics = (one: Series) =>
      results
        .filter(({ model }) => one.models.includes(model.name))
        .flatMap((result) => groupsOf(result).flatMap(([group, metric]) => (group === name ? [metric] : [])));
    const [first] = series.flatMap(metrics);
    const own = series.flatMap((one) => {
      const found = metrics(one);
      return found.length === 0 ? [] : [{ series: one, ...spreadOf(found) }];
    });
    return { label: `${name} (${first?.n ?? 0} items)`, chance: first?.chance ?? null, bars: own };
  });
  return bars(groups, "range");
}

/** Metrics of groups that are no numbers; those are a curve of their own. */
function groupsOf({ metrics, headline }: BenchmarkResult): readonly (readonly [string, Metric])[] {
  return Object.entries(metrics).flatMap(([name, metric]) => {
    const group = name.startsWith(`${headline}/`) ? name.slice(headline.length + 1) : undefined;
    return group === undefined || /^n=\d+$/.test(group) ? [] : [[group, metric] as const];
  });
}

/** Every column of a table, in which something was run; nothing where none was. */
export function columnBars({ columns, rows }: BuiltTable, series: readonly Series[]): string | null {
  const groups = columns.flatMap(({ label, chance }, index): readonly BarGroup[] => {
    const own = series.flatMap((one) => {
      const cell = rows.find(({ model, published }) => model === one.model && !published)?.cells[index];
      if (!cell) return [];
      const { value, interval, deviation } = cell;
      const [low, high] = interval ?? [value - (deviation ?? 0), value + (deviation ?? 0)];
      return [{ series: one, value, low: Math.max(0, low), high: Math.min(1, high) }];
    });
    return own.length === 0 ? [] : [{ label, chance, bars: own }];
  });
  return groups.length === 0 ? null : bars(groups, "deviation");
}
