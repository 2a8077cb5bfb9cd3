import { existsSync, writeFileSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { selectBackend } from "@tesserae/tfjs-backend-ort";
import { loadRecipe } from "@tesserae/train";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folder, metricsOf, photoFolder, runTiny, silent, weightsOf } from "../fixtures/runs.js";
import type { Batch, BatchSource } from "../loop/batch-source.js";
import type { StepContext } from "../steps/step.js";
import { threadedSource } from "../steps/threaded-source.js";
import { isTrainStep, type TrainStep } from "../steps/train-options.js";
import { setUpTraining } from "../steps/training-setup.js";
import { trainingSource } from "../steps/training-source.js";
import type { BatchThreads } from "./batch-threads.js";

const program = fileURLToPath(new URL("../../dist/batch-worker.js", import.meta.url));

/** A recipe's training on 24 scenes or photos, its batches made here and by threads. */
async function sources(recipe: string, settings: readonly string[], workers: number) {
  const loaded = await loadRecipe({
    recipe,
    scale: "smoke",
    settings: ["batchSize=4", "world.train=24", "world.validation=4", ...settings],
  });
  const step = loaded.steps.find((one): one is TrainStep => isTrainStep(one))!;
  const run = await folder();
  const context = {
    ...{ folder: run, run, name: recipe, flags: step.flagsOf(loaded.flags), artefacts: {}, progress: silent },
    ...{ workers, request: loaded.request, signal: new AbortController().signal, confirm: async () => {} },
  } as unknown as StepContext;
  const setup = await setUpTraining(context, undefined, undefined);
  setup.clip.dispose();
  const { flags } = context;
  const { tokenizer, vocabulary, images, graphOf, data } = setup;
  const own = trainingSource({
    ...{ flags, images, graphOf, dataset: data.train, objective: step.objective, stages: step.stages, steps: 12 },
    context: { vocabulary, tokenizer, phraseTokenizer: tokenizer, packing: { lengths: [12, 8] } },
  });
  const threads = threadedSource(own, {
    context,
    name: step.name,
    setup,
    packing: { lengths: [12, 8] },
    steps: 12,
  }) as BatchThreads;
  return { own, threads, setup };
}

/** Batches of the steps, asked for in turn as the loop does. */
async function batchesOf(source: BatchSource, steps: readonly number[]): Promise<Batch[]> {
  const made: Batch[] = [];
  for (const step of steps) made.push(await source.batch(step));
  return made;
}

const steps = [0, 1, 2, 3, 7, 8, 11];

beforeAll(async () => {
  await selectBackend({ backend: "ort", threads: 1 });
});

// Threads run a built file; a test run from fresh sources has none.
describe.skipIf(!existsSync(program))("createBatchThreads", { timeout: 240_000 }, () => {
  it.each([
    ["clip", 1, ["cropScale=0.5"]],
    ["negclip", 2, ["hardImages=false"]],
    ["structure-clip", 1, ["mining=offline", "graphs=gold"]],
    ["mosaiclip", 3, []],
  ])("%s: %i threads make the bytes that the main thread makes (%j)", async (recipe, workers, settings) => {
    const { own, threads } = await sources(recipe, settings, workers);
    try {
      await threads.opened;
      const made = await batchesOf({ ...threads }, steps);
      expect(made).toEqual(await batchesOf(own, steps));
    } finally {
      await threads.close();
    }
  });

  it("reads photos, and tells those that cannot be read", async () => {
    const photos = await photoFolder(30);
    await writeFile(join(photos, "images", "3.png"), "no image");
    const { own, threads, setup } = await sources("clip", [`data=${photos}`, "validationFraction=0.2"], 2);
    try {
      await threads.opened;
      const made = await batchesOf(threads, [0, 1, 2, 3, 4, 5]);
      expect(made).toEqual(await batchesOf(own, [0, 1, 2, 3, 4, 5]));
      expect(setup.unreadable()).toHaveLength(1);
    } finally {
      await threads.close();
    }
  });
});

