import { type BenchmarkResult, tables } from "@tesserae/benchmarks";
import { describe, expect, it } from "vitest";
import { describeFalls, placesChart, valuesOf } from "./row-places.js";

const world = tables.find(({ name }) => name === "villa/complexity")!.world!;
const result = (model: string, complexity: number, value: number): BenchmarkResult =>
  ({
    benchmark: `docmnist/region-retrieval-${complexity}`,
    model: { name: model, revision: "sha256 0" },
    metrics: { textToRegion: { value, n: 20 } },
    values: {},
  }) as unknown as BenchmarkResult;
const values = valuesOf(world, [
  result("image-6-seed-0", 6, 0.8),
  result("image-6-seed-1", 6, 0.6),
  result("image-32-seed-0", 32, 0.4),
  result("image-32-seed-1", 32, 0.36),
  result("image-32-seed-2", 32, 0.1), // its partner was not run
]);

describe("a miniature whose rows have places", () => {
  it("says how much lower one row is than another, over the seeds that both have", () => {
    const lines = describeFalls(world, values);
    expect(lines[0]).toBe(
      'relative fall text to region, from "one-to-one, at most 6" to "one-to-one, at most 32": 45.0 % [-18.5, 108.5] over 2 seeds',
    );
    expect(lines[1]).toBe(
      'relative fall region to text, from "one-to-one, at most 6" to "one-to-one, at most 32": not run',
    );
  });

  it("draws a dot for each seed", () => {
    const svg = placesChart(world, values);
    expect(svg.startsWith("<svg")).toBe(true);
    expect(svg.match(/<circle/g)).toHaveLength(5);
    expect(svg).toContain("one-to-one");
  });
});
