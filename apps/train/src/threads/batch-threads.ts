import type { MiningReport } from "@tesserae/negatives";
import type { Batch, BatchSource } from "../loop/batch-source.js";
import type { StepSeconds } from "../loop/stopwatch.js";
import { TrainError } from "../train-error.js";
import type { BatchAnswer, BatchMessage, BatchThreadSetup, MadeBatch } from "./batch-messages.js";
import { createThreadPool, ThreadEnded } from "./thread-pool.js";

/** What making batches tells the main thread, in the order of the steps. */
export interface BatchListener {
  unreadable(path: string, why: string): void;
  report(report: MiningReport): void;
  seconds(seconds: StepSeconds): void;
}

/** Options of {@link createBatchThreads}. */
export interface BatchThreadsOptions {
  /** Makes batches in the main thread until the first thread has opened the data. */
  readonly source: BatchSource;
  /** Threads, at least 1. */
  readonly threads: number;
  readonly setup: BatchThreadSetup;
  readonly listener: BatchListener;
}

/** A source of batches with threads behind it. */
export interface BatchThreads extends BatchSource {
  /** The first thread has opened the data, and makes batches from now on. @throws what opening it threw */
  readonly opened: Promise<void>;
  close(): Promise<void>;
}

/**
 * Batches that threads make ahead, each of them whole: a batch follows from the seed and the step alone, so it has the same bytes in
 * whichever thread it is made. At most one batch more than there are threads is under way or waits, and none beyond the last step.
 */
export function createBatchThreads({ source, threads, setup, listener }: BatchThreadsOptions): BatchThreads {
  const pool = createThreadPool<BatchMessage, BatchAnswer>({ program: "batch-worker", threads, setup });
  const asked = new Map<number, Promise<MadeBatch>>();
  let ready = false;
  let failure: unknown;

  const ask = async (step: number | undefined): Promise<MadeBatch | undefined> => {
    const what = step === undefined ? "before the first step" : `at step ${step + 1}`;
    const answer = await pool.ask(step === undefined ? {} : { step }).catch((error: unknown) => {
      if (!(error instanceof ThreadEnded)) throw error;
      throw new TrainError(
        `worker thread ${error.thread} of ${threads}, which makes batches, ${error.message} ${what}; steps that were saved are kept; with --workers 0 the main thread makes the batches, where its error is seen`,
      );
    });
    if ("error" in answer) throw restored(answer.error);
    return "made" in answer ? answer.made : undefined;
  };
  const take = ({ batch, unreadable, reports, seconds }: MadeBatch): Batch => {
    for (const [path, why] of unreadable) listener.unreadable(path, why);
    for (const report of reports) listener.report(report);
    listener.seconds(seconds);
    return batch;
  };
  const open = async (): Promise<void> => {
    try {
      await ask(undefined);
      ready = true;
    } catch (error) {
      failure ??= error;
      throw error;
    }
  };
  const opened = Promise.race(Array.from({ length: threads }, open));
  opened.catch(() => {}); // told with the next batch

  return {
    ...source,
    batch: async (step) => {
      if (failure !== undefined) throw failure;
      for (let ahead = step; ready && ahead <= Math.min(step + threads, setup.steps - 1); ahead++) {
        if (asked.has(ahead)) continue;
        const made = ask(ahead) as Promise<MadeBatch>;
        made.catch(() => {}); // told when it is its turn
        asked.set(ahead, made);
      }
      const made = asked.get(step);
      asked.delete(step);
      return made === undefined ? source.batch(step) : take(await made);
    },
    opened,
    close: () => pool.close(),
  };
}

/** An error of a thread as if it had been thrown here. */
function restored({ name, message, stack }: Extract<BatchAnswer, { error: unknown }>["error"]): Error {
  const error = name === "TrainError" ? new TrainError(message) : Object.assign(new Error(message), { name });
  return stack === undefined ? error : Object.assign(error, { stack });
}
