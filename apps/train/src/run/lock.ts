import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { TrainError } from "../train-error.js";
import { processIdentity } from "./process-identity.js";

const lockName = ".lock";

/** Who works in a folder. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Tells the process from a later one of the same number, where the system says so. */
  readonly identity?: string;
  readonly since: string;
}

/** Lock files that this process holds. */
const held = new Set<string>();

/**
 * Makes a folder this process's own, so that two runs never write into one. The lock of a process that has ended is taken over; no clock
 * is asked for that. The lock appears with its content, and is taken away under a name of its own, so that of several processes that
 * come at once exactly one wins.
 *
 * @returns gives the folder free again
 * @throws TrainError naming the process that works in it
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, lockName);
  const own: Holder = {
    pid: process.pid,
    host: hostname(),
    ...(await processIdentity(process.pid)),
    since: new Date().toISOString(),
  };
  for (let attempt = 0; attempt < 3; attempt++) {
    if (await create(path, JSON.stringify(own))) {
      const key = `${path} ${own.since}`;
      held.add(key);
      return async () => {
        held.delete(key);
        await rm(path, { force: true });
      };
    }
    const found = await readFile(path, "utf8").catch(() => undefined);
    if (found === undefined) continue; // given free in between
    const holder = parseHolder(found);
    if (holder !== undefined && (await isAlive(holder, path))) throw isTaken(folder, holder);
    await takeAway(path, found);
  }
  throw new TrainError(`${folder}: another run began in it at the same time; give another --out`);
}

function isTaken(folder: string, { pid, host, since }: Holder): TrainError {
  return new TrainError(
    `${folder}: process ${pid} on ${host} has been working in it since ${since}; wait for it, or give another --out` +
      (host === hostname() ? "" : ` (if that process has ended, remove ${join(folder, lockName)})`),
  );
}

/** Makes the lock with its content, or not at all. @returns whether it was not there before */
async function create(path: string, content: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, content);
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "ENOSYS") throw error;
    return await createWithoutLinks(path, content); // a disk that has no links
  } finally {
    await rm(draft, { force: true });
  }
}

async function createWithoutLinks(path: string, content: string): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Removes a dead lock; one that another process has put in its place meanwhile is put back. */
async function takeAway(path: string, dead: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  const moved = await rename(path, aside).then(
    () => true,
    () => false,
  );
  if (!moved) return;
  if ((await readFile(aside, "utf8")) !== dead) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
}

/** Undefined for what a power cut left of a lock. */
function parseHolder(text: string): Holder | undefined {
  try {
    const holder = JSON.parse(text) as Partial<Holder> | null;
    return typeof holder?.pid === "number" && typeof holder.host === "string" ? (holder as Holder) : undefined;
  } catch {
    return undefined;
  }
}

/** Of a process on another machine nothing is known, so it counts as alive. */
async function isAlive({ pid, host, identity, since }: Holder, path: string): Promise<boolean> {
  if (host !== hostname()) return true;
  if (pid === process.pid) return held.has(`${path} ${since}`); // else an earlier process of the same number
  const now = await processIdentity(pid);
  if (identity !== undefined && now.identity !== undefined) return identity === now.identity;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
