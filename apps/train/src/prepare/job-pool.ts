import { createThreadPool, ThreadEnded, type Watch } from "../threads/thread-pool.js";
import { TrainError } from "../train-error.js";
import type { MineJob, MineReport, ParseJob, ParseReport, PrepareJob } from "./prepare-jobs.js";

/** What every thread is started with. */
export interface WorkerSetup {
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
  /** The thread writes here which item of its job it is at, counted from 1. */
  readonly beat: Int32Array;
}

export type JobAnswer = { readonly report: ParseReport | MineReport } | { readonly error: string };

/** Threads that parse and mine shards. */
export interface JobPool {
  /** Does a job in the next free thread. Jobs beyond the number of threads wait for one. */
  run(job: ParseJob): Promise<ParseReport>;
  run(job: MineJob): Promise<MineReport>;
  close(): Promise<void>;
}

export interface JobPoolOptions extends WorkerSetup {
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
  const pool = createThreadPool<JobMessage, JobAnswer>({ program: "prepare-worker", threads: workers, setup });
  let stalls = 0;
  let closed = false;

  const run = async (job: PrepareJob): Promise<ParseReport | MineReport> => {
    const skip: [number, string][] = [];
    for (;;) {
      const beat = new Int32Array(new SharedArrayBuffer(4));
      const stalled = stallWatch(beat, timeLimit);
      const answer = await pool.ask({ job, skip, beat }, stalled.watch).catch((error: unknown) => {
        if (!(error instanceof ThreadEnded)) throw error;
        return undefined;
      });
      if (answer && "report" in answer) return answer.report;
      if (answer) throw new TrainError(answer.error);
      if (closed) throw new TrainError("broken off");
      const item = Atomics.load(beat, 0) - 1;
      const why = stalled.why() ?? "ended its thread";
      skip.push([item, why]);
      if (++stalls > toleratedStalls || item < 0) {
        throw new TrainError(
          `the miner ${why} (${stalls} times by now); mend it or raise --time-limit, and start the same command again: what was done before is kept`,
        );
      }
    }
  };

  return {
    run: run as JobPool["run"],
    close: () => {
      closed = true;
      return pool.close();
    },
  };
}

/** Seconds that a thread may take to load the miner and read its shard. */
const startLimit = 120;

/** Milliseconds between two looks at a thread. */
const tick = 100;

/** Ends a thread that stays at one item for longer than the limit; `why` says so afterwards. */
function stallWatch(
  beat: Int32Array,
  timeLimit: number,
): { readonly watch: Watch; readonly why: () => string | undefined } {
  let why: string | undefined;
  return {
    why: () => why,
    watch: (end) => {
      let last = 0;
      let stillTicks = 0;
      // Counted in ticks, not by the clock: where the machine gives this process no time, the miner gets none either.
      const timer = setInterval(() => {
        const item = Atomics.load(beat, 0);
        stillTicks = item === last ? stillTicks + 1 : 0;
        last = item;
        const limit = item === 0 ? Math.max(timeLimit, startLimit) : timeLimit;
        if (stillTicks * tick <= 1000 * limit) return;
        clearInterval(timer);
        why = item === 0 ? `was not loaded within ${limit} s` : `did not return within ${limit} s`;
        end(why);
      }, tick);
      return () => clearInterval(timer);
    },
  };
}
