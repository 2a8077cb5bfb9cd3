import { readFile } from "node:fs/promises";
import { parentPort, workerData } from "node:worker_threads";
import type { NegativeMiner, Vocabulary } from "@tesserae/negatives";
import { parse } from "@tesserae/scene-graph";
import { loadMiner } from "../recipe/load-miner.js";
import type { JobAnswer, JobMessage, WorkerSetup } from "./job-pool.js";
import { mineShard, parseShard } from "./prepare-jobs.js";
import { shardFiles } from "./shard-files.js";

/** A thread of `prepare`: parses or mines the shard that it is told, writes it, and answers with its report. */
const { out, finalShards, miner: reference, seed, vocabulary } = workerData as WorkerSetup;
const files = shardFiles(out, finalShards);
let miner: NegativeMiner | undefined;

async function answer({ job, skip, beat }: JobMessage): Promise<JobAnswer> {
  const watch = { begin: (item: number) => void Atomics.store(beat, 0, item + 1), skip: new Map(skip) };
  try {
    if (job.stage === "parsed") {
      parse("a dog"); // the parser builds its tables at the first caption; that time is nobody's fault
      return { report: await parseShard(job, files, watch) };
    }
    miner ??= await loadMiner(reference, JSON.parse(await readFile(vocabulary, "utf8")) as Vocabulary);
    return { report: await mineShard(job, files, { miner, seed }, watch) };
  } catch (error) {
    return { error: String((error as Error | undefined)?.message ?? error) };
  }
}

parentPort!.on("message", async (message: JobMessage) => parentPort!.postMessage(await answer(message)));
