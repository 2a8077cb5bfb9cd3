import { appendFile, mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomic } from "@tesserae/shared";
import { TrainError } from "../train-error.js";
import { changedKeys } from "./changed-keys.js";
import { lockFolder } from "./lock.js";

/** One line of `metrics.jsonl`. */
export type MetricRecord = { readonly step: number; readonly part?: string } & Readonly<Record<string, unknown>>;

/** What is done with a folder that holds a run already. */
export interface FolderPolicy {
  readonly resume?: boolean;
  readonly overwrite?: boolean;
  /** With `resume`: go on although the run was made of something else; what differs is recorded. */
  readonly allowChanges?: boolean;
}

/**
 * The folder of a run: `recipe.json` (what it is made of, written first), `metrics.jsonl`, a folder for each step, `run.json` (what came
 * of it, written last) and `checkpoint/` (the last model).
 */
export interface RunFolder {
  readonly path: string;
  /** What was allowed to differ from the run that is gone on with. */
  readonly changes: readonly string[];
  metric(record: MetricRecord): Promise<void>;
  /** Drops the records of a part's later steps, which will be made again. */
  rewindMetrics(part: string, step: number): Promise<void>;
  finish(record: object): Promise<void>;
  /** Lets go of the folder. */
  release(): Promise<void>;
}

const madeName = "recipe.json";
const recordName = "run.json";
const metricsName = "metrics.jsonl";
/** What a run writes in its folder, and `overwrite` removes; other files stay. */
const ownName = /^(recipe\.json|run\.json|metrics\.jsonl|metrics\.csv|checkpoint|results|report\.html|\d+-[\w-]+)$/;

/**
 * Opens a run's folder and locks it.
 *
 * @param made what the run is made of, as plain JSON: a resumed run must be made of the same
 * @throws TrainError when it holds a run and nothing is said about that, another process works in it, or the run was made of something else
 */
export async function openRunFolder(path: string, made: object, policy: FolderPolicy): Promise<RunFolder> {
  const found = await stat(path).catch(() => undefined);
  if (found && !found.isDirectory()) {
    throw new TrainError(`--out ${path}: is no folder; give the path of a new folder, or of one that holds a run`);
  }
  await mkdir(path, { recursive: true });
  const release = await lockFolder(path);
  try {
    const names = (await readdir(path)).filter((name) => ownName.test(name));
    const finished = names.includes(recordName);
    if (names.length > 0 && policy.overwrite) {
      for (const name of names) await rm(join(path, name), { recursive: true, force: true });
    } else if (names.length > 0 && !policy.resume) {
      throw new TrainError(
        `${path}: holds a ${finished ? "finished" : "stopped"} run; ${finished ? "" : "--resume goes on with it, "}--overwrite removes it and starts anew, another --out keeps it`,
      );
    }
    if (policy.resume && finished) {
      throw new TrainError(`--resume: ${path} holds a finished run; --overwrite removes it and starts anew`);
    }
    if (policy.resume && !names.includes(madeName)) {
      throw new TrainError(`--resume: ${path} holds no run that was stopped; start it without --resume`);
    }
    const plain = JSON.parse(JSON.stringify(made)) as unknown;
    const changes = policy.resume ? changedKeys(await readJson(join(path, madeName)), plain) : [];
    if (changes.length > 0 && !policy.allowChanges) {
      throw new TrainError(
        `--resume: ${path} was made of something else: ${changes.join(", ")}; set it back, go on all the same with --allow-changes, or start anew with --overwrite`,
      );
    }
    if (!policy.resume || changes.length > 0)
      await writeFileAtomic(join(path, madeName), `${JSON.stringify(plain, null, 2)}\n`);
    return runFolder(path, changes, release);
  } catch (error) {
    await release();
    throw error;
  }
}

function runFolder(path: string, changes: readonly string[], release: () => Promise<void>): RunFolder {
  const metrics = join(path, metricsName);
  return {
    path,
    changes,
    metric: (record) => appendFile(metrics, `${JSON.stringify(record)}\n`),
    rewindMetrics: async (part, step) => {
      const text = await readFile(metrics, "utf8").catch(() => "");
      const kept = text.split("\n").filter((line) => isKept(line, part, step));
      await writeFileAtomic(metrics, kept.map((line) => `${line}\n`).join(""));
    },
    finish: (record) => writeFileAtomic(join(path, recordName), `${JSON.stringify(record, null, 2)}\n`),
    release,
  };
}

/** Whether a line of metrics stays when a part goes on from a step; one that was cut off by a kill does not. */
function isKept(line: string, part: string, step: number): boolean {
  try {
    const record = JSON.parse(line) as MetricRecord;
    return record.part !== part || record.step <= step;
  } catch {
    return false;
  }
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw new TrainError(`${path}: cannot be read (${(cause as Error).message}); start anew with --overwrite`, {
      cause,
    });
  }
}
