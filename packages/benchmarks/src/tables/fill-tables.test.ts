import { type BenchmarkResult, buildTable, tables } from "@tesserae/benchmarks";
import { describe, expect, it } from "vitest";
import { result } from "../fixtures/results.js";

/** The share of right items in the synthetic results of a benchmark; seeds differ by two items of 200. */
const right: Readonly<Record<string, number>> = {
  "aro/vg-relation": 160,
  "aro/vg-attribution": 140,
  "aro/coco-order": 180,
  "aro/flickr-order": 100,
  "vl-checklist/object": 170,
  "vl-checklist/attribute": 150,
  "vl-checklist/relation": 100,
  "svo-probes": 176,
  "crepe/systematicity-comp-unseen-cc12m": 120,
  "crepe/systematicity-atom-unseen-cc12m": 80,
};

/** Results of MosaiCLIP on one scale, of two seeds. */
function results(scale: string): BenchmarkResult[] {
  return [0, 1].flatMap((seed) =>
    Object.entries(right).map(([benchmark, count]) =>
      result(`mosaiclip-seed-${seed}`, count + 2 * seed, 200, {
        benchmark,
        model: { name: `mosaiclip-seed-${seed}`, revision: `seed ${seed}`, scale },
      }),
    ),
  );
}

const find = (name: string) => tables.find((table) => table.name === name)!;

describe("tables filled from synthetic results", () => {
  it("mosaiclip/1: every cell of the scale as by hand, the others empty", () => {
    const table = buildTable(find("mosaiclip/1"), results("cc-ft"));
    const row = table.rows.find(({ model, published }) => model === "mosaiclip" && !published)!;
    const byLabel = Object.fromEntries(table.columns.map(({ label }, index) => [label, row.cells[index]]));
    // (right of seed 0 + right of seed 1) / 400; Ord, VLC are means of their parts; published: 80.4, 69.8, 85.5, 72.4, 40.9, 77.6, 88.73.
    const expected = { Rel: 80.5, Attr: 70.5, Ord: 70.5, CU: 60.5, AU: 40.5, VLC: 70.5, SVO: 88.5 };
    const differences = { Rel: 0.1, Attr: 0.7, Ord: -15, CU: -11.9, AU: -0.4, VLC: -7.1, SVO: -0.23 };
    for (const [label, value] of Object.entries(expected)) {
      const cell = byLabel[`CC-FT ${label}`]!;
      expect(cell.value * 100, label).toBeCloseTo(value, 9);
      // Seeds one point apart: the deviation is 1 / sqrt(2) points.
      expect(cell.deviation! * 100, label).toBeCloseTo(Math.SQRT1_2, 9);
      expect(cell.difference! * 100, label).toBeCloseTo(differences[label as keyof typeof differences], 9);
      expect(cell.seeds, label).toBe(2);
    }
    const others = Object.entries(byLabel).filter(([label]) => !label.startsWith("CC-FT "));
    expect(others.every(([, cell]) => cell === null)).toBe(true);
  });

  it("mosaiclip/10 and mosaiclip/17 take the same results where they ask for the scale", () => {
    const efficiency = buildTable(find("mosaiclip/10"), results("yfcc15m"));
    const cells = efficiency.rows.find(({ model, published }) => model === "mosaiclip" && !published)!.cells;
    expect(cells.map((cell) => cell && Math.round(cell.value * 1000) / 10)).toEqual([
      80.5,
      70.5,
      88.5,
      null,
      null,
      null,
    ]);
    const checklist = buildTable(find("mosaiclip/17"), results("coco"));
    const parts = checklist.rows.find(({ model, published }) => model === "mosaiclip" && !published)!.cells.slice(6);
    expect(parts.map((cell) => Math.round(cell!.value * 1000) / 10)).toEqual([85.5, 75.5, 50.5]);
  });

  it("published means of the papers agree with their parts", () => {
    // Table 19's Avg is the mean of the three before it, table 17's rows have the VLC of table 8, each within rounding.
    const svo = find("mosaiclip/19").published!.values;
    for (const values of Object.values(svo)) {
      for (let at = 0; at < 12; at += 4) {
        expect((values[at]! + values[at + 1]! + values[at + 2]!) / 3).toBeCloseTo(values[at + 3]!, 1);
      }
    }
    const parts = find("mosaiclip/17").published!.values;
    const whole = find("mosaiclip/8").published!.values;
    for (const [model, values] of Object.entries(parts)) {
      const means = [0, 3, 6].map((at) => (values[at]! + values[at + 1]! + values[at + 2]!) / 3);
      const [ccFt, yfccFt, coco] = [whole[model]![10]!, whole[model]![17]!, whole[model]![3]!];
      for (const [index, vlc] of [ccFt, yfccFt, coco].entries())
        expect(Math.abs(means[index]! - vlc)).toBeLessThan(0.11);
    }
  });
});
