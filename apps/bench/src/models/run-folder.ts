import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { type RunRecord, runRecordSchema } from "@tesserae/benchmarks";
import { BenchError } from "../bench-error.js";

/** A folder that holds a checkpoint, and, if a trainer made it, its record. */
export interface RunFolder {
  /** Last part of the folder's name: the model's name in results and tables. */
  readonly name: string;
  readonly folder: string;
  readonly checkpoint: string;
  readonly record: RunRecord | null;
}

/** What shows that a folder is a model's: its configuration. */
const configFiles = ["config.json", "open_clip_config.json"];

/**
 * Finds the run that a folder belongs to: a run's folder, its checkpoint's folder, or the folder of any model.
 *
 * @throws BenchError when there is no model in it.
 */
export async function openRunFolder(path: string): Promise<RunFolder> {
  const given = resolve(path);
  const isModel = (folder: string) => configFiles.some((name) => existsSync(join(folder, name)));
  const checkpoint = isModel(given) ? given : join(given, "checkpoint");
  if (existsSync(join(given, "recipe.json")) && !existsSync(join(given, "run.json"))) {
    throw new BenchError(`--model ${path}: this run is not finished; go on with it first (train run … --resume)`);
  }
  if (!isModel(checkpoint)) {
    throw new BenchError(
      `--model ${path}: holds no model; expected ${configFiles.join(" or ")} with weights and tokenizer in it or in its checkpoint/ ${await contents(given)}`,
    );
  }
  const folder = checkpoint === given && basename(given) === "checkpoint" ? dirname(given) : given;
  return { name: runName(folder), folder, checkpoint, record: await readRunRecord(folder) };
}

/** The name of a run: its folder's, and for one of several seeds ("mosaiclip/seed-1") with the folder above: "mosaiclip-seed-1". */
export function runName(folder: string): string {
  const name = basename(folder);
  return /^seed-\d+$/.test(name) ? `${basename(dirname(folder))}-${name}` : name;
}

/** The `run.json` of a folder, or null where there is none. @throws BenchError when it is not JSON of that form */
export async function readRunRecord(folder: string): Promise<RunRecord | null> {
  const path = join(folder, "run.json");
  if (!existsSync(path)) return null;
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    throw new BenchError(`${path}: not JSON (${(error as Error).message}); train the run again, or remove the file`);
  }
  const parsed = runRecordSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new BenchError(`${path}: ${issue?.path.join(".")}: ${issue?.message}; expected a trainer's record`);
}

/** What a folder holds, for an error. */
async function contents(folder: string): Promise<string> {
  const names = await readdir(folder).catch(() => undefined);
  if (!names) return `(${folder} does not exist either)`;
  return names.length === 0 ? `(${folder} is empty)` : `(${folder} holds ${names.slice(0, 12).join(", ")})`;
}
