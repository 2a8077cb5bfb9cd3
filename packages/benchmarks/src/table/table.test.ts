import {
  buildTable,
  checkTable,
  mean,
  metric,
  minus,
  pooled,
  renderTable,
  type TableSpec,
  tables,
} from "@tesserae/benchmarks";
import { describe, expect, it } from "vitest";
import { result } from "../fixtures/results.js";

const spec: TableSpec = {
  name: "test",
  title: "Test table",
  rows: [
    { model: "mosaiclip", label: "MosaiCLIP" },
    { model: "clip", label: "CLIP" },
  ],
  columns: [
    {
      label: "swap",
      value: metric("world/swap"),
      needs: "nothing.",
      claims: [{ order: ["mosaiclip", "clip"], source: "paper, table 1", secondHand: true, check: "significant" }],
    },
    { label: "other & more", value: metric("world/other"), needs: "a file from somewhere." },
  ],
  published: { source: "paper, table 1", secondHand: true, values: { clip: [59.8, null] } },
};
const seeds = (name: string, right: number) => [0, 1, 2].map((seed) => result(`${name}-seed-${seed}`, right));
const other = (model: string, right: number, total = 20) => result(model, right, total, { benchmark: "world/other" });

describe("renderTable", () => {
  const results = [result("mosaiclip", 18), result("clip", 10)];

  it("prints chance, values, intervals, differences, the best, and what is missing", () => {
    expect(
      renderTable(spec, results),
    ).toBe(`Test table (percent; below: 95 % interval or ± deviation over seeds; * best of the column)

                               other
                                   &
method                 swap     more
------------------------------------
chance                 50.0
CLIP (published)      59.8         -
MosaiCLIP (ours)      90.0*  not run
                  69.9–97.2
CLIP (ours)           50.0   not run
                  29.9–70.1
                       -9.8

Published numbers: paper, table 1 (second-hand: read in notes about the paper).
other & more: not run, needs a file from somewhere.
Rows of one training seed are not compared: another seed may turn their order. Orders need two seeds a row.
`);
  });

  it("prints the claim with its test over seeds, and where it stands", () => {
    expect(
      renderTable(spec, [...seeds("mosaiclip", 18), ...seeds("clip", 10)]),
    ).toContain(`Orders that papers report, and what these results say (difference in points over seeds and items, p corrected for their number):
  swap  MosaiCLIP > CLIP  holds: +40.0 [20.0, 60.0], p < 0.001

Where they report it:
  swap: MosaiCLIP > CLIP in paper, table 1 (second-hand)
`);
  });

  it("moves columns that do not fit to a second block", () => {
    const lines = renderTable(spec, results, { width: 30 }).split("\n");
    expect(lines.filter((line) => line.startsWith("method"))).toHaveLength(2);
  });

  it("prints Markdown with the best in bold", () => {
    const text = renderTable(spec, results, { format: "markdown" });
    expect(text).toContain("| method | swap | other & more |\n| --- | ---: | ---: |\n| chance | 50.0 |  |");
    expect(text).toContain("| MosaiCLIP (ours) | **90.0** (69.9–97.2) | not run |");
    expect(text).toContain("| CLIP (ours) | 50.0 (29.9–70.1, -9.8) | not run |");
    const tested = renderTable(spec, [...seeds("mosaiclip", 18), ...seeds("clip", 10)], { format: "markdown" });
    expect(tested).toContain("| swap | MosaiCLIP > CLIP | MosaiCLIP > CLIP: holds: +40.0 [20.0, 60.0], p < 0.001 |");
  });

  it("prints CSV with one line per number and no noise of binary fractions", () => {
    const lines = renderTable(spec, [result("clip", 10)], { format: "csv" }).split("\r\n");
    expect(lines.slice(0, 3)).toEqual([
      "table,method,published,column,value,deviation,seeds,low,high,difference,n,chance,best",
      "test,CLIP,true,swap,0.598,,,,,,,0.5,false",
      "test,CLIP,false,swap,0.5,,1,0.299298,0.700702,-0.098,20,0.5,true",
    ]);
  });

  it("prints LaTeX with special characters escaped, and HTML", () => {
    const latex = renderTable(spec, results, { format: "latex" });
    expect(latex).toContain("method & swap & other \\& more \\\\");
    expect(latex).toContain("MosaiCLIP (ours) & \\textbf{90.0} {\\scriptsize 69.9--97.2} & -- \\\\");
    const html = renderTable(spec, results, { format: "html" });
    expect(html).toContain("<th>other &amp; more</th>");
    expect(html).toContain("<td><strong>90.0</strong><small>69.9–97.2</small></td>");
  });

  it("prints JSON of the built table, and is the same for results in another order", () => {
    expect(JSON.parse(renderTable(spec, results, { format: "json" }))).toEqual(
      JSON.parse(JSON.stringify(buildTable(spec, results))),
    );
    expect(renderTable(spec, [...results].reverse())).toBe(renderTable(spec, results));
  });

  it("names the formats when asked for another", () => {
    expect(() => renderTable(spec, results, { format: "word" as "text" })).toThrow(
      'renderTable: there is no format "word"; expected one of text, markdown, csv, json, latex, html',
    );
  });
});

