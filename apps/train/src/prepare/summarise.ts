import { appendFile, rename, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { TrainError } from "../train-error.js";
import type { MineReport, ParseReport } from "./prepare-jobs.js";
import type { PreparedCounts, PreparedFile } from "./prepared.js";
import type { ShardFiles, Stage, StageReport } from "./shard-files.js";

/** All shards' reports added up. */
export interface PreparedSummary {
  readonly counts: PreparedCounts;
  readonly shards: readonly PreparedFile[];
  /** The first line of the problems, if there are any. */
  readonly first: string | undefined;
}

/** Adds the reports up in the order of the shards, and writes every problem, one a line, into a file. */
export async function summarise(
  files: ShardFiles,
  parsedKeys: readonly string[],
  shardKeys: readonly string[],
  problemsPath: string,
): Promise<PreparedSummary> {
  const total = { records: 0, captions: 0, covered: 0, negatives: 0, skipped: 0, repaired: 0 };
  const kinds: Record<string, number> = {};
  const rejects: Record<string, number> = {};
  const failures: Record<string, number> = {};
  const shards: PreparedFile[] = [];
  let first: string | undefined;
  const partial = `${problemsPath}.partial`;
  await writeFile(partial, "");
  for (const [index, shardKey] of shardKeys.entries()) {
    const parsed = await reportOf<ParseReport>(files, "parsed", index, parsedKeys[index]!);
    const mined = await reportOf<MineReport>(files, "shard", index, shardKey);
    total.records += parsed.records;
    total.skipped += parsed.skipped.length;
    total.repaired += parsed.repaired.length;
    total.captions += mined.captions;
    total.covered += mined.covered;
    total.negatives += mined.negatives;
    add(kinds, mined.kinds);
    add(rejects, mined.rejects);
    add(failures, mined.failures);
    const lines = [
      ...parsed.skipped.map(({ where, what }) => `${where}: ${what}; skipped`),
      ...parsed.repaired.map(({ where, what }) => `${where}: ${what}`),
      ...mined.failed.map(({ where, what }) => `${where}: ${what}`),
    ];
    first ??= lines[0];
    await appendFile(partial, lines.map((line) => `${line}\n`).join(""));
    shards.push({ name: basename(files.path("shard", index)), records: mined.captions, sha256: mined.sha256 });
  }
  await rename(partial, problemsPath);
  const sorted = { kinds: byName(kinds), rejects: byName(rejects), failures: byName(failures) };
  return { counts: { ...total, ...sorted }, shards, first };
}

async function reportOf<R extends StageReport>(
  files: ShardFiles,
  stage: Stage,
  index: number,
  key: string,
): Promise<R> {
  const report = await files.report<R>(stage, index, key);
  if (report) return report;
  throw new TrainError(`${files.path(stage, index)}: changed while it was used; start the same command again`);
}

function add(counts: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(more)) counts[name] = (counts[name] ?? 0) + count;
}

/** In the order of the names, so that the manifest does not depend on which came first. */
function byName(counts: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}
