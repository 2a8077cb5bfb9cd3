import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { appFolder, createTaskProgress } from "@tesserae/shared";
import { timing } from "../interleaved.js";
import type { PerfCase, PerfOptions } from "../perf-case.js";
import { PerfError } from "../perf-error.js";
import { recipesOnPhotos } from "../training/recipes-on-photos.js";
import { trainOnPhotos } from "../training/train-on-photos.js";

const methods = ["clip", "negclip", "structure-clip", "mosaiclip"] as const;
/** The first steps compile; their batches are made before the run's clock starts. */
const uncounted = 20;
const stepsPerRound = 10;

/** A record of `metrics.jsonl` of a run that logs every step. */
export interface StepRecord {
  readonly seconds: number;
  readonly imageSeconds: number;
  readonly textSeconds: number;
  readonly engineSeconds: number;
}

/** Steps of the training app at the scale of `npm run demo`, a run for each method, one after the other. */
export const train: PerfCase = {
  name: "train",
  summary: "a training step of the demo's settings, by method, with what images, texts and the engine take of it",
  async measure(options, output) {
    if (options.data !== undefined) {
      const measured = options.method === undefined ? recipesOnPhotos : trainOnPhotos;
      return measured(options.data, options, output);
    }
    const steps = options.rounds * stepsPerRound;
    const progress = createTaskProgress(output);
    progress.start("methods");
    const rows: string[][] = [];
    for (const method of methods) {
      const { batchSize, records, backend } = await runSteps(method, uncounted + steps, options);
      rows.push(stepRow(method, records.slice(uncounted - 1), batchSize));
      progress.update(rows.length, methods.length);
      progress.finish(`${method}: measured on ${backend}`);
    }
    return {
      header: ["method", "ms/step", "steps/s", "images/s", "engine", "texts", "images"],
      rows,
      notes: [
        `median of ${steps} steps after ${uncounted} that are not counted; ${options.threads} threads; scale world of @tesserae/train, from fresh weights`,
        "engine: towers, loss, gradients and update; texts: parsing, mining and laying out (methods with negatives parse all captions before the first step); images: drawing the world's scenes",
      ],
    };
  },
};

/** One run of the training app in a process of its own; its folder is removed. */
async function runSteps(method: string, steps: number, { threads, backend }: PerfOptions) {
  const app = new URL("../../apps/train/", appFolder(import.meta.url));
  const cli = fileURLToPath(new URL("dist/cli.js", app));
  if (!existsSync(cli)) {
    throw new PerfError(`perf train: ${cli} is missing; run pnpm build`);
  }
  const out = await mkdtemp(join(tmpdir(), "tesserae-perf-train-"));
  const settings = ["--set", `steps=${steps}`, "--set", "logEveryNSteps=1"];
  const engine = backend === undefined ? [] : ["--backend", backend];
  const args = [cli, "run", method, "--out", out, "--threads", String(threads), "--progress", "none"];
  try {
    await promisify(execFile)(process.execPath, [...args, ...settings, ...engine]).catch((error) => {
      const said = String(error.stderr)
        .trim()
        .replace(/^error: /, "");
      throw new PerfError(`perf train: ${method} failed: ${said || error.message}`);
    });
    const lines = (await readFile(join(out, "metrics.jsonl"), "utf8")).trim().split("\n");
    const record = JSON.parse(await readFile(join(out, "run.json"), "utf8"));
    return {
      records: lines.map((line) => JSON.parse(line)).filter(({ seconds }) => seconds !== undefined) as StepRecord[],
      batchSize: Number(record.flags.batchSize),
      backend: String(record.backend.name),
    };
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

/** The row of a method from its records, the first of which only says when the second step began. */
export function stepRow(method: string, records: readonly StepRecord[], batchSize: number): string[] {
  const counted = records.slice(1);
  const { median } = timing(counted.map(({ seconds }, i) => 1000 * (seconds - records[i]!.seconds)));
  const whole = records.at(-1)!.seconds - records[0]!.seconds;
  const share = (part: "imageSeconds" | "textSeconds" | "engineSeconds") =>
    `${((100 * counted.reduce((sum, record) => sum + record[part], 0)) / whole).toFixed(1)} %`;
  const rates = [1000 / median, (1000 * batchSize) / median].map((rate) => rate.toFixed(1));
  return [method, median.toFixed(0), ...rates, share("engineSeconds"), share("textSeconds"), share("imageSeconds")];
}
