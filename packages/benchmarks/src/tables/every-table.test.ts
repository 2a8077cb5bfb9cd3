import {
  type BenchmarkResult,
  buildTable,
  renderTable,
  type TableSpec,
  tableFormats,
  tables,
  worldTable,
} from "@tesserae/benchmarks";
import { describe, expect, it } from "vitest";
import { result } from "../fixtures/results.js";

const itemCount = 40;

/** Right answers of 40, different for every number of every model. */
function rightOf(...what: readonly unknown[]): number {
  const text = what.join(" ");
  let state = 7;
  for (let at = 0; at < text.length; at++) state = (state * 31 + text.charCodeAt(at)) % 1_000_003;
  return 6 + (state % 30);
}

/** Parts of a list, split at the commas that stand in no brackets. */
function splitList(text: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const letter of text) {
    if (letter === "(") depth += 1;
    if (letter === ")") depth -= 1;
    if (letter === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim());
}

/** Calculates what a column's text says, from the share of right answers of each number: all have 40 items. */
function calculate(text: string, share: (benchmark: string, metric: string) => number): number {
  const mean = /^(?:mean|pooled)\((.*)\)$/.exec(text)?.[1];
  if (mean !== undefined) {
    const parts = splitList(mean).map((part) => calculate(part, share));
    return parts.reduce((sum, part) => sum + part, 0) / parts.length;
  }
  if (text.startsWith("first of ")) return calculate(splitList(text.slice(9))[0]!, share);
  if (text.includes(" - ")) {
    const [a, b] = text.split(" - ");
    return calculate(a!, share) - calculate(b!, share);
  }
  const [benchmark, ...metric] = text.split(" ");
  return share(benchmark!, metric.join(" "));
}

/** Every number that the texts of a table name, by benchmark; "" is the headline. */
function numbersOf(spec: TableSpec): Map<string, Set<string>> {
  const numbers = new Map<string, Set<string>>();
  const texts = [...spec.columns, ...(spec.curves ?? []).flatMap(({ points }) => points)].map(
    ({ value }) => value.text,
  );
  for (const text of texts) {
    const parts = text.replaceAll(/mean\(|pooled\(|first of |\)/g, "").split(/, | - /);
    for (const part of parts) {
      const [benchmark, ...metric] = part.split(" ");
      numbers.set(benchmark!, (numbers.get(benchmark!) ?? new Set()).add(metric.join(" ")));
    }
  }
  return numbers;
}

const scalesOf = (spec: TableSpec) => [...new Set(spec.columns.map(({ scale }) => scale ?? ""))];

/** Two seeds of every row, at every scale that the table asks for. */
function syntheticResults(spec: TableSpec): BenchmarkResult[] {
  const numbers = numbersOf(spec);
  return spec.rows.flatMap(({ model }) =>
    scalesOf(spec).flatMap((scale) =>
      [0, 1].flatMap((seed) =>
        [...numbers].map(([benchmark, names]) => {
          const metrics = [...names].map((name) => {
            const right = rightOf(benchmark, name, model, scale, seed);
            return [name || "accuracy", right] as const;
          });
          return result(`${model}${scale && `-${scale}`}-seed-${seed}`, 0, itemCount, {
            benchmark,
            metrics: Object.fromEntries(
              metrics.map(([name, right]) => [name, { value: right / itemCount, n: itemCount, chance: 0.5 }]),
            ),
            values: Object.fromEntries(
              metrics.map(([name, right]) => [
                name,
                { values: Array.from({ length: itemCount }, (_, item) => (item < right ? 1 : 0)) },
              ]),
            ),
            model: {
              name: `${model}${scale && `-${scale}`}-seed-${seed}`,
              revision: `${model} ${scale} ${seed}`,
              scale,
            },
          });
        }),
      ),
    ),
  );
}

const specs = [...tables, ...tables.flatMap((table) => (table.world ? [worldTable(table, table.world)] : []))];

describe("every table, filled from synthetic results of two seeds", () => {
  it.each(specs.map((spec) => [spec.name, spec] as const))(
    "%s: cells as calculated by hand, in every format",
    (_, spec) => {
      const results = syntheticResults(spec);
      const table = buildTable(spec, results);
      const own = table.rows.filter(({ published }) => !published);
      expect(own.map(({ model }) => model)).toEqual(spec.rows.map(({ model }) => model));
      for (const row of own) {
        row.cells.forEach((cell, index) => {
          const column = spec.columns[index]!;
          const what = `${row.model}, ${column.label}`;
          const [first, second] = [0, 1].map((seed) =>
            calculate(
              column.value.text,
              (benchmark, name) => rightOf(benchmark, name, row.model, column.scale ?? "", seed) / itemCount,
            ),
          ) as [number, number];
          expect(cell, what).not.toBeNull();
          expect(cell!.value, what).toBeCloseTo((first + second) / 2, 12);
          expect(cell!.deviation, what).toBeCloseTo(Math.abs(first - second) / Math.SQRT2, 12);
          expect(cell!.seeds, what).toBe(2);
          const published = spec.published?.values[row.model]?.[index] ?? null;
          if (published === null) expect(cell!.difference, what).toBeNull();
          else expect(cell!.difference, what).toBeCloseTo((first + second) / 2 - published / 100, 12);
        });
      }
      for (const { points, rows, label } of table.curves) {
        const curve = spec.curves!.find((one) => one.label === label)!;
        rows.forEach(({ cells }, index) => {
          const { model } = spec.rows[index]!;
          cells.forEach((cell, at) => {
            const text = curve.points[at]!.value.text;
            const share = (seed: number) =>
              calculate(text, (benchmark, name) => rightOf(benchmark, name, model, "", seed) / itemCount);
            expect(cell!.value, `${model}, ${label} at ${points[at]}`).toBeCloseTo((share(0) + share(1)) / 2, 12);
          });
        });
      }
      expectFormats(spec, results, table);
    },
  );
});

/** Each format shows every own cell: its value with one decimal, or with six in CSV. */
function expectFormats(
  spec: TableSpec,
  results: readonly BenchmarkResult[],
  table: ReturnType<typeof buildTable>,
): void {
  const cells = table.rows.flatMap((row) => row.cells.flatMap((cell) => (cell ? [{ row, cell }] : [])));
  for (const format of tableFormats) {
    const text = renderTable(spec, results, { format });
    if (format === "json") {
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(table)));
      continue;
    }
    const shown = format === "csv" ? 6 : 1;
    for (const { cell } of cells) {
      const value = format === "csv" ? String(Number(cell.value.toFixed(shown))) : (cell.value * 100).toFixed(shown);
      expect(text, `${spec.name} as ${format}`).toContain(value);
    }
    if (format === "csv") expect(text.trimEnd().split("\r\n")).toHaveLength(1 + cells.length);
    if (format === "markdown") expect(text.match(/\| ---/g)!.length).toBeGreaterThan(0);
    if (format === "latex") expect(text.match(/\\\\$/gm)).toHaveLength(table.rows.length + 2);
    if (format === "html") expect(text.match(/<th scope="row">/g)).toHaveLength(table.rows.length + 1);
  }
}