describe.skipIf(!existsSync(program))(
  "a training with threads and a miner of the user's own",
  { timeout: 240_000 },
  () => {
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (part) => (body += part));
      request.on("end", () => setTimeout(() => response.end(body.replace(/\b(red|blue|green)\b/, "violet")), 40));
    });
    let address: string;
    beforeAll(async () => {
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterAll(() => void server.close());

    /** A miner that asks a service, and says in a file which thread it works in; `more` is what it does besides. */
    async function minerFile(more = ""): Promise<{ readonly miner: string; readonly log: string }> {
      const place = await folder();
      await mkdir(place, { recursive: true });
      const [miner, log] = [join(place, "my-miner.ts"), join(place, "threads.txt")];
      await writeFile(
        miner,
        `import { appendFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
import { createMiner, createNegative } from "@tesserae/negatives";
import { parse } from "@tesserae/scene-graph";

export default {
  name: "over-http",
  version: "1",
  options: {},
  async mine(graphs: readonly { caption: string }[]) {
    appendFileSync(${JSON.stringify(log)}, isMainThread ? "main\\n" : "worker\\n");
    ${more}
    const captions = await Promise.all(graphs.map(async ({ caption }) =>
      (await fetch(${JSON.stringify(address)}, { method: "POST", body: caption })).text()));
    return captions.map((caption, index) => caption === graphs[index]!.caption ? [] :
      [{ caption, kind: "colour", edits: [], graph: parse(caption) }]);
  },
};
`,
      );
      return { miner, log };
    }

    const run = (out: string, miner: string, workers: number) =>
      runTiny("negclip", out, [`miner=${miner}`, "steps=60", "hardImages=false"], { workers });

    it("trains to the same bytes, the miner at work in the threads", async () => {
      const { miner, log } = await minerFile();
      const [none, two] = [await folder(), await folder()];
      await run(none, miner, 0);
      expect(new Set((await readFile(log, "utf8")).trim().split("\n"))).toEqual(new Set(["main"]));
      await run(two, miner, 2);
      expect(await readFile(log, "utf8")).toContain("worker");
      expect((await weightsOf(two)).equals(await weightsOf(none))).toBe(true);
      const losses = async (out: string) => (await metricsOf(out)).map(({ loss }) => loss);
      expect(await losses(two)).toEqual(await losses(none));
    });

    it("names a thread that ended", async () => {
      const { miner } = await minerFile("if (!isMainThread) process.exit(7);");
      await expect(run(await folder(), miner, 1)).rejects.toThrow(
        /^worker thread 1 of 1, which makes batches, ended with exit code 7 at step \d+; steps that were saved are kept; with --workers 0/,
      );
    });

    it("a thread that is killed in the middle costs no step that was saved, and the run goes on to the same bytes", async () => {
      const [whole, out, place] = [await folder(), await folder(), await folder()];
      const order = join(place, "end-the-thread");
      const { miner } = await minerFile(
        `if (!isMainThread && (await import("node:fs")).existsSync(${JSON.stringify(order)})) process.exit(9);`,
      );
      const settings = [`miner=${miner}`, "steps=60", "hardImages=false", "saveFrequency=5", "keep=1"];
      await runTiny("negclip", whole, settings);
      let last = 0;
      const step = ({ step: done }: { step: number }) => {
        last = done;
        if (done === 20) writeFileSync(order, "");
      };
      const killed = runTiny("negclip", out, settings, { workers: 1, progress: { ...silent, step } });
      await expect(killed).rejects.toThrow(/^worker thread 1 of 1, .* ended with exit code 9 at step \d+/);
      expect(last).toBeLessThan(60);
      await rm(order);
      const notes: string[] = [];
      const progress = { ...silent, note: (line: string) => notes.push(line) };
      await runTiny("negclip", out, settings, { workers: 1, resume: true, progress });
      expect(notes).toContain(`goes on from step ${last - (last % 5)} of 60`);
      expect((await weightsOf(out)).equals(await weightsOf(whole))).toBe(true);
    });
  },
);
