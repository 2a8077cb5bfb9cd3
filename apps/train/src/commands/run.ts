import { existsSync } from "node:fs";
import { join } from "node:path";
import { createProgress, type ProgressKind } from "@tesserae/shared";
import { selectBackend } from "@tesserae/tfjs-backend-ort";
import { type LoadedRecipe, loadRecipe } from "../recipe/load-recipe.js";
import { hearSignals, Interruption, listenForSignals } from "../run/interruption.js";
import { resumeCommand } from "../run/resume-command.js";
import type { FolderPolicy } from "../run/run-folder.js";
import { runRecipe } from "../run/run-recipe.js";
import { summary } from "../run/summary.js";
import type { Artefacts, StepPlan } from "../steps/step.js";
import { TrainError } from "../train-error.js";

/** Options of `train run`. */
export interface RunCommandOptions {
  readonly scale?: string;
  readonly set?: readonly string[];
  readonly miner?: string;
  readonly seeds?: number;
  readonly out?: string;
  readonly accumFreq?: number;
  readonly backend?: string;
  readonly device?: string;
  readonly precision?: string;
  readonly reportTo?: string;
  readonly threads?: number;
  readonly workers?: number;
  readonly resume?: boolean;
  readonly overwrite?: boolean;
  readonly allowChanges?: boolean;
  readonly dryRun?: boolean;
  readonly progress: ProgressKind;
}

/** Runs a recipe: once, or once for each of several seeds, each in its own folder; with `dryRun` says what it would do. */
export async function runCommand(reference: string, options: RunCommandOptions): Promise<void> {
  const progress = createProgress(options.progress);
  const load = (seed?: number, tellMissing?: (line: string) => void) =>
    loadRecipe({
      recipe: reference,
      ...(options.scale === undefined ? {} : { scale: options.scale }),
      ...(options.miner === undefined ? {} : { miner: options.miner }),
      ...(tellMissing ? { tellMissing } : {}),
      settings: [
        ...(options.accumFreq === undefined ? [] : [`accumFreq=${options.accumFreq}`]),
        ...(options.set ?? []),
        ...(seed === undefined ? [] : [`seed=${seed}`]),
      ],
    });
  if (options.dryRun) {
    await selectBackend(options); // a model's weights are counted on a model
    const missing: string[] = [];
    return describePlan(await load(undefined, (line) => missing.push(line)), missing, progress.note);
  }
  if (options.reportTo === "tensorboard") {
    throw new TrainError(
      "--report-to tensorboard: no library that is kept up writes TensorBoard's event files from Node; take csv, which most tools read, or metrics.jsonl",
    );
  }
  if (options.precision === "fp16") {
    throw new TrainError("--precision fp16: no engine here trains in fp16; leave it out for fp32");
  }
  const { seed: first } = (await load()).flags;
  const interruptible = listenForSignals(progress.note, progress.stop);
  const { signal } = interruptible;
  try {
    for (let index = 0; index < (options.seeds ?? 1); index++) {
      const recipe = await load(options.seeds === undefined ? undefined : first + index);
      const folder = options.out ?? join("runs", recipe.name);
      const out = options.seeds === undefined ? folder : join(folder, `seed-${recipe.flags.seed}`);
      const policy = options.seeds === undefined ? options : policyOfSeed(out, options);
      if (policy === undefined) {
        progress.note(`${out}: is finished already`);
        continue;
      }
      if (options.overwrite && existsSync(join(out, "recipe.json"))) await refuseIfMissing(out, recipe, options);
      const record = await runRecipe(recipe, { ...options, ...policy, out, progress, signal });
      progress.note(summary(record, out));
    }
  } catch (error) {
    throw error instanceof Interruption ? error.resumedBy(resumeCommand(process.argv)) : error;
  } finally {
    interruptible.release();
  }
  await hearSignals(signal, "stopped; the run was finished before that, nothing is left to do");
}

/** With several seeds, `--resume` goes on with those that were stopped and starts those that were not begun; finished ones stay. */
function policyOfSeed(out: string, { resume }: RunCommandOptions): FolderPolicy | undefined {
  if (!resume) return {};
  if (existsSync(join(out, "run.json"))) return undefined;
  return { resume: existsSync(join(out, "recipe.json")) };
}

/**
 * What `--overwrite` asks before it removes a run.
 *
 * @throws TrainError where a file that the new run needs is missing
 */
async function refuseIfMissing(out: string, recipe: LoadedRecipe, options: RunCommandOptions): Promise<void> {
  await selectBackend(options); // a model's weights are counted on a model
  const { missing } = await planSteps(recipe);
  if (missing.length > 0) throw new TrainError(`${missing.join("; ")}. The run in ${out} is kept`);
}

/** What a run would do, step by step, with what is missing for it and what is fetched, each once. */
async function planSteps(recipe: LoadedRecipe): Promise<Required<StepPlan>> {
  const lines: string[] = [];
  const missing = new Set<string>();
  const fetched = new Set<string>();
  let artefacts: Artefacts = {};
  for (const [index, step] of recipe.steps.entries()) {
    const plan: StepPlan = (await step.plan?.({ flags: recipe.flags, artefacts })) ?? { lines: [], missing: [] };
    lines.push(`${index + 1}. ${step.name} ${step.version}`, ...plan.lines.map((line) => `   ${line}`));
    for (const line of plan.missing) missing.add(line);
    for (const line of plan.fetched ?? []) fetched.add(line);
    artefacts = { ...artefacts, model: "model" };
  }
  return { lines, missing: [...missing], fetched: [...fetched] };
}

/** Prints what a run would do. @param missing what was found to be missing when the recipe was loaded */
async function describePlan(
  recipe: LoadedRecipe,
  missing: readonly string[],
  tell: (line: string) => void,
): Promise<void> {
  tell(`recipe ${recipe.name}, scale ${recipe.scale}: ${recipe.steps.map(({ name }) => name).join(" -> ")}`);
  const plan = await planSteps(recipe);
  for (const line of plan.lines) tell(line);
  const notHere = [...missing, ...plan.missing, ...plan.fetched];
  tell(notHere.length === 0 ? "nothing is missing" : "missing:");
  for (const line of notHere) tell(`   ${line}`);
}
