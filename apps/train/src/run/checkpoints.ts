import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder, syncFolder, writeFileAtomic } from "@tesserae/shared";
import { TrainError } from "../train-error.js";
import { difference, type FileChecksum, folderChecksums, syncFiles } from "./file-checksums.js";

const manifestName = "manifest.json";
const bestName = "best.json";
/** What a kill in the middle of a save leaves. */
const leftover = /^partial-|^best\.json\.\d+$/;

/** A complete checkpoint. */
export interface Checkpoint {
  readonly step: number;
  readonly folder: string;
}

/** The validation that the best checkpoint is chosen by. */
export interface Measure {
  readonly name: string;
  readonly value: number;
}

/** Numbered checkpoints of one training, each complete or not there. */
export interface Checkpoints {
  /**
   * Has a checkpoint written: to a folder beside its place, synced, listed with checksums, then renamed into place. Earlier ones
   * go only after that: the newest `keep` and the best stay.
   */
  save(step: number, write: (folder: string) => Promise<void>): Promise<Checkpoint>;
  /** Notes a checkpoint's validation; the best one is kept. Higher is better. */
  rate(step: number, measure: Measure): Promise<void>;
  /** The newest one that is complete and undamaged. @param tell is told of damaged ones */
  newest(tell: (line: string) => void): Promise<Checkpoint | undefined>;
}

interface Manifest {
  readonly step: number;
  readonly files: Readonly<Record<string, FileChecksum>>;
}

interface Best extends Measure {
  readonly step: number;
}

/**
 * The checkpoints in a folder. What an interrupted save left behind is removed.
 *
 * @param keep how many of the newest stay
 */
export async function openCheckpoints(folder: string, keep: number): Promise<Checkpoints> {
  await makeFolder(folder);
  const place = (step: number) => join(folder, String(step).padStart(8, "0"));
  const steps = async () =>
    (await readdir(folder))
      .filter((name) => /^\d{8,}$/.test(name))
      .map(Number)
      .sort((a, b) => b - a);
  for (const name of await readdir(folder)) {
    if (leftover.test(name)) await rm(join(folder, name), { recursive: true, force: true });
  }

  const prune = async (): Promise<void> => {
    const best = await readBest(folder);
    const [...all] = await steps();
    for (const step of all.slice(keep)) {
      if (step !== best?.step) await rm(place(step), { recursive: true, force: true });
    }
  };

  return {
    save: async (step, write) => {
      if ((await whatIsWrong(place(step))) === undefined) return { step, folder: place(step) }; // saved already
      const partial = join(folder, `partial-${step}`);
      try {
        await rm(partial, { recursive: true, force: true });
        await mkdir(partial);
        await write(partial);
        await syncFiles(partial);
        const manifest: Manifest = { step, files: await folderChecksums(partial) };
        await writeFileAtomic(join(partial, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
        await rm(place(step), { recursive: true, force: true });
        await rename(partial, place(step));
        await syncFolder(folder);
      } catch (error) {
        await rm(partial, { recursive: true, force: true }).catch(() => {}); // gives its room free
        throw notSaved(step, folder, error);
      }
      await prune();
      return { step, folder: place(step) };
    },
    rate: async (step, measure) => {
      const best = await readBest(folder);
      if (best !== undefined && best.step !== step && best.value >= measure.value) return;
      await writeFileAtomic(join(folder, bestName), `${JSON.stringify({ step, ...measure })}\n`);
      await prune();
    },
    newest: async (tell) => {
      for (const step of await steps()) {
        const wrong = await whatIsWrong(place(step));
        if (wrong === undefined) return { step, folder: place(step) };
        tell(`checkpoint ${place(step)} is left out: ${wrong}`);
      }
      return undefined;
    },
  };
}

/** What the system says of a full disk or a file that may not be written, with the place: it names none where a file is open already. */
function notSaved(step: number, folder: string, error: unknown): unknown {
  if (!(error instanceof Error) || !("syscall" in error)) return error;
  return new TrainError(
    `step ${step} could not be saved in ${folder}: ${error.message}; earlier checkpoints are kept, and --resume goes on once that is mended`,
    { cause: error },
  );
}

async function whatIsWrong(folder: string): Promise<string | undefined> {
  let manifest: Manifest;
  try {
    manifest = JSON.parse(await readFile(join(folder, manifestName), "utf8")) as Manifest;
  } catch (error) {
    return `its ${manifestName} cannot be read (${(error as Error).message})`;
  }
  return difference(folder, manifest.files, true);
}

async function readBest(folder: string): Promise<Best | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, bestName), "utf8")) as Best;
  } catch {
    return undefined;
  }
}

/** Refuses numbers that would make a checkpoint useless, so that it never takes the place of a good one. @throws TrainError naming the first */
export function assertFinite(tensors: Iterable<readonly [string, ArrayLike<number>]>): void {
  for (const [name, values] of tensors) {
    for (let i = 0; i < values.length; i++) {
      if (Number.isFinite(values[i])) continue;
      throw new TrainError(
        `${name} holds ${values[i]}: this checkpoint is not saved, the earlier ones are kept; lower lr, raise warmup or set gradClipNorm`,
      );
    }
  }
}
