import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { z } from "zod";
import { BenchError } from "./bench-error.js";

/** What this app reads of a `run.json`; the trainer writes more. */
const runRecordSchema = z.looseObject({
  name: z.string().optional(),
  method: z.string().optional(),
  miner: z.object({ name: z.string(), version: z.string() }).nullable().optional(),
});

export type RunRecord = z.infer<typeof runRecordSchema>;

/** A folder that holds a checkpoint, and, if a trainer made it, its record. */
export interface RunFolder {
  /** Last part of the folder's name: the model's name in results and tables. */
  readonly name: string;
  readonly folder: string;
  readonly checkpoint: string;
  readonly record: RunRecord | null;
}

/**
 * Finds the run that a path belongs to: a run's folder, or its checkpoint's folder.
 *
 * @throws BenchError when there is no checkpoint at the path.
 */
export async function openRunFolder(path: string): Promise<RunFolder> {
  const given = resolve(path);
  const isFolder = await stat(given).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  if (!isFolder) {
    throw new BenchError(
      `--model ${path}: no such folder; expected a run's folder or its checkpoint/ ${await contents(dirname(given))}`,
    );
  }
  const isCheckpoint = existsSync(join(given, "model.safetensors"));
  const checkpoint = isCheckpoint ? given : join(given, "checkpoint");
  if (!existsSync(join(checkpoint, "model.safetensors"))) {
    throw new BenchError(
      `--model ${path}: holds no checkpoint; expected model.safetensors, config.json and tokenizer.json in it or in its checkpoint/ ${await contents(given)}`,
    );
  }
  const folder = isCheckpoint && basename(given) === "checkpoint" ? dirname(given) : given;
  return { name: basename(folder), folder, checkpoint, record: await readRunRecord(folder) };
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
  if (!parsed.success)
    throw new BenchError(
      `${path}: ${z.prettifyError(parsed.error).replaceAll(/\s+/g, " ")}; expected a trainer's record`,
    );
  return parsed.data;
}

/** What a folder holds, for an error. */
async function contents(folder: string): Promise<string> {
  const names = await readdir(folder).catch(() => undefined);
  if (!names) return `(${folder} does not exist either)`;
  return names.length === 0 ? `(${folder} is empty)` : `(${folder} holds ${names.slice(0, 12).join(", ")})`;
}
