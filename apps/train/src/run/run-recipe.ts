import { copyFile, link, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { loadClip } from "@tesserae/models";
import { weightsRevision } from "@tesserae/models/node";
import { machine, makeFolder, type Progress, syncFolder, versions, writeFileAtomic } from "@tesserae/shared";
import { selectBackend } from "@tesserae/tfjs-backend-ort";
import { appFolder } from "../app-folder.js";
import type { LoadedRecipe } from "../recipe/load-recipe.js";
import type { Artefacts, Step, StepResult } from "../steps/step.js";
import { syncFiles } from "./file-checksums.js";
import { hearSignals } from "./interruption.js";
import { madeOf } from "./made-of.js";
import { writeMetricsCsv } from "./metrics-csv.js";
import { type FolderPolicy, openRunFolder, type RunFolder, stepFolder } from "./run-folder.js";

/** How a recipe is run, apart from what it is. */
export interface RunOptions extends FolderPolicy {
  /** The run's folder. */
  readonly out: string;
  /** Name of the run; default: the recipe's. */
  readonly name?: string;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
  readonly backend?: string;
  /** "cpu", "webgpu", "cuda", or "auto": a GPU where there is one. Default "cpu". */
  readonly device?: string;
  readonly threads?: number;
  /** Threads that make a training's batches ahead; 0: the main thread makes them. The same bytes for any number. Default 0. */
  readonly workers?: number;
  /** "csv": `metrics.csv` besides `metrics.jsonl`, written at the end of the run or where it is stopped. */
  readonly reportTo?: string;
}

/** What was run and what came out of it: the content of `run.json`. */
export interface RunRecord {
  readonly name: string;
  readonly recipe: string;
  readonly scale: string;
  /** The recipe's name, as results and tables call it. */
  readonly method: string;
  readonly miner: { readonly name: string; readonly version: string } | null;
  readonly flags: Readonly<Record<string, unknown>>;
  readonly seed: number;
  /** The last model, relative to the run's folder. */
  readonly model: string;
  /** Which weights it has; results of the model carry the same. */
  readonly weights?: string;
  readonly steps?: number;
  readonly samplesSeen?: number;
  readonly dataRevision?: string;
  readonly loss?: { readonly first: number; readonly last: number };
  readonly validation?: Readonly<
    Record<string, { readonly value: number; readonly n: number; readonly chance?: number }>
  >;
  /** What each step was made with and came to. */
  readonly parts: readonly Readonly<Record<string, unknown>>[];
  readonly changes: readonly string[];
  readonly backend: {
    readonly name: string;
    readonly device: string;
    readonly adapter?: string;
    readonly reason: string;
  };
  readonly seconds: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly machine: string;
}

const doneName = "done.json";
/** What a kill leaves in a step's folder. */
const leftover = /\.partial-\w+$|\.old$|\.jsonl?\.\d+$/;
/** Files of a checkpoint that are for `--resume` alone. */
const resumeOnly = /^(optimizer\.bin|training-state\.json|adapters\.safetensors|manifest\.json)$/;

/**
 * Runs a recipe's steps, one after the other, each in its folder; those that are done are skipped. The same flags on the same backend
 * give the same bytes, resumed or not.
 *
 * @throws TrainError for what the user can mend; Interruption where the signal was aborted
 */
export async function runRecipe(recipe: LoadedRecipe, options: RunOptions): Promise<RunRecord> {
  const { progress, out, signal = new AbortController().signal } = options;
  const started = performance.now();
  // Parts of a batch take turns, and with them their sessions.
  const keepMemory = recipe.flags.accumFreq === 1;
  const backend = await selectBackend({ ...options, keepMemory, log: progress.note });
  const folder = await openRunFolder(out, await madeOf(recipe, backend), options);
  try {
    for (const change of folder.changes) progress.note(`changed since the run began: ${change}`);
    let artefacts: Artefacts = {};
    const parts: Record<string, unknown>[] = [];
    for (const [index, step] of recipe.steps.entries()) {
      await hearSignals(signal, `stopped before step ${step.name}; what was done before is kept`);
      const result = await runStep(step, index, recipe, options, signal, folder, artefacts);
      artefacts = { ...artefacts, ...result.artefacts };
      parts.push({
        step: step.name,
        version: step.version,
        options: step.options,
        artefacts: result.artefacts,
        ...result.record,
      });
    }
    const model = artefacts.model === undefined ? "" : await showModel(out, artefacts.model);
    const weights = model === "" ? undefined : await revisionOf(join(out, model));
    const record = recordOf({
      ...(weights === undefined ? {} : { weights }),
      recipe,
      options,
      parts,
      model,
      backend,
      changes: folder.changes,
      seconds: (performance.now() - started) / 1000,
    });
    await folder.finish(record);
    return record;
  } finally {
    progress.stop();
    if (options.reportTo === "csv") await writeMetricsCsv(out);
    await folder.release();
  }
}

async function runStep(
  step: Step,
  index: number,
  { flags, name: recipeName, request }: LoadedRecipe,
  { progress, out, name = recipeName, workers = 0 }: RunOptions,
  signal: AbortSignal,
  run: RunFolder,
  artefacts: Artefacts,
): Promise<StepResult> {
  const folder = join(out, stepFolder(index, step.name));
  const done = await readFile(join(folder, doneName), "utf8").catch(() => undefined);
  if (done !== undefined) {
    progress.note(`step ${step.name} is done already`);
    return JSON.parse(done) as StepResult;
  }
  await makeFolder(folder);
  for (const left of await readdir(folder)) {
    if (leftover.test(left)) await rm(join(folder, left), { recursive: true, force: true });
  }
  const result = await step.run({
    folder,
    run: out,
    name,
    flags,
    artefacts,
    progress,
    workers,
    request,
    signal,
    metric: (record) => run.metric(record),
    rewindMetrics: (reached) => run.rewindMetrics(step.name, reached),
    confirm: (key, value) => run.confirm(`${step.name}.${key}`, value),
  });
  await syncFiles(folder); // what is said to be done is on the disk
  await writeFileAtomic(join(folder, doneName), `${JSON.stringify(result, null, 2)}\n`);
  return result;
}

/** The last model as `checkpoint/`, for tools that look for it there: links to its files, copies where the disk has no links. */
async function showModel(out: string, model: string): Promise<string> {
  const [from, to] = [join(out, model), join(out, "checkpoint")];
  await rm(to, { recursive: true, force: true });
  await mkdir(to);
  for (const file of await readdir(from, { withFileTypes: true })) {
    if (!file.isFile() || resumeOnly.test(file.name)) continue;
    const [source, target] = [join(from, file.name), join(to, file.name)];
    await link(source, target).catch(() => copyFile(source, target));
  }
  await syncFiles(to);
  await syncFolder(to);
  return "checkpoint";
}

async function revisionOf(model: string): Promise<string> {
  const { clip } = await loadClip(model);
  try {
    return await weightsRevision(clip);
  } finally {
    clip.dispose();
  }
}

function recordOf(made: {
  readonly recipe: LoadedRecipe;
  readonly options: RunOptions;
  readonly parts: readonly Record<string, unknown>[];
  readonly model: string;
  readonly weights?: string;
  readonly backend: RunRecord["backend"];
  readonly changes: readonly string[];
  readonly seconds: number;
}): RunRecord {
  const { recipe, options, parts, ...rest } = made;
  const { name, scale, described, flags } = recipe;
  const miner = described.miner as RunRecord["miner"] | undefined;
  const trained = parts.findLast((part) => part.steps !== undefined) ?? {};
  const { steps, samplesSeen, dataRevision, loss, validation } = trained as Partial<RunRecord>;
  return {
    name: options.name ?? name,
    recipe: name,
    scale,
    method: name,
    miner: miner ? { name: miner.name, version: miner.version } : null,
    flags: described,
    seed: flags.seed,
    ...(steps === undefined ? {} : { steps }),
    ...(samplesSeen === undefined ? {} : { samplesSeen }),
    ...(dataRevision === undefined ? {} : { dataRevision }),
    ...(loss === undefined ? {} : { loss }),
    ...(validation === undefined ? {} : { validation }),
    parts,
    ...rest,
    versions: versions(appFolder),
    machine: machine(),
  };
}
