import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { appFolder } from "../app-folder.js";
import { TrainError } from "../train-error.js";

/** A thread ended, or was ended, before it had answered. */
export class ThreadEnded extends Error {
  override readonly name = "ThreadEnded";

  /** @param thread its number, from 1 */
  constructor(
    message: string,
    readonly thread: number,
  ) {
    super(message);
  }
}

/** Looks after a thread while it works; `end` ends it and says why. @returns what stops looking */
export type Watch = (end: (why: string) => void) => () => void;

/** Threads that answer messages, each one at a time. */
export interface ThreadPool<Message, Answer> {
  /**
   * Asks the next free thread; messages beyond the number of threads wait for one, in order. A thread that ended is replaced.
   *
   * @throws ThreadEnded where the thread ended before it had answered
   */
  ask(message: Message, watch?: Watch): Promise<Answer>;
  /** Ends all threads, also those at work. */
  close(): Promise<void>;
}

/** Options of {@link createThreadPool}. */
export interface ThreadPoolOptions {
  /** The thread's program, a built file of `dist`; it answers every message with one. */
  readonly program: string;
  /** Threads; each starts with the first message that needs it. */
  readonly threads: number;
  /** What every thread is started with: its `workerData`. */
  readonly setup: unknown;
}

/**
 * Threads that `prepare` and training share. (Why no library: tinypool doesn't hear that a thread ended by itself, as a plug-in may
 * make it, and its message is then never answered.)
 *
 * @throws TrainError where the program has not been built
 */
export function createThreadPool<Message, Answer>({
  program,
  threads: most,
  setup,
}: ThreadPoolOptions): ThreadPool<Message, Answer> {
  const file = programFile(program);
  const free: number[] = Array.from({ length: most }, (_, index) => most - index);
  const waiting: ((number: number) => void)[] = [];
  const running = new Map<number, Worker>();
  let closed = false;

  const acquire = async (): Promise<number> => free.pop() ?? new Promise((resolve) => waiting.push(resolve));
  const release = (number: number): void => {
    const next = waiting.shift();
    if (next) next(number);
    else free.push(number);
  };
  const start = (number: number): Worker => {
    const worker = new Worker(file, { workerData: setup, name: `${program} ${number}` });
    running.set(number, worker);
    worker.on("error", () => {}); // "exit" follows; without a listener an error would end the process
    worker.on("exit", () => running.get(number) === worker && running.delete(number));
    worker.unref();
    return worker;
  };

  return {
    ask: async (message, watch) => {
      const number = await acquire();
      try {
        if (closed) throw new ThreadEnded("was ended", number);
        return await answerOf<Answer>(running.get(number) ?? start(number), number, message, watch);
      } finally {
        release(number);
      }
    },
    close: async () => {
      closed = true;
      await Promise.all([...running.values()].map((worker) => worker.terminate()));
    },
  };
}

function answerOf<Answer>(worker: Worker, number: number, message: unknown, watch?: Watch): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let error: Error | undefined;
    const settle = (done: () => void): void => {
      stopWatch?.();
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      worker.unref();
      done();
    };
    const fail = (why: string) => settle(() => reject(new ThreadEnded(why, number)));
    const onMessage = (answer: Answer) => settle(() => resolve(answer));
    const onError = (thrown: Error) => {
      error = thrown;
    };
    const onExit = (code: number) => fail(error ? `ended: ${error.message}` : `ended with exit code ${code}`);
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
    worker.ref();
    const stopWatch = watch?.((why) => {
      worker.off("exit", onExit);
      void worker.terminate().then(() => fail(why));
    });
    worker.postMessage(message);
  });
}

function programFile(name: string): URL {
  const file = new URL(`dist/${name}.js`, appFolder);
  if (!existsSync(fileURLToPath(file))) {
    throw new TrainError(`${fileURLToPath(file)}, the program of the worker threads, is missing; run pnpm build`);
  }
  return file;
}
