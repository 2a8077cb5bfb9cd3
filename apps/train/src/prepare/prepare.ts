import { readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { captionFile, streamCaptions } from "@tesserae/data";
import type { Progress } from "@tesserae/shared";
import { versions, writeFileAtomic } from "@tesserae/shared";
import { appFolder } from "../app-folder.js";
import { loadMiner } from "../recipe/load-miner.js";
import { TrainError } from "../train-error.js";
import { changedFiles } from "./changed-files.js";
import { createCounter } from "./counter.js";
import { createJobPool, type JobPool } from "./job-pool.js";
import { writeNegclipTsv } from "./negclip-tsv.js";
import type { MineJob, MineReport, ParseJob, ParseReport } from "./prepare-jobs.js";
import { manifestName, type PreparedFile, type PreparedManifest } from "./prepared.js";
import { readKeys, type SourceKeys, shardsOf } from "./read-shards.js";
import { closeOut, openOut, recordsPerShard, type ShardFiles, sha256, shardFiles, workFolder } from "./shard-files.js";
import { summarise } from "./summarise.js";
import { createVocabularyCounts } from "./vocabulary-counts.js";

/** What `prepare` is asked for. */
export interface PrepareOptions {
  /** A file of captions (.txt, .jsonl, .tsv, .json, .parquet, .tar) or a folder with `annotations.jsonl`. */
  readonly captions: string;
  /** Folder that receives the shards, `problems.txt` and `manifest.json`. */
  readonly out: string;
  /** A built-in miner, a package or a file. */
  readonly miner: string;
  readonly seed: number;
  readonly workers: number;
  /** Shards of JSON lines, or one table that NegCLIP's loader reads. */
  readonly format: PreparedManifest["format"];
  /** Stop at the first record that cannot be used as it is, and at the first failure of the miner. */
  readonly strict?: boolean;
  /** Seconds that one caption may take. */
  readonly timeLimit: number;
  readonly progress: Progress;
}

/** Name of the file that lists every record left out or changed, and where the miner failed. */
export const problemsName = "problems.txt";

/**
 * Parses, decomposes and mines a file of captions into a folder, in shards, on worker threads. Memory does not grow with
 * the file. A preparation that was broken off, however, goes on when it is called again; its files are the same bytes as
 * those of one that was not, for any number of workers.
 * @throws TrainError when the miner is unknown or fails at every caption, no caption can be used, `out` holds another
 * finished preparation, or `strict` meets a problem; DataError when the file cannot be read
 */
export async function prepare(options: PrepareOptions): Promise<PreparedManifest> {
  const { out, progress, format, seed, strict = false } = options;
  const source = await captionFile(options.captions);
  const { name, version } = await loadMiner(options.miner, { objects: [], attributes: [], relations: [] });
  const keys = await readKeys(streamCaptions(source), createCounter(progress, "read"), strict);
  const identity = {
    format,
    source: basename(source),
    seed,
    miner: { name, version },
    version: versions(appFolder).tesserae!,
    sourceSha256: sha256(keys.shards.join()),
  };
  const finished = await finishedManifest(out, identity, progress);
  if (finished) {
    await closeOut(out, finished.files); // a kill may have come before that
    return finished;
  }

  await openOut(out);
  const files = shardFiles(out, format === "jsonl");
  const vocabulary = join(workFolder(out), "vocabulary.json");
  const pool = createJobPool({
    out,
    finalShards: format === "jsonl",
    miner: options.miner,
    seed,
    vocabulary,
    workers: options.workers,
    timeLimit: options.timeLimit,
  });
  const run: Run = { files, pool, progress, keys, strict, workers: options.workers };
  let shardKeys: readonly string[];
  try {
    const counts = await parseAll(run, source, identity.version);
    const words = JSON.stringify(counts.vocabulary());
    await writeFileAtomic(vocabulary, words);
    const rest = [sha256(words), seed, options.miner, name, version];
    shardKeys = parsedKeys(run, identity.version).map((key) => sha256(JSON.stringify([key, ...rest])));
    await mineAll(run, shardKeys);
  } finally {
    await pool.close();
    progress.stop();
  }

  const summary = await summarise(files, parsedKeys(run, identity.version), shardKeys, join(out, problemsName));
  if (summary.counts.captions === 0) {
    throw new TrainError(
      `${source}: no caption that can be used (${summary.counts.skipped} skipped); the first: ${summary.first}`,
    );
  }
  const written: readonly PreparedFile[] =
    format === "jsonl" ? summary.shards : [await writeNegclipTsv(out, files, shardKeys.length, seed)];
  const manifest: PreparedManifest = {
    ...identity,
    counts: summary.counts,
    files: written,
    sha256: sha256(written.map((file) => file.sha256).join()),
  };
  await writeFileAtomic(join(out, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
  await closeOut(out, written);
  return manifest;
}

interface Run {
  readonly files: ShardFiles;
  readonly pool: JobPool;
  readonly progress: Progress;
  readonly keys: SourceKeys;
  readonly strict: boolean;
  readonly workers: number;
}

const parsedKeys = ({ keys }: Run, version: string): readonly string[] =>
  keys.shards.map((key) => sha256(JSON.stringify([version, key])));

/** The first stage: graphs, and the vocabulary of all of them. */
async function parseAll(run: Run, source: string, version: string) {
  const { files, pool, progress, keys, strict } = run;
  const counter = createCounter(progress, "parse", keys.records);
  const counts = createVocabularyCounts();
  const expected = parsedKeys(run, version);
  async function* jobs() {
    let index = 0;
    for await (const records of shardsOf(streamCaptions(source))) {
      const job: ParseJob = { stage: "parsed", index, key: expected[index]!, records };
      index++;
      yield job;
    }
  }
  await eachShard(jobs(), run.workers, async (job) => {
    const known = await files.report<ParseReport>("parsed", job.index, job.key);
    const report = known ?? (await pool.run(job));
    const [incident] = [...report.skipped, ...report.repaired];
    if (strict && incident) {
      throw new TrainError(`${incident.where}: ${incident.what}; mend it, or leave out --strict to go on and count it`);
    }
    counts.add(report.vocabulary);
    counter.add(report.records, known !== undefined);
  });
  return counts;
}

/** The second stage: sub-graphs and negatives. */
async function mineAll({ files, pool, progress, keys, strict, workers }: Run, shardKeys: readonly string[]) {
  const counter = createCounter(progress, "mine", keys.records);
  let anyDone = false;
  await eachShard(shardKeys.entries(), workers, async ([index, key]) => {
    const records = Math.min(recordsPerShard, keys.records - index * recordsPerShard);
    const job: MineJob = { stage: "shard", index, key, records };
    const known = await files.report<MineReport>("shard", index, key);
    const report = known ?? (await pool.run(job));
    const [incident] = report.failed;
    if (strict && incident) {
      throw new TrainError(`${incident.where}: ${incident.what}; mend it, or leave out --strict to go on and count it`);
    }
    anyDone ||= report.lost < report.captions;
    if (!anyDone && incident) {
      throw new TrainError(
        `the miner failed at all of the first ${report.captions} captions; ${incident.where}: ${incident.what}`,
      );
    }
    counter.add(report.records, known !== undefined);
  });
}

/** Works on several shards at a time, and takes no further ones before one of them is done: memory stays flat. */
async function eachShard<T>(
  items: AsyncIterable<T> | Iterable<T>,
  workers: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const pending = new Set<Promise<void>>();
  for await (const item of items) {
    const task = work(item).finally(() => pending.delete(task));
    task.catch(() => {}); // seen below; until then it must not count as unhandled
    pending.add(task);
    if (pending.size >= 2 * workers) await Promise.race(pending);
  }
  await Promise.all(pending);
}

/**
 * The manifest of a preparation that is complete. One whose files are gone or changed is removed, so that they are
 * made again.
 *
 * @throws TrainError when it is one of something else
 */
async function finishedManifest(
  out: string,
  identity: Partial<PreparedManifest>,
  progress: Progress,
): Promise<PreparedManifest | undefined> {
  const text = await readFile(join(out, manifestName), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const manifest = JSON.parse(text) as PreparedManifest;
  const changed = (Object.keys(identity) as (keyof PreparedManifest)[]).filter(
    (key) => JSON.stringify(manifest[key]) !== JSON.stringify(identity[key]),
  );
  if (changed.length === 0) {
    const broken = await changedFiles(out, manifest);
    if (broken.length === 0) return manifest;
    progress.note(`${out}: ${broken.join(", ")} missing or not as written; prepared again`);
    await rm(join(out, manifestName));
    return undefined;
  }
  const differences = changed.map(
    (key) => `${key} ${JSON.stringify(manifest[key])}, not ${JSON.stringify(identity[key])}`,
  );
  throw new TrainError(
    `${out}: holds a finished preparation of something else (${differences.join("; ")}); give another --out, or delete it`,
  );
}
