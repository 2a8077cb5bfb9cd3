// What is killed: command lines whose folder must survive it. Each scenario says how it is started, how it is gone on with, and what must
// come out the same as without a kill.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const train = join(root, "apps", "train", "dist", "cli.js");
const bench = join(root, "apps", "bench", "dist", "cli.js");
const engine = ["--backend", "ort", "--threads", "1"];

const digest = (content) => createHash("sha256").update(content).digest("hex").slice(0, 16);
const json = async (path) => JSON.parse(await readFile(path, "utf8"));

/** A run of a recipe, three steps, saved at every step; only one checkpoint is kept, so that nothing else can be gone on with. */
function trainer(recipe) {
  const set = [
    "steps=3",
    "saveFrequency=1",
    "valFrequency=2",
    "logEveryNSteps=1",
    "keep=1",
    "batchSize=4",
    "warmup=1",
    "world.train=16",
    "world.validation=4",
  ];
  const args = (folder) => [
    train,
    "run",
    recipe,
    "--scale",
    "smoke",
    ...set.flatMap((one) => ["--set", one]),
    "--out",
    join(folder, "run"),
    ...engine,
    "--progress",
    "lines",
  ];
  return {
    name: `train ${recipe}`,
    start: args,
    goOn: (folder) => {
      const run = join(folder, "run");
      if (existsSync(join(run, "run.json"))) return undefined; // finished
      return existsSync(join(run, "recipe.json")) ? [...args(folder), "--resume"] : args(folder);
    },
    outcome: async (folder) => {
      const run = join(folder, "run");
      const record = await json(join(run, "run.json"));
      const lines = (await readFile(join(run, "metrics.jsonl"), "utf8"))
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
      const numbers = lines.map(({ part, step, loss, validation }) => [part, step, loss, validation]);
      const left = (await readdir(run, { recursive: true })).filter((name) =>
        /partial|\.old|\.lock|\.\d{5,}$/.test(name),
      );
      const weights = digest(await readFile(join(run, "checkpoint", "model.safetensors")));
      return JSON.stringify({ weights, loss: record.loss, validation: record.validation, numbers, left });
    },
    /** Steps whose save was over when the process was killed: that many must not be lost. */
    saved: (operations) => {
      let [renamed, saved] = [0, 0];
      for (const operation of operations) {
        const found = /^rename .*checkpoints\/(\d{8})$/.exec(operation);
        if (found) renamed = Number(found[1]);
        if (renamed > saved && /^sync .*checkpoints$/.test(operation)) saved = renamed;
      }
      return saved;
    },
    /** The step that a run says it goes on from. */
    from: (output) =>
      /step train is done already/.test(output)
        ? Number.POSITIVE_INFINITY
        : Number(/goes on from step (\d+)/.exec(output)?.[1] ?? 0),
  };
}

/** Captions in three shards, parsed and mined. */
const preparation = {
  name: "prepare",
  before: async (folder) => {
    const captions = Array.from({ length: 2100 }, (_, index) =>
      JSON.stringify({ id: `${index}`, caption: `a red dog number ${index % 7} on a blue chair` }),
    );
    await writeFile(join(folder, "captions.jsonl"), captions.join("\n"));
  },
  start: (folder, shared) => [
    train,
    "prepare",
    join(shared, "captions.jsonl"),
    "--out",
    join(folder, "prepared"),
    "--miner",
    "negclip",
    "--seed",
    "1",
    "--workers",
    "1",
    "--progress",
    "none",
  ],
  outcome: async (folder) => {
    const names = (await readdir(join(folder, "prepared"), { recursive: true })).sort();
    const contents = await Promise.all(
      names.map(async (name) => [name, digest(await readFile(join(folder, "prepared", name)))]),
    );
    return JSON.stringify(contents);
  },
};

/** A benchmark that scores a run in a few seconds. */
const benchRun = {
  name: "bench run",
  before: async (shared, run) => {
    await run(trainer("clip").start(shared));
    await writeFile(join(shared, "tiny.ts"), tinyBenchmark);
  },
  start: (folder, shared) => [
    bench,
    "run",
    join(shared, "tiny.ts"),
    "--model",
    join(shared, "run"),
    "--out",
    join(folder, "scored"),
    "--cache",
    join(folder, "cache"),
    ...engine,
  ],
  outcome: async (folder) => {
    const results = join(folder, "scored", "run", "results");
    const { seconds: _, ...result } = await json(join(results, "tiny-order.json"));
    return JSON.stringify({ result, left: (await readdir(results)).filter((name) => name !== "tiny-order.json") });
  },
};

/** A table whose two rows are trained and scored. */
const worldTable = {
  name: "table --world",
  before: (shared) => writeFile(join(shared, "table.ts"), tinyTable),
  start: (folder, shared) => [
    bench,
    "table",
    join(shared, "table.ts"),
    "--world",
    "--seeds",
    "1",
    "--results",
    join(folder, "runs"),
  ],
  outcome: async (folder, output) => {
    const weights = [];
    for (const row of ["base", "tuned"]) {
      await mkdir(join(folder, "runs"), { recursive: true });
      weights.push(digest(await readFile(join(folder, "runs", `${row}-seed-0`, "checkpoint", "model.safetensors"))));
    }
    return JSON.stringify({ weights, table: output.slice(output.lastIndexOf("tiny: a table")) });
  },
};

const tinyBenchmark = `
import { choice, defineBenchmark, imageName, strictPolicy } from "@tesserae/benchmarks";
import { loadWorldImage, worldDataset } from "@tesserae/world";

export default defineBenchmark({
  name: "tiny/order", version: "1", family: choice, policy: strictPolicy, headline: "accuracy", split: "test", folder: "tiny", files: [],
  images: null, needs: "nothing", citation: "none", licence: "MIT", sampleCount: 8,
  loadImage: (image) => loadWorldImage(imageName(image)),
  read: async () => ({
    items: worldDataset({ seed: 5, split: "test", count: 8 }).samples.map(({ image, captions }) => ({
      images: [{ path: image }], captions: [captions[0], captions[0].split(" ").reverse().join(" ")], correct: 0,
    })),
  }),
});
`;

const tinyTable = `
import { metric } from "@tesserae/benchmarks";

const set = { steps: 2, saveFrequency: 1, batchSize: 4, warmup: 1, "world.train": 16, "world.validation": 4, "model.vision.layers": 1, "model.text.layers": 1 };
const columns = [{ label: "Retrieval", value: metric("world/retrieval"), needs: "nothing" }];
export default {
  name: "tiny", title: "tiny: a table", rows: [{ model: "base", label: "CLIP" }, { model: "tuned", label: "tuned" }], columns,
  published: { source: "nowhere", secondHand: false, values: {} },
  world: { columns, rows: [{ model: "base", label: "CLIP", recipe: "clip", set }, { model: "tuned", label: "tuned", recipe: "clip", set, from: "base" }] },
};
`;

const repeated = { goOn: undefined };
export const scenarios = {
  clip: trainer("clip"),
  mosaiclip: trainer("mosaiclip"),
  prepare: { ...repeated, ...preparation },
  "bench-run": { ...repeated, ...benchRun },
  "world-table": { ...repeated, ...worldTable },
};