describe("buildTable", () => {
  it("averages the seeds of a row: mean, deviation and difference as by hand", () => {
    const seeds = [12, 14, 16].map((right, seed) => result(`clip-seed-${seed}`, right));
    const table = buildTable(spec, seeds);
    const cell = table.rows.find((row) => row.model === "clip" && !row.published)!.cells[0]!;
    expect(cell).toMatchObject({ seeds: 3, interval: null, n: 20 });
    expect(cell.value).toBeCloseTo(0.7, 12);
    expect(cell.deviation).toBeCloseTo(0.1, 12);
    expect(cell.difference).toBeCloseTo(0.7 - 0.598, 12);
    expect(renderTable(spec, seeds, { format: "markdown" })).toContain(
      "| CLIP (ours) | **70.0** (±10.00 (3), +10.2) |",
    );
    expect(table.notes).toContain(
      "± is the standard deviation over training seeds; orders are tested by drawing seeds and items again, corrected for the number of orders (Holm).",
    );
  });

  it("computes columns of several results: mean of benchmarks, mean over items, difference", () => {
    const column = (label: string, value: ReturnType<typeof metric>) => ({ label, value, needs: "x." });
    const [swap, more] = [metric("world/swap"), metric("world/other")];
    const columns = [
      column("mean", mean(swap, more)),
      column("pooled", pooled(swap, more)),
      column("gain", minus(swap, more)),
    ];
    const table = buildTable({ ...spec, columns }, [result("clip", 10), other("clip", 60, 80)]);
    const [first, second, third] = table.rows.find((row) => row.model === "clip" && !row.published)!.cells;
    expect(first!.value).toBeCloseTo((0.5 + 0.75) / 2, 12);
    expect(first!.n).toBe(100);
    expect(second!.value).toBeCloseTo(70 / 100, 12);
    expect(third!.value).toBeCloseTo(-0.25, 12);
    expect(table.columns[0]!.chance).toBe(0.5);
    const partial = buildTable({ ...spec, columns }, [result("clip", 10)]);
    expect(partial.rows.find((row) => row.model === "clip" && !row.published)!.cells).toEqual([null, null, null]);
  });

  it("draws curves, and takes models of a scale where a column asks for one", () => {
    const scaled: TableSpec = {
      ...spec,
      columns: [{ label: "COCO swap", value: metric("world/swap"), scale: "coco", needs: "x." }],
      curves: [{ label: "accuracy", axis: "atoms", points: [{ at: 2, value: metric("world/swap", "accuracy/n=2") }] }],
    };
    const metrics = { ...result("clip", 10).metrics, "accuracy/n=2": { value: 0.25, n: 4 } };
    const results = [
      result("clip-coco", 16),
      result("clip", 10, 20, { metrics }),
      result("mosaiclip", 18, 20, { model: { name: "mosaiclip", revision: "x", scale: "coco" } }),
    ];
    const table = buildTable(scaled, results);
    const ours = table.rows.filter((row) => !row.published);
    expect(ours.map(({ model, cells }) => [model, cells[0]?.value])).toEqual([
      ["mosaiclip", 0.9],
      ["clip", 0.8],
    ]);
    expect(table.curves[0]!.rows[1]!.cells[0]!.value).toBe(0.25);
    expect(renderTable(scaled, results)).toMatch(
      /^accuracy by atoms\n *atoms +2\n-+\nMosaiCLIP +not run\nCLIP +25\.0$/m,
    );
  });

  it("adds models that the table does not know, with their miner", () => {
    const mine = result("mine", 12, 20, {
      model: { name: "mine", revision: "x", miner: { name: "my-miner", version: "2.0.0" } },
    });
    const table = buildTable(spec, [mine]);
    expect(table.rows.map((row) => row.label)).toEqual(["CLIP", "MosaiCLIP", "CLIP", "mine"]);
    expect(table.notes).toContain("mine was trained with the miner my-miner 2.0.0.");
  });

  it("leaves out limited and incomplete results with a note, and counts allowed gaps as n of N", () => {
    const limited = buildTable(spec, [result("clip", 10, 20, { limited: true })]);
    expect(limited.notes).toContain("world/swap of clip is left out: it was run with a limit (20 items).");
    const skipped = buildTable(spec, [result("clip", 10, 20, { skipped: 3 })]);
    expect(skipped.notes).toContain("world/swap of clip is left out: 3 of 23 items lacked their image.");
    for (const table of [limited, skipped]) expect(table.rows.at(-1)!.cells[0]).toBeNull();
    const allowed = buildTable(spec, [result("clip", 10, 20, { skipped: 3, skippingAllowed: true })]);
    expect(allowed.rows.at(-1)!.cells[0]!.value).toBe(0.5);
    expect(allowed.notes).toContain("world/swap of clip: 20 of 23 items; the images of the others are missing.");
  });

  it("leaves out results that are not about the same items, and different weights of one name", () => {
    const stale = buildTable(spec, [
      result("clip", 10),
      result("x", 9),
      result("mosaiclip", 9, 20, { dataRevision: "r2" }),
    ]);
    expect(stale.notes).toContain(
      'world/swap of mosaiclip is left out: compared with clip, dataRevision is "r2" and "r1".',
    );
    const twice = buildTable(spec, [
      result("clip", 10),
      result("clip", 11, 20, { model: { name: "clip", revision: "y" } }),
    ]);
    expect(twice.notes).toContain("world/swap of clip is left out: 2 results of different weights have that name.");
    expect(twice.rows.at(-1)!.cells[0]).toBeNull();
  });

  it("judges a claim over training seeds, and none of one seed", () => {
    const verdict = (mosaiclip: number, clip: number) =>
      buildTable(spec, [...seeds("mosaiclip", mosaiclip), ...seeds("clip", clip)]).claims[0]!.comparisons[0]!.verdict;
    expect(verdict(18, 10)).toBe("significant");
    expect(verdict(12, 10)).toBe("same direction, not significant");
    expect(verdict(10, 10)).toBe("no difference");
    expect(verdict(10, 12)).toBe("opposite direction, not significant");
    expect(verdict(10, 18)).toBe("contradicted");
    expect(buildTable(spec, [result("clip", 10)]).claims[0]!.comparisons[0]!.verdict).toBe("not run");
    const single = [result("mosaiclip", 18), result("clip", 10)];
    expect(buildTable(spec, single).claims[0]!.comparisons[0]!.verdict).toBe("one training seed");
    const text = renderTable(spec, single);
    expect(text).not.toContain("Orders that papers report");
    expect(text).toContain("Rows of one training seed are not compared");
  });

  it("leaves out of a filled table the rows and claims of what was not run, and names them", () => {
    const text = renderTable(spec, [result("clip", 10)]);
    expect(text).not.toContain("MosaiCLIP (ours)");
    expect(text).not.toContain("Orders that papers report");
    expect(text).toMatch(/^Not run: MosaiCLIP\.$/m);
  });

  it("reports ties", () => {
    expect(buildTable(spec, [result("clip", 10, 20, { ties: 2 })]).notes).toContain(
      'world/swap: equal scores, judged by the rule "positive-must-win": clip 2 of 20.',
    );
  });
});

