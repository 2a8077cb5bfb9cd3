import { open, readFile, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { TrainError } from "../train-error.js";

const lockName = ".lock";

/**
 * Makes a folder this process's own, so that two runs never write into one. The lock of a process that has ended is taken over.
 *
 * @returns gives the folder free again
 * @throws TrainError naming the process that works in it
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, lockName);
  const own = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = await open(path, "wx");
      await file.writeFile(JSON.stringify(own));
      await file.close();
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = await readLock(path);
    if (holder !== undefined && isAlive(holder)) {
      throw new TrainError(
        `${folder}: process ${holder.pid} on ${holder.host} has been working in it since ${holder.since}; wait for it, or give another --out`,
      );
    }
    await rm(path, { force: true });
  }
  throw new TrainError(`${folder}: another run began in it at the same time; give another --out`);
}

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
}

async function readLock(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Holder;
  } catch {
    return undefined; // gone, or cut off by a kill
  }
}

/** Of a process on another machine nothing is known, so it counts as alive. */
function isAlive({ pid, host }: Holder): boolean {
  if (host !== hostname()) return true;
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
