import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createClip, type Tokenizer } from "@tesserae/models";
import { saveClip } from "@tesserae/models/node";
import { seededRng } from "@tesserae/scene-graph/random";
import { appFolder } from "@tesserae/shared";
import { selectBackend } from "@tesserae/tfjs-backend-ort";
import { vitB32 } from "../engine/clip-sizes.js";
import type { PerfOptions } from "../perf-case.js";
import { PerfError } from "../perf-error.js";

/** Photos a step. */
export const batch = 32;
/** Steps that are not counted: traced, compiled, and checked at powers of two. */
export const uncounted = 9;

/** A line of a run's metrics for one step; `seconds` since the training began. */
export interface PhotoStepRecord {
  readonly part: string;
  readonly seconds: number;
  readonly engineSeconds: number;
  readonly imageSeconds: number;
  readonly textSeconds: number;
}

/** A folder with ViT-B/32 of random weights. */
export async function saveRandomClip(folder: string, tokenizer: Tokenizer): Promise<void> {
  await selectBackend({ backend: "ort", threads: 1 });
  const clip = createClip(vitB32(batch).config, { rng: seededRng(0) });
  await saveClip(clip, tokenizer, folder);
  clip.dispose();
}

/** Flags of a training of the model in `random/` on the photos in `photos/`. */
export function photoFlags(folder: string, steps: number): Readonly<Record<string, string | number>> {
  return {
    data: join(folder, "photos"),
    pretrained: join(folder, "random"),
    batchSize: batch,
    steps,
    logEveryNSteps: 1,
    lr: 1e-4,
    warmup: 0,
  };
}

/** One run of the training app, a process of its own: a record a step, and the most memory that it has had, in bytes. */
export async function runOnPhotos(
  recipe: string,
  folder: string,
  { threads, workers }: PerfOptions,
  flags: Readonly<Record<string, string | number>>,
): Promise<{ readonly records: readonly PhotoStepRecord[]; readonly memory: number }> {
  const cli = fileURLToPath(new URL("../../apps/train/dist/cli.js", appFolder(import.meta.url)));
  const out = join(folder, `run-${recipe}`);
  const settings = Object.entries(flags).flatMap(([key, value]) => ["--set", `${key}=${value}`]);
  const threading = ["--threads", String(threads), ...(workers === undefined ? [] : ["--workers", String(workers)])];
  const args = [cli, "run", recipe, "--scale", "photos", "--out", out, "--progress", "none", ...threading];
  const memory = await runWatched([...args, ...settings]);
  const lines = (await readFile(join(out, "metrics.jsonl"), "utf8")).trim().split("\n");
  const records = lines.map((line) => JSON.parse(line)).filter(({ engineSeconds }) => engineSeconds !== undefined);
  return { records, memory };
}

/** Runs a program of Node to its end. @returns the most memory it has had, in bytes, where the system tells (Linux) */
async function runWatched(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  let memory = Number.NaN;
  const watch = setInterval(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, "utf8").catch(() => "");
    const peak = /VmHWM:\s+(\d+) kB/.exec(status);
    if (peak) memory = Number(peak[1]) * 1024;
  }, 500);
  const code = await new Promise((resolve) => child.on("close", resolve));
  clearInterval(watch);
  if (code !== 0) throw new PerfError(`perf train: the training app failed: ${said.trim().split("\n").at(-1)}`);
  return memory;
}
