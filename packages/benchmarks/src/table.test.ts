import {
  type BenchmarkResult,
  buildTable,
  checkTable,
  demoTable,
  mosaiclipTable1,
  renderTable,
  type TableSpec,
  wilsonInterval,
} from "@tesserae/benchmarks";
import { describe, expect, it } from "vitest";

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
      benchmark: "world/swap",
      metric: "accuracy",
      needs: "nothing.",
      claims: [{ order: ["mosaiclip", "clip"], source: "paper, table 1", secondHand: true, check: "significant" }],
    },
    {
      label: "other & more",
      benchmark: "world/other",
      metric: "accuracy",
      chance: 0.2,
      needs: "a file from somewhere.",
    },
  ],
  published: { source: "paper, table 1", secondHand: true, values: { clip: { swap: 59.8 } } },
};

function result(model: string, right: number, total = 20, change: Partial<BenchmarkResult> = {}): BenchmarkResult {
  return {
    benchmark: "world/swap",
    benchmarkVersion: "1",
    split: "test",
    dataRevision: "r1",
    sampleCount: total,
    skipped: 0,
    limited: false,
    tieRule: "positive-must-win",
    averaging: "micro",
    seed: 0,
    model: { name: model, revision: "x" },
    metrics: { accuracy: { value: right / total, n: total, interval: wilsonInterval(right, total), chance: 0.5 } },
    ties: 0,
    correct: Array.from({ length: total }, (_, index) => (index < right ? 1 : 0)),
    citation: "none",
    licence: "MIT",
    ...change,
  };
}

describe("renderTable", () => {
  const results = [result("mosaiclip", 18), result("clip", 10)];

  it("prints chance, values, intervals, the best, the claim with its test, and what is missing", () => {
    expect(renderTable(spec, results)).toBe(`Test table (percent, 95 % interval below, * best of the column)

                               other
                                   &
method                 swap     more
------------------------------------
chance                 50.0     20.0
CLIP (published)      59.8         -
MosaiCLIP (ours)      90.0*  not run
                  69.9–97.2
CLIP (ours)           50.0   not run
                  29.9–70.1

Orders that papers report, and what these results say (difference in points, paired test, not corrected for many tests):
  swap  MosaiCLIP > CLIP  +40.0 [20.0, 60.0], p = 0.008: significant

Where they report it:
  swap: MosaiCLIP > CLIP in paper, table 1 (second-hand)

Published numbers: paper, table 1 (second-hand: read in notes about the paper).
other & more: not run, needs a file from somewhere.
`);
  });

  it("moves columns that do not fit to a second block", () => {
    const lines = renderTable(spec, results, { width: 30 }).split("\n");
    expect(lines.filter((line) => line.startsWith("method"))).toHaveLength(2);
    expect(lines.findIndex((line) => /^ +other$/.test(line))).toBeGreaterThan(
      lines.findIndex((line) => line.includes("swap")),
    );
  });

  it("prints Markdown with the best in bold", () => {
    const text = renderTable(spec, results, { format: "markdown" });
    expect(text).toContain("| method | swap | other & more |\n| --- | ---: | ---: |\n| chance | 50.0 | 20.0 |");
    expect(text).toContain("| MosaiCLIP (ours) | **90.0** (69.9–97.2) | not run |");
    expect(text).toContain(
      "| swap | MosaiCLIP > CLIP | MosaiCLIP > CLIP: +40.0 [20.0, 60.0], p = 0.008: significant |",
    );
  });

  it("prints CSV with one line per number", () => {
    expect(
      renderTable(spec, [result("clip", 10)], { format: "csv" })
        .split("\r\n")
        .slice(0, 3),
    ).toEqual([
      "table,method,published,column,value,low,high,n,chance,best",
      "test,CLIP,true,swap,0.598,,,,0.5,false",
      "test,CLIP,false,swap,0.5,0.2992980081982123,0.7007019918017877,20,0.5,true",
    ]);
  });

  it("prints LaTeX with special characters escaped", () => {
    const text = renderTable(spec, results, { format: "latex" });
    expect(text).toContain("method & swap & other \\& more \\\\");
    expect(text).toContain("MosaiCLIP (ours) & \\textbf{90.0} {\\scriptsize 69.9--97.2} & -- \\\\");
  });

  it("prints JSON of the built table", () => {
    expect(JSON.parse(renderTable(spec, results, { format: "json" }))).toEqual(
      JSON.parse(JSON.stringify(buildTable(spec, results))),
    );
  });

  it("names the formats when asked for another", () => {
    expect(() => renderTable(spec, results, { format: "html" as "text" })).toThrow(
      'renderTable: there is no format "html"; expected one of text, markdown, csv, json, latex',
    );
  });

  it("is the same for the same results in another order", () => {
    expect(renderTable(spec, [...results].reverse())).toBe(renderTable(spec, results));
  });
});

