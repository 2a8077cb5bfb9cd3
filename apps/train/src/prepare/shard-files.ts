import { createHash } from "node:crypto";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder, writeFileAtomic } from "@tesserae/shared";
import { fileChecksum } from "../run/file-checksums.js";
import type { PreparedFile } from "./prepared.js";

/** Source records of a shard. */
export const recordsPerShard = 1000;

/** A file that an atomic write was cut off in. */
const cutWrite = /^(shard-\d+|parsed-\d+|manifest|problems)\.[\w.]+\.\d+$/;

/** A step of the work on one shard. */
export type Stage = "parsed" | "shard";

/** What is known of a finished stage of a shard: its key says what it was made of. */
export interface StageReport {
  readonly key: string;
  readonly sha256: string;
}

/**
 * The files of a preparation. A stage of a shard is finished when its report stands beside it, and valid when the report
 * bears the key that is expected now and the shard has the report's checksum: a preparation goes on where it was broken off, and does
 * again only what changed, is missing or was cut.
 */
export interface ShardFiles {
  path(stage: Stage, index: number): string;
  /** The report of a stage with that key, or undefined when the stage has to be done. */
  report<R extends StageReport>(stage: Stage, index: number, key: string): Promise<R | undefined>;
  /** Writes a stage, then its report; each whole or not at all. */
  write<R extends StageReport>(stage: Stage, index: number, lines: string, report: Omit<R, "sha256">): Promise<R>;
}

/**
 * @param out folder of the preparation
 * @param finalShards whether shards are what is asked for; otherwise they are working files too
 */
export function shardFiles(out: string, finalShards: boolean): ShardFiles {
  const work = workFolder(out);
  const name = (stage: Stage, index: number) => `${stage}-${String(index).padStart(5, "0")}`;
  const path = (stage: Stage, index: number) =>
    join(stage === "shard" && finalShards ? out : work, `${name(stage, index)}.jsonl`);
  const reportPath = (stage: Stage, index: number) => join(work, `${name(stage, index)}.report.json`);
  return {
    path,
    report: async <R extends StageReport>(stage: Stage, index: number, key: string) => {
      try {
        const report = JSON.parse(await readFile(reportPath(stage, index), "utf8")) as R;
        if (report.key !== key) return undefined;
        const { sha256 } = await fileChecksum(path(stage, index));
        return sha256 === report.sha256 ? report : undefined;
      } catch {
        return undefined;
      }
    },
    write: async <R extends StageReport>(stage: Stage, index: number, lines: string, report: Omit<R, "sha256">) => {
      const complete = { ...report, sha256: sha256(lines) } as R;
      await rm(reportPath(stage, index), { force: true });
      await writeFileAtomic(path(stage, index), lines);
      await writeFileAtomic(reportPath(stage, index), JSON.stringify(complete));
      return complete;
    },
  };
}

/** Where a preparation keeps what it needs to go on after a break; removed at the end. */
export function workFolder(out: string): string {
  return join(out, "work");
}

/** Makes the folders, and removes files that a killed run had begun to write. */
export async function openOut(out: string): Promise<void> {
  await makeFolder(workFolder(out));
  for (const folder of [out, workFolder(out)]) {
    for (const name of await readdir(folder)) if (cutWrite.test(name)) await rm(join(folder, name));
  }
}

/** Removes the working files, and shards beyond the last one, left by a longer file of captions. */
export async function closeOut(out: string, kept: readonly PreparedFile[]): Promise<void> {
  await rm(workFolder(out), { recursive: true, force: true });
  for (const name of await readdir(out)) {
    if (/^shard-\d+\.jsonl$/.test(name) && !kept.some((file) => file.name === name)) await rm(join(out, name));
  }
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
