import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { appFolder } from "../app-folder.js";
import { TrainError } from "../train-error.js";
import type { MineJob, MineReport, ParseJob, ParseReport, PrepareJob } from "./prepare-jobs.js";

/** What every thread is started with. */
export interface WorkerSetup {
  /** The thread writes here which item of its job it is at, counted from 1. */
  readonly beat: Int32Array;
  readonly out: string;
  readonly finalShards: boolean;
  readonly miner: string;
  readonly seed: number;
  /** Path of the vocabulary; it is read with the first job that mines. */
  readonly vocabulary: string;
}

/** A job, and the items of it that earlier attempts did not get past, with why. */
export interface JobMessage {
  readonly job: PrepareJob;
  readonly skip: readonly (readonly [item: number, why: string])[];
}

export type JobAnswer = { readonly report: ParseReport | MineReport } | { readonly error: string };

/** Threads that parse and mine shards. */
export interface JobPool {
  /** Does a job in the next free thread. Jobs beyond the number of threads wait for one. */
  run(job: ParseJob): Promise<ParseReport>;
  run(job: MineJob): Promise<MineReport>;
  close(): Promise<void>;
}

export interface JobPoolOptions extends Omit<WorkerSetup, "beat"> {
  readonly workers: number;
  /** Seconds that one caption may take. */
  readonly timeLimit: number;
}

/** Captions that may run into the time limit, or end their thread, before the miner is given up. */
const toleratedStalls = 3;

/**
 * A thread that stays at one caption for longer than the time limit, or ends, is replaced, and its job done again without
 * that caption. Synchronous code that never returns can be stopped in no other way.
 * @throws TrainError from `run` when this happened too often, or a job cannot be done
 */
export function createJobPool({ workers, timeLimit, ...setup }: JobPoolOptions): JobPool {
  let stalls = 0;
  let closed = false;
  const idle: Thread[] = [];
  const waiting: ((thread: Thread) => void)[] = [];
  const threads = new Set<Thread>();
  const start = (): Thread => {
    const thread = createThread(setup);
    threads.add(thread);
    return thread;
  };
  const release = (thread: Thread): void => {
    const next = waiting.shift();
    if (next) next(thread);
    else idle.push(thread);
  };
  const acquire = async (): Promise<Thread> => {
    const thread = idle.pop() ?? (threads.size < workers ? start() : undefined);
    return thread ?? new Promise((resolve) => waiting.push(resolve));
  };

  const run = async (job: PrepareJob): Promise<ParseReport | MineReport> => {
    const skip: [number, string][] = [];
    let thread = await acquire();
    for (;;) {
      const outcome = await thread.attempt({ job, skip }, timeLimit);
      if ("report" in outcome) {
        release(thread);
        return outcome.report;
      }
      if ("error" in outcome) {
        release(thread);
        throw new TrainError(outcome.error);
      }
      threads.delete(thread);
      if (closed) throw new TrainError("broken off");
      skip.push([outcome.stalledAt, outcome.why]);
      thread = start();
      if (++stalls > toleratedStalls || outcome.stalledAt < 0) {
        release(thread);
        throw new TrainError(
          `the miner ${outcome.why} (${stalls} times by now); mend it or raise --time-limit, and start the same command again: what was done before is kept`,
        );
      }
    }
  };

  return {
    run: run as JobPool["run"],
    close: async () => {
      closed = true;
      await Promise.all([...threads].map((thread) => thread.end()));
    },
  };
}

type Outcome = JobAnswer | { readonly stalledAt: number; readonly why: string };

interface Thread {
  attempt(message: JobMessage, timeLimit: number): Promise<Outcome>;
  end(): Promise<unknown>;
}

/** Seconds that a thread may take to load the miner and read its shard. */
const startLimit = 120;

/** Milliseconds between two looks at a thread. */
const tick = 100;

function createThread(setup: Omit<WorkerSetup, "beat">): Thread {
  const beat = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(workerFile(), { workerData: { ...setup, beat } satisfies WorkerSetup });
  // Without a listener an error would end the process; "exit" follows every error and is handled where a job waits.
  worker.on("error", () => {});
  return {
    attempt: (message, timeLimit) =>
      new Promise((resolve) => {
        let last = 0;
        let stillTicks = 0;
        Atomics.store(beat, 0, 0);
        const finish = (outcome: Outcome): void => {
          clearInterval(timer);
          worker.off("message", onMessage);
          worker.off("exit", onExit);
          resolve(outcome);
        };
        const onMessage = (answer: JobAnswer) => finish(answer);
        const onExit = () => finish({ stalledAt: Atomics.load(beat, 0) - 1, why: "ended its thread" });
        // Counted in ticks, not by the clock: where the machine gives this process no time, the miner gets none either.
        const timer = setInterval(() => {
          const item = Atomics.load(beat, 0);
          stillTicks = item === last ? stillTicks + 1 : 0;
          last = item;
          const limit = item === 0 ? Math.max(timeLimit, startLimit) : timeLimit;
          if (stillTicks * tick <= 1000 * limit) return;
          clearInterval(timer);
          worker.off("exit", onExit);
          const why = item === 0 ? `was not loaded within ${limit} s` : `did not return within ${limit} s`;
          void worker.terminate().then(() => finish({ stalledAt: item - 1, why }));
        }, tick);
        worker.on("message", onMessage);
        worker.on("exit", onExit);
        worker.postMessage(message);
      }),
    end: () => worker.terminate(),
  };
}

function workerFile(): URL {
  const file = new URL("dist/prepare-worker.js", appFolder);
  if (!existsSync(fileURLToPath(file))) {
    throw new TrainError(`prepare: ${fileURLToPath(file)}, the file of its threads, is missing; run pnpm build`);
  }
  return file;
}
