import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { bench } from "../fixtures/bench.js";

const trainer = fileURLToPath(new URL("../../../train/dist/cli.js", import.meta.url));
const ownMiner = fileURLToPath(new URL("../../../../docs/examples/my-miner.ts", import.meta.url));

/** A table whose miniature has a base only; the smallest flags that train. */
const table = `export default {
  name: "tiny", title: "A tiny table", rows: [], columns: [],
  world: {
    minerRow: { recipe: "negclip", from: "base" },
    rows: [{ model: "base", label: "CLIP", recipe: "clip" }],
    columns: [{ label: "Rel", value: {
      text: "world/relation-swap", benchmarks: ["world/relation-swap"],
      evaluate(lookup) {
        const result = lookup("world/relation-swap");
        return result && { value: result.metrics.accuracy.value, n: result.sampleCount };
      },
    } }],
  },
};`;
const tiny = [
  ...["steps=2", "batchSize=4", "world.train=16", "world.validation=4", "model.embedDim=16"],
  ...["model.vision.width=16", "model.vision.layers=1", "model.vision.heads=2"],
  ...["model.text.width=16", "model.text.layers=1", "model.text.heads=2"],
].flatMap((setting) => ["--set", setting]);

it.skipIf(!existsSync(trainer))(
  "table --world trains what is missing, scores it, and prints the table (skipped where the training app is not built)",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "bench-world-"));
    const spec = join(folder, "tiny.mjs");
    await writeFile(spec, table);
    const runs = join(folder, "runs");
    const command = ["table", spec, "--world", "--seeds", "1", "--results", runs, "--miner", ownMiner, ...tiny];
    const printed = await bench(...command);
    expect((await readdir(runs)).sort()).toEqual(["base-seed-0", "my-miner-seed-0"]);
    expect(printed).toMatch(/^CLIP +\d\d\.\d\*?$/m);
    expect(printed).toMatch(/^my-miner +\d\d\.\d\*?$/m);
    expect(printed).toContain("Every row was trained with steps=2, batchSize=4");

    const base = join(runs, "base-seed-0", "run.json");
    const before = (await stat(base)).mtimeMs;
    await rm(join(runs, "my-miner-seed-0", "run.json")); // as after a kill in the last moment
    const again = await bench(...command);
    expect((await stat(base)).mtimeMs).toBe(before);
    expect(again).toContain("my-miner-seed-0 --resume");
    expect(again.slice(again.indexOf("A tiny table"))).toBe(printed.slice(printed.indexOf("A tiny table")));

    const result = join(runs, "base-seed-0", "results", "world-relation-swap.json");
    const scored = await readFile(result, "utf8");
    await writeFile(result, scored.replace(/"benchmarkVersion": "[^"]*"/, '"benchmarkVersion": "0"')); // of an earlier one
    expect(await bench(...command)).toContain("[1/1] base-seed-0 world/relation-swap");
    expect(JSON.parse(await readFile(result, "utf8")).benchmarkVersion).toBe(JSON.parse(scored).benchmarkVersion);
  },
  180_000,
);