describe("checkTable", () => {
  it("compares with published numbers within the tolerance, and checks claims", () => {
    const checks = checkTable(spec, [...seeds("mosaiclip", 18), ...seeds("clip", 12)], { tolerance: 0.2 });
    expect(checks).toEqual([
      { what: "swap, CLIP", expected: "59.8 ± 0.2", got: "60.0", ok: true },
      {
        what: "swap, MosaiCLIP > CLIP",
        expected: "significant",
        got: expect.stringMatching(/^holds: \+30\.0 \[\d+\.\d, \d+\.\d\], p = 0\.003$/),
        ok: true,
      },
    ]);
    expect(checkTable(spec, [result("clip", 12)], { tolerance: 0.1 }).map((check) => check.ok)).toEqual([false, false]);
    const single = checkTable(spec, [result("mosaiclip", 18), result("clip", 12)]);
    expect(single.map(({ got, ok }) => [got, ok])).toEqual([
      ["60.0", true],
      ["one training seed", false],
    ]);
    expect(checkTable(spec, []).map((check) => check.got)).toEqual(["not run", "not run"]);
  });

  it("says of every claim whether it holds, with difference and interval, where all are asked for", () => {
    const { published: _, ...unchecked } = { ...spec, columns: spec.columns.slice(0, 1) };
    const claims = [{ order: ["mosaiclip", "clip"], source: "paper" }];
    const asked = { ...unchecked, columns: unchecked.columns.map((column) => ({ ...column, claims })) };
    const check = (better: number, worse: number) =>
      checkTable(asked, [...seeds("mosaiclip", better), ...seeds("clip", worse)], { allClaims: true })[0]!;
    expect(checkTable(asked, seeds("clip", 3))).toEqual([]);
    expect(check(18, 8)).toMatchObject({ ok: true, got: expect.stringMatching(/^holds: \+50\.0 \[/) });
    expect(check(8, 18)).toMatchObject({ ok: false, got: expect.stringMatching(/^does not hold: -50\.0 \[/) });
    expect(check(12, 11)).toMatchObject({ ok: true, got: expect.stringMatching(/^undecided: \+5\.0 \[/) });
    expect(checkTable(asked, [], { allClaims: true })[0]).toMatchObject({ ok: false, got: "not run" });
  });
});

describe("tables", () => {
  it.each(tables)(
    "$name: every row of published numbers has one for each column, or says that there is none",
    (table) => {
      const labels = table.columns.map(({ label }) => label);
      expect(new Set(labels).size).toBe(labels.length);
      for (const [model, values] of Object.entries(table.published?.values ?? {})) {
        expect(table.rows.map((row) => row.model)).toContain(model);
        expect(values, model).toHaveLength(table.columns.length);
      }
      expect(renderTable(table, [])).toContain(table.title);
    },
  );

  it("mosaiclip/1 prints the published numbers of the paper beside what is needed for ours", () => {
    const text = renderTable(tables.find(({ name }) => name === "mosaiclip/1")!, [], { width: 400 });
    expect(text).toMatch(/^MosaiCLIP \(published\) +82\.6\* +78\.0\* +87\.1\* +81\.4\* +90\.7\* +80\.4\*/m);
    expect(text).toMatch(/^NegCLIP \(published\) +81\.7 +72\.7 +85\.7 +75\.6 +90\.2 +71\.5/m);
    expect(text).toMatch(/^MosaiCLIP \(ours\)( +not run){19}$/m);
    expect(text).toContain("COCO Rel: not run, needs visual_genome_relation.json");
  });
});
