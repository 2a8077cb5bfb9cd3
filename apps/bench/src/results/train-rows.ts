import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import type { WorldCounterpart, WorldRow } from "@tesserae/benchmarks";
import type { Output } from "@tesserae/shared";
import pLimit from "p-limit";
import { BenchError } from "../bench-error.js";
import { runTrainer } from "./run-trainer.js";

/** What a user may change about the runs of a miniature. */
export interface RowOptions {
  /** Training seeds of every row. */
  readonly seeds: number;
  /** Flags of every run, "steps=20": they come after the row's own. */
  readonly set?: readonly string[] | undefined;
  /** Files or modules with a miner: a row each, trained as the table's `minerRow` says. */
  readonly miner?: readonly string[] | undefined;
  /** Files with a recipe, such as one with a loss of your own: a row each, fine-tuned from the table's base where there is one. */
  readonly recipe?: readonly string[] | undefined;
  readonly backend?: string | undefined;
  readonly threads?: number | undefined;
  /** Runs that train side by side, each with one thread unless `threads` says otherwise: 2 use two cores better than one run does. Default 1. */
  readonly runsAtOnce?: number | undefined;
}

/** One run of the training app. */
export interface RowRun {
  /** Its folder, whose name is the model's: "mosaiclip-seed-1". */
  readonly folder: string;
  readonly args: readonly string[];
  /** The folder of the run that it starts from. */
  readonly from?: string;
  /** The flags that its record has to show, as texts. */
  readonly flags: Readonly<Record<string, string>>;
}

/** A table's miniature with a row for every miner and recipe of the user's. @throws BenchError where a row has that name already */
export function withOwnRows(world: WorldCounterpart, { miner = [], recipe = [] }: RowOptions): WorldCounterpart {
  const from = world.rows.some(({ model }) => model === "base") ? { from: "base" } : {};
  const { minerRow } = world;
  if (minerRow === undefined && miner.length > 0) {
    throw new BenchError(`--miner ${miner[0]}: the rows of this table are not trained on negatives of captions`);
  }
  const own: readonly WorldRow[] = [
    ...miner.map((file) => ({ ...nameOf(file), ...minerRow!, miner: file })),
    ...recipe.map((file) => ({ ...nameOf(file), recipe: file, ...from })),
  ];
  const rows: WorldRow[] = [...world.rows];
  for (const row of own) {
    if (rows.some(({ model }) => model === row.model)) {
      throw new BenchError(`${row.miner ?? row.recipe}: the table has a row "${row.model}" already; rename the file`);
    }
    rows.push(row);
  }
  return { ...world, rows };
}

function nameOf(file: string): Pick<WorldRow, "model" | "label"> {
  const name = basename(file, extname(file));
  return { model: name, label: name };
}

/** The runs that fill a miniature, each after the one it starts from. */
export function rowRuns(
  { rows, scale = "world" }: WorldCounterpart,
  folder: string,
  options: RowOptions,
): readonly RowRun[] {
  const { seeds, set: own = [], backend, runsAtOnce = 1, threads = runsAtOnce > 1 ? 1 : undefined } = options;
  const place = (model: string, seed: number) => join(folder, `${model}-seed-${seed}`);
  const engine = [
    ...(backend === undefined ? [] : ["--backend", backend]),
    ...(threads === undefined ? [] : ["--threads", String(threads)]),
    ...(runsAtOnce > 1 ? ["--progress", "lines"] : []),
  ];
  return Array.from({ length: seeds }, (_, seed) =>
    rows.map(({ model, recipe, scale: rowScale = scale, set = {}, from, miner }): RowRun => {
      const flags = { ...textsOf(set), ...parseSettings(own), seed: String(seed) };
      const start = from === undefined ? [] : [`pretrained=${place(from, seed)}`];
      const settings = [...Object.entries(flags).map(([name, value]) => `${name}=${value}`), ...start];
      const out = place(model, seed);
      const args = [
        ...["run", recipe, "--scale", rowScale, ...settings.flatMap((setting) => ["--set", setting])],
        ...(miner === undefined ? [] : ["--miner", miner]),
        ...engine,
        ...["--out", out],
      ];
      return { folder: out, args, flags, ...(from === undefined ? {} : { from: place(from, seed) }) };
    }),
  ).flat();
}

function textsOf(set: NonNullable<WorldRow["set"]>): Record<string, string> {
  return Object.fromEntries(Object.entries(set).map(([name, value]) => [name, String(value)]));
}

function parseSettings(settings: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    settings.map((setting) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(setting) ?? [];
      if (name === undefined) throw new BenchError(`--set ${setting}: expected <flag>=<value>, such as steps=20`);
      return [name, value!];
    }),
  );
}

/**
 * Trains what is not there yet; a run that was stopped goes on. `runsAtOnce` of them side by side, each after the one it starts from.
 * After a failure none is started any more, and those at work are waited for.
 *
 * @throws BenchError when the training app is not installed beside this one, a run fails, or a finished run has other flags.
 */
export async function trainMissing(runs: readonly RowRun[], output: Output, runsAtOnce = 1): Promise<void> {
  const limit = pLimit(runsAtOnce);
  const byFolder = new Map<string, Promise<void>>();
  let failed = false;
  const startOne = async (run: RowRun, place: string): Promise<void> => {
    if (failed) return;
    try {
      await trainOne(run, place, output);
    } catch (error) {
      failed = true;
      throw error;
    }
  };
  for (const [index, run] of runs.entries()) {
    const start = (run.from === undefined ? undefined : byFolder.get(run.from)) ?? Promise.resolve();
    byFolder.set(
      run.folder,
      start.then(() => limit(() => startOne(run, `${index + 1}/${runs.length}`))),
    );
  }
  const ends = await Promise.allSettled(byFolder.values());
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}

async function trainOne(run: RowRun, place: string, output: Output): Promise<void> {
  const { folder, args } = run;
  if (existsSync(join(folder, "run.json"))) return checkFlags(run);
  const all = existsSync(join(folder, "recipe.json")) ? [...args, "--resume"] : args;
  output.print(`[${place}] train ${all.join(" ")}`);
  await runTrainer(all);
}

/** Whether a finished run was trained as the table asks now. */
async function checkFlags({ folder, flags }: RowRun): Promise<void> {
  const path = join(folder, "run.json");
  const record = JSON.parse(await readFile(path, "utf8")) as { readonly flags?: Readonly<Record<string, unknown>> };
  for (const [name, wanted] of Object.entries(flags)) {
    const found = name
      .split(".")
      .reduce<unknown>((value, key) => (value as Record<string, unknown>)?.[key], record.flags);
    if (!["number", "boolean"].includes(typeof found) || String(found) === wanted || found === Number(wanted)) continue;
    throw new BenchError(
      `${path}: was trained with ${name}=${String(found)}, and the table asks for ${name}=${wanted}; ` +
        "remove the folder, or give another one with --results",
    );
  }
}
