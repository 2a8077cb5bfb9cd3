import { appendFile, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder, syncFolder, writeFileAtomic } from "@tesserae/shared";
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
  /** Drops the records of a part that will be made again: those of later steps, and validations of this one. */
  rewindMetrics(part: string, step: number): Promise<void>;
  /**
   * Adds something to what the run is made of that is known only now, such as the revision of its data.
   *
   * @throws TrainError when the run that is gone on with was made of something else there, and changes are not allowed
   */
  confirm(key: string, value: unknown): Promise<void>;
  finish(record: object): Promise<void>;
  /** Lets go of the folder. */
  release(): Promise<void>;
}

/** Name of a step's folder. @param index its place in the recipe, from 0 */
export const stepFolder = (index: number, name: string): string => `${index + 1}-${name}`;

const madeName = "recipe.json";
const recordName = "run.json";
const metricsName = "metrics.jsonl";
/** Where {@link RunFolder.confirm} keeps what it was told, in the file of what the run is made of. */
const confirmedName = "confirmed";
/** Where what the run is made of says its paths: they are told, and not compared, since a folder may be moved. */
export const placesName = "places";
/** Files on their way into their places, which only a kill leaves behind. */
const draftName = /^(recipe\.json|run\.json|metrics\.jsonl|report\.html)\.\d+$|^\.lock\.[\w-]+$/;
/** What every run has in its folder, and `overwrite` removes with the folders of its steps; other files stay. */
const ownName = /^(recipe\.json|run\.json|metrics\.jsonl|metrics\.csv|checkpoint|results|report\.html)$/;
/** Folders of steps, where it is not known any more which steps a run had. */
const anyStep = /^\d{1,2}-[\w-]+$/;

/**
 * Opens a run's folder and locks it.
 *
 * @param made what the run is made of, as plain JSON: a resumed run must be made of the same
 * @throws TrainError when it holds a run and nothing is said about that, another process works in it, or the run was made of something else
 */
export async function openRunFolder(path: string, made: object, policy: FolderPolicy): Promise<RunFolder> {
  if (policy.resume && policy.overwrite) {
    throw new TrainError("--resume goes on with a run and --overwrite removes it: give one of them");
  }
  const found = await stat(path).catch(() => undefined);
  if (found && !found.isDirectory()) {
    throw new TrainError(`--out ${path}: is no folder; give the path of a new folder, or of one that holds a run`);
  }
  await makeFolder(path);
  const release = await lockFolder(path);
  try {
    await removeDrafts(path);
    const names = await namesOfRun(path, made);
    const finished = names.includes(recordName);
    if (names.length > 0 && !names.includes(madeName)) {
      throw new TrainError(
        `${path}: holds ${names.join(", ")} but no ${madeName}, so it is no run that could be gone on with or removed; give another --out, or remove that yourself`,
      );
    }
    if (names.length > 0 && policy.overwrite) {
      await removeRun(path, names);
    } else if (names.length > 0 && !policy.resume) {
      throw new TrainError(
        `${path}: holds a ${finished ? "finished" : "stopped"} run; ${finished ? "" : "--resume goes on with it, "}--overwrite removes it and starts anew, another --out keeps it`,
      );
    }
    if (policy.resume && finished) {
      throw new TrainError(`--resume: ${path} holds a finished run; --overwrite removes it and starts anew`);
    }
    if (policy.resume && names.length === 0) {
      throw new TrainError(`--resume: ${path} holds no run that was stopped; start it without --resume`);
    }
    return await openMade(path, made, policy, release);
  } catch (error) {
    await release();
    throw error;
  }
}

