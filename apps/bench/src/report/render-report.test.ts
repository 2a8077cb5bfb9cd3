import { type BenchmarkResult, tables } from "@tesserae/benchmarks";
import { describe, expect, it } from "vitest";
import { choiceResult as result } from "../fixtures/choice-result.js";
import { chooseExamples } from "./choose-examples.js";
import type { ReportRun } from "./load-runs.js";
import { renderReport } from "./render-report.js";

function run(name: string, results: readonly BenchmarkResult[]): ReportRun {
  return {
    name,
    folder: name,
    record: { name, method: name, miner: null, steps: 20, seconds: 12.3 },
    metrics: [
      { step: 10, loss: 4, learningRate: 0.001 },
      { step: 10, validation: { "imageToText@1": 0.1 } },
      { step: 20, loss: 3, learningRate: 0.0005 },
      { step: 20, validation: { "imageToText@1": 0.2 } },
    ],
    results: results.map((one) => ({ path: `${name}.json`, result: one })),
    leftOut: [],
  };
}

const demoTable = tables.find(({ name }) => name === "demo")!;
const runs = [
  run("clip", [
    result("clip", "world/relation-swap", [0, 1, 0, 0, 1, 0]),
    result("clip", "world/productivity", [0, 1]),
  ]),
  run("mosaiclip", [
    result("mosaiclip", "world/relation-swap", [1, 1, 0, 1, 1, 1]),
    result("mosaiclip", "world/productivity", [1, 1]),
  ]),
];

describe("renderReport", () => {
  it("is one page with table, claims, charts, examples and settings, and needs nothing from elsewhere", async () => {
    const html = await renderReport(demoTable, runs, async () => "data:image/png;base64,AAAA");
    for (const title of [
      "Results",
      "By relation and kind",
      "Productivity",
      "Training",
      "Examples, right and wrong",
      "Runs",
      "How the numbers were made",
    ]) {
      expect(html).toContain(`<h2>${title}</h2>`);
    }
    expect(html.match(/<svg aria-label/g)).toHaveLength(5);
    expect(html).toContain("<figcaption>cat → dog</figcaption>");
    expect(html).toContain('<input type="radio" name="kind" id="kind-1">');
    expect(html).toContain("section:has(#kind-0:checked) :is(.example:not(.kind-0),");
    expect(html).toContain(
      '<i class="value" style="width:83.3%;background:var(--series-2)"></i><i class="interval" style="left:43.6%;width:53.3%"></i>',
    );
    expect(html).toContain('aria-label="Training loss of clip over steps"');
    expect(html).toContain('aria-label="Validation imageToText@1 over steps"');
    expect(html).toContain('<td class="best">83.3<span class="hidden"> (best)</span><small>43.6–97.0</small></td>');
    expect(html).toContain('<img src="data:image/png;base64,AAAA" alt="a cat &lt;0&gt;">');
    expect(html).toContain('aria-label="Learning rate over steps"');
    expect(html).toContain('<a href="#results">Results</a>');
    expect(html).toContain(
      "<p>MosaiCLIP is best in 2 of 2 columns, with 83.3 in relation swap against a chance of 50.0.</p>",
    );
    expect(html).toContain("test machine");
    expect(html).not.toMatch(/(src|href)="(?!data:|#)/);
    expect(html).not.toMatch(/<script|@import|url\(/);
  });

  it("is the same for the same runs", async () => {
    const picture = async () => null;
    expect(await renderReport(demoTable, runs, picture)).toBe(await renderReport(demoTable, runs, picture));
  });

  it("puts seeds of one model together", async () => {
    const seeds = [0, 1].map((seed) =>
      run(`mosaiclip-seed-${seed}`, [
        result(`mosaiclip-seed-${seed}`, "world/relation-swap", seed === 0 ? [1, 1, 1, 0] : [1, 0, 0, 0]),
      ]),
    );
    const html = await renderReport(demoTable, seeds, async () => null);
    expect(html).toContain("<td>50.0 <small>25.0–75.0</small></td>"); // the range over the seeds
    expect(html).toContain("MosaiCLIP: right (1 of 2 seeds)");
    expect(html).not.toContain("--series-2)");
  });

  it("leaves out what runs do not have", async () => {
    const bare: ReportRun = { name: "clip", folder: ".", record: null, metrics: [], results: [], leftOut: [] };
    const html = await renderReport(demoTable, [bare], async () => null);
    expect([...html.matchAll(/<h2>(.*?)<\/h2>/g)].map((match) => match[1])).toEqual(["Runs"]);
  });
});

describe("chooseExamples", () => {
  it("takes items that tell the models apart, one that all get right, and ones the best gets wrong", () => {
    const examples = chooseExamples(runs.map((one) => one.results[0]!.result));
    expect(examples.map(({ item }) => item.images[0])).toEqual([
      "world:0/test/0",
      "world:0/test/3",
      "world:0/test/1",
      "world:0/test/2",
      "world:0/test/4",
    ]);
    expect(examples[0]!.choices).toEqual([
      { model: "clip", chosen: 1, right: false },
      { model: "mosaiclip", chosen: 0, right: true },
    ]);
  });

  it("shows the miniature of a table where only that one has results, and no empty chart where nothing has", async () => {
    const spec = tables.find(({ name }) => name === "mosaiclip/7")!;
    const world = await renderReport(
      spec,
      [run("mosaiclip", [result("mosaiclip", "world/relation-swap", [1, 0])])],
      async () => null,
    );
    expect(world).toContain("its miniature on the synthetic world");
    expect(world).toContain("All columns as bars");
    const nothing = await renderReport(
      spec,
      [run("mosaiclip", [result("mosaiclip", "cola", [1, 0])])],
      async () => null,
    );
    expect(nothing).not.toContain("All columns as bars");
  });
});