describe("buildTable", () => {
  it("adds models that the table does not know, with their miner", () => {
    const mine = result("mine", 12, 20, {
      model: { name: "mine", revision: "x", miner: { name: "my-miner", version: "2.0.0" } },
    });
    const table = buildTable(spec, [mine]);
    expect(table.rows.map((row) => row.label)).toEqual(["CLIP", "MosaiCLIP", "CLIP", "mine"]);
    expect(table.notes).toContain("mine was trained with the miner my-miner 2.0.0.");
  });

  it("refuses limited and incomplete results", () => {
    expect(() => buildTable(spec, [result("clip", 10, 20, { limited: true })])).toThrow(
      "world/swap of clip was run with a limit (20 items) and cannot enter a table; run it without --limit",
    );
    expect(() => buildTable(spec, [result("clip", 10, 20, { skipped: 3 })])).toThrow(/left out 3 items/);
  });

  it("refuses results that are not about the same items, and two of one model", () => {
    expect(() => buildTable(spec, [result("clip", 10), result("mosaiclip", 9, 20, { dataRevision: "r2" })])).toThrow(
      /clip and mosaiclip cannot be compared: dataRevision is "r1" and "r2"/,
    );
    expect(() => buildTable(spec, [result("clip", 10), result("clip", 11)])).toThrow(
      /two results of world\/swap of clip/,
    );
    expect(() => buildTable(spec, [result("clip", 10, 20, { metrics: { recall: { value: 1, n: 1 } } })])).toThrow(
      /no metric "accuracy"; it has recall/,
    );
  });

  it("judges a claim by a paired test", () => {
    const verdict = (mosaiclip: number, clip: number) =>
      buildTable(spec, [result("mosaiclip", mosaiclip), result("clip", clip)]).claims[0]!.comparisons[0]!.verdict;
    expect(verdict(18, 10)).toBe("significant");
    expect(verdict(12, 10)).toBe("same direction, not significant");
    expect(verdict(10, 10)).toBe("no difference");
    expect(verdict(10, 12)).toBe("opposite direction, not significant");
    expect(verdict(10, 18)).toBe("contradicted");
    expect(buildTable(spec, [result("clip", 10)]).claims[0]!.comparisons[0]!.verdict).toBe("not run");
  });

  it("reports ties", () => {
    expect(buildTable(spec, [result("clip", 10, 20, { ties: 2 })]).notes).toContain(
      'world/swap: equal scores, judged by the rule "positive-must-win": clip 2 of 20.',
    );
  });
});

describe("checkTable", () => {
  it("compares with published numbers within the tolerance, and checks claims", () => {
    const checks = checkTable(spec, [result("mosaiclip", 18), result("clip", 12)], { tolerance: 0.2 });
    expect(checks).toEqual([
      { what: "swap, CLIP", expected: "59.8 ± 0.2", got: "60.0", ok: true },
      {
        what: "swap, MosaiCLIP > CLIP",
        expected: "significant",
        got: "significant (30.0 points, p = 0.031)",
        ok: true,
      },
    ]);
    expect(checkTable(spec, [result("clip", 12)], { tolerance: 0.1 }).map((check) => check.ok)).toEqual([false, false]);
    expect(checkTable(spec, []).map((check) => check.got)).toEqual(["not run", "not run"]);
  });
});

describe("tables", () => {
  it("mosaiclip/1 prints the published numbers of the paper beside what is needed for ours", () => {
    const text = renderTable(mosaiclipTable1, []);
    expect(text).toMatch(/^MosaiCLIP \(published\) +82\.6\* +78\.0\* +87\.1\* +81\.4\* +90\.7\*$/m);
    expect(text).toMatch(/^NegCLIP \(published\) +81\.7 +72\.7 +85\.7 +75\.6 +90\.2$/m);
    expect(text).toMatch(/^MosaiCLIP \(ours\)( +not run){5}$/m);
    expect(text).toContain("Rel: not run, needs ARO's visual_genome_relation.json");
  });

  it("demo asks for MosaiCLIP > NegCLIP > CLIP on both swaps, and retrieval that is no worse", () => {
    expect(checkTable(demoTable, []).map(({ what, expected }) => `${what}: ${expected}`)).toEqual([
      "relation swap, MosaiCLIP > NegCLIP: significant",
      "relation swap, NegCLIP > CLIP: significant",
      "attribute swap, MosaiCLIP > NegCLIP: significant",
      "attribute swap, NegCLIP > CLIP: significant",
      "image to text R@1, MosaiCLIP > CLIP: not worse at the 95 % level",
      "text to image R@1, MosaiCLIP > CLIP: not worse at the 95 % level",
    ]);
  });
});