/** Compares what the run is made of with what it was made of, and writes it down. */
async function openMade(
  path: string,
  made: object,
  policy: FolderPolicy,
  release: () => Promise<void>,
): Promise<RunFolder> {
  const { [confirmedName]: saved = {}, ...before } = policy.resume ? await readMade(join(path, madeName)) : {};
  const plain = JSON.parse(JSON.stringify(made)) as Readonly<Record<string, unknown>>;
  let confirmed = saved as Readonly<Record<string, unknown>>;
  const changes: string[] = [];
  const allow = (changed: readonly string[]): void => {
    if (changed.length > 0 && !policy.allowChanges) {
      throw new TrainError(
        `--resume: ${path} was made of something else: ${changed.join(", ")}; set it back, go on all the same with --allow-changes, or start anew with --overwrite`,
      );
    }
    changes.push(...changed);
  };
  const write = () =>
    writeFileAtomic(join(path, madeName), `${JSON.stringify({ ...plain, [confirmedName]: confirmed }, null, 2)}\n`);
  if (policy.resume) allow(changedKeys({ ...before, [placesName]: plain[placesName] }, plain));
  if (!policy.resume || changes.length > 0) await write();
  const metrics = join(path, metricsName);
  return {
    path,
    changes,
    metric: (record) => appendFile(metrics, `${JSON.stringify(record)}\n`, { flush: true }),
    rewindMetrics: async (part, step) => {
      const text = await readFile(metrics, "utf8").catch(() => "");
      const kept = text.split("\n").filter((line) => isKept(line, part, step));
      await writeFileAtomic(metrics, kept.map((line) => `${line}\n`).join(""));
    },
    confirm: async (key, value) => {
      const now = JSON.parse(JSON.stringify(value)) as unknown;
      const known = Object.hasOwn(confirmed, key);
      const changed = known ? changedKeys(confirmed[key], now, key) : [];
      allow(changed);
      if (known && changed.length === 0) return;
      confirmed = { ...confirmed, [key]: now };
      await write();
    },
    finish: (record) => writeFileAtomic(join(path, recordName), `${JSON.stringify(record, null, 2)}\n`),
    release,
  };
}

/**
 * What is in a folder of the run that it holds, or of one that is made as told. A folder of the user's own that is only named alike, such
 * as `2024-photos`, is not among it.
 */
async function namesOfRun(path: string, made: object): Promise<readonly string[]> {
  const names = await readdir(path);
  const before = names.includes(madeName) ? await readMade(join(path, madeName)).catch(() => undefined) : {};
  const steps = before === undefined ? undefined : [...stepFolders(before), ...stepFolders(made)];
  return names.filter((name) => ownName.test(name) || (steps?.includes(name) ?? anyStep.test(name)));
}

function stepFolders({ parts = [] }: { readonly parts?: readonly { readonly name: string }[] }): string[] {
  return parts.map(({ name }, index) => stepFolder(index, name));
}

/** Removes a run: first what says that it is finished and what shows its model, last what says what it was made of. */
async function removeRun(path: string, names: readonly string[]): Promise<void> {
  const first = [recordName, "checkpoint", "results"];
  const rest = names.filter((name) => !first.includes(name) && name !== madeName);
  for (const name of [...first, ...rest, madeName]) await rm(join(path, name), { recursive: true, force: true });
  await syncFolder(path);
}

/** Removes what a kill left of files that were being written. */
async function removeDrafts(path: string): Promise<void> {
  for (const name of await readdir(path)) if (draftName.test(name)) await rm(join(path, name), { force: true });
}

/** Whether a line of metrics stays when a part goes on from a step; one that was cut off by a kill does not. */
function isKept(line: string, part: string, step: number): boolean {
  try {
    const record = JSON.parse(line) as MetricRecord;
    if (record.part !== part || record.step < step) return true;
    return record.step === step && step > 0 && record.validation === undefined;
  } catch {
    return false;
  }
}

async function readMade(path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Readonly<Record<string, unknown>>;
  } catch (cause) {
    throw new TrainError(`${path}: cannot be read (${(cause as Error).message}); start anew with --overwrite`, {
      cause,
    });
  }
}
