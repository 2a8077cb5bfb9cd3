import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { metric, tables, type WorldCounterpart } from "@tesserae/benchmarks";
import { expect, it } from "vitest";
import { rowRuns, trainMissing, withOwnRows } from "./train-rows.js";

const world: WorldCounterpart = {
  minerRow: { recipe: "negclip", from: "base" },
  rows: [
    { model: "base", label: "CLIP", recipe: "clip" },
    { model: "mosaiclip", label: "MosaiCLIP", recipe: "mosaiclip", from: "base", set: { relations: false } },
  ],
  columns: [{ label: "Rel", value: metric("world/relation-swap") }],
};

it("trains every row with every seed, each from the base of its seed", () => {
  const runs = rowRuns(world, "runs/t", { seeds: 2 });
  expect(runs.map(({ args }) => args.join(" "))).toEqual([
    "run clip --scale world --set seed=0 --out runs/t/base-seed-0",
    "run mosaiclip --scale world --set relations=false --set seed=0 --set pretrained=runs/t/base-seed-0 --out runs/t/mosaiclip-seed-0",
    "run clip --scale world --set seed=1 --out runs/t/base-seed-1",
    "run mosaiclip --scale world --set relations=false --set seed=1 --set pretrained=runs/t/base-seed-1 --out runs/t/mosaiclip-seed-1",
  ]);
});

it("takes the scale of the table, or the row's own", () => {
  const rows = [{ ...world.rows[0]!, scale: "world-ft" }, world.rows[0]!];
  const args = rowRuns({ ...world, rows, scale: "docmnist" }, "r", { seeds: 1 }).map((run) => run.args.join(" "));
  expect(args[0]).toContain("run clip --scale world-ft");
  expect(args[1]).toContain("run clip --scale docmnist");
});

it("gives the user's flags the last word, and a row to each miner and recipe", () => {
  const options = { seeds: 1, set: ["steps=2", "relations=true"], miner: ["./mine.ts"], recipe: ["lab/own-loss.ts"] };
  const own = withOwnRows(world, options);
  expect(own.rows.map(({ model }) => model)).toEqual(["base", "mosaiclip", "mine", "own-loss"]);
  const args = rowRuns(own, "r", options).map((run) => run.args.join(" "));
  expect(args[1]).toContain("--set relations=true --set steps=2 --set seed=0");
  expect(args[2]).toBe(
    "run negclip --scale world --set steps=2 --set relations=true --set seed=0 --set pretrained=r/base-seed-0 --miner ./mine.ts --out r/mine-seed-0",
  );
  expect(args[3]).toContain("run lab/own-loss.ts --scale world");
  expect(() => withOwnRows(world, { seeds: 1, miner: ["./mosaiclip.ts"] })).toThrow(
    './mosaiclip.ts: the table has a row "mosaiclip" already; rename the file',
  );
  expect(() => rowRuns(world, "r", { seeds: 1, set: ["steps"] })).toThrow("--set steps: expected <flag>=<value>");
});

it("refuses a finished run that was trained with other flags", async () => {
  const folder = await mkdtemp(join(tmpdir(), "bench-rows-"));
  await mkdir(join(folder, "base-seed-0"));
  await writeFile(join(folder, "base-seed-0", "run.json"), '{"flags":{"steps":10,"seed":0,"world":{"train":64}}}');
  const runs = (...set: string[]) => rowRuns({ ...world, rows: world.rows.slice(0, 1) }, folder, { seeds: 1, set });
  const output = { terminal: false, columns: 80, print: () => {} };
  await trainMissing(runs("steps=10", "world.train=64"), output);
  await expect(trainMissing(runs("world.train=65"), output)).rejects.toThrow(
    /run\.json: was trained with world\.train=64, and the table asks for world\.train=65; remove the folder, or give another/,
  );
});

it("names rows that exist as the base of others, in every table", () => {
  for (const table of tables.flatMap(({ world: miniature }) => miniature ?? [])) {
    const models = table.rows.map(({ model }) => model);
    for (const { from } of table.rows) if (from !== undefined) expect(models).toContain(from);
    expect(new Set(models).size).toBe(models.length);
  }
});

it("starts the runs of every seed from their own base, with one thread each where several train at once", () => {
  const [base, next] = rowRuns(world, "r", { seeds: 1, runsAtOnce: 2 });
  expect(base!.from).toBeUndefined();
  expect(base!.args.join(" ")).toContain("--threads 1 --progress lines");
  expect(next!.from).toBe("r/base-seed-0");
  expect(rowRuns(world, "r", { seeds: 1, runsAtOnce: 2, threads: 2 })[0]!.args.join(" ")).toContain("--threads 2");
});
