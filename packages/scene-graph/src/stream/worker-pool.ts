import type { SceneGraph } from "../graph/scene-graph.js";
import { decodeGraphs } from "./graph-transfer.js";
import type { ParseAnswer, ParseJob } from "./parse-job.js";

/** Worker threads that parse batches; batches go round the workers, and each worker answers in order. */
export interface WorkerPool {
  parse(captions: readonly string[]): Promise<readonly SceneGraph[]>;
  close(): Promise<void>;
}

/** Node's own modules, asked for at run time: an import of them would break bundles for browsers. */
const { existsSync } = process.getBuiltinModule("node:fs");
const { fileURLToPath } = process.getBuiltinModule("node:url");
const { Worker } = process.getBuiltinModule("node:worker_threads");

/** The built worker: beside this file in a build, in `dist` when this file runs from source. */
function workerFile(): URL {
  const candidates = [
    new URL("./parse-worker.js", import.meta.url),
    new URL("../../dist/parse-worker.js", import.meta.url),
  ];
  const found = candidates.find((url) => existsSync(fileURLToPath(url)));
  if (!found)
    throw new Error(
      `parseStream: the worker file is missing; looked for ${candidates.map((url) => fileURLToPath(url)).join(" and ")}. Build the package, or use { workers: 0 }.`,
    );
  return found;
}

export async function createWorkerPool(size: number): Promise<WorkerPool> {
  const file = workerFile();
  const members = Array.from({ length: size }, () => {
    const worker = new Worker(file);
    const waiting: { resolve(answer: ParseAnswer): void; reject(error: Error): void }[] = [];
    let failure: Error | undefined;
    const fail = (error: Error) => {
      failure ??= error;
      for (const one of waiting.splice(0)) one.reject(failure);
    };
    worker.on("message", (answer: ParseAnswer) => waiting.shift()?.resolve(answer));
    worker.on("error", fail);
    worker.on("exit", (code) => fail(new Error(`parseStream: a worker ended with code ${code}.`)));
    const parse = async (captions: readonly string[]) => {
      const { graphs } = await new Promise<ParseAnswer>((resolve, reject) => {
        if (failure) return reject(failure);
        waiting.push({ resolve, reject });
        const job: ParseJob = { captions };
        worker.postMessage(job);
      });
      return decodeGraphs(graphs, captions);
    };
    return { worker, parse };
  });
  let turn = 0;
  return {
    parse: (captions) => members[turn++ % members.length]!.parse(captions),
    async close() {
      await Promise.all(members.map(({ worker }) => worker.terminate()));
    },
  };
}
