import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { builtInMiners } from "@tesserae/negatives";
import { appFolder } from "@tesserae/shared";
import { interleaved } from "../interleaved.js";
import type { MineJob } from "../mining/caption-miner.js";
import { perfCaptions } from "../perf-captions.js";
import type { PerfCase } from "../perf-case.js";
import { PerfError } from "../perf-error.js";

const count = 5000;

/** Captions a second that are parsed, decomposed and mined, for every built-in miner, over all threads together. */
export const mine: PerfCase = {
  name: "mine",
  summary: "captions a second parsed, decomposed and mined, by miner",
  async measure({ rounds, threads, captions: file }) {
    const captions = await perfCaptions(file, count);
    const workers = Array.from({ length: threads }, () => new Worker(workerFile()));
    const covered = new Map<string, number>();
    const memory: number[] = [];
    try {
      const run = async (miner: string) => {
        const share = Math.ceil(count / threads);
        const answers = workers.map((worker, index) =>
          ask(worker, { miner, captions: captions.slice(index * share, (index + 1) * share) }),
        );
        covered.set(
          miner,
          (await Promise.all(answers)).reduce((sum, answer) => sum + answer.covered, 0),
        );
        memory.push(process.memoryUsage().rss);
      };
      const names = Object.keys(builtInMiners);
      const timings = await interleaved(
        names.map((name) => ({ name, run: () => run(name) })),
        rounds,
      );
      const mebibytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`;
      const firstRound = memory[names.length - 1]!;
      return {
        header: ["miner", "captions/s", "covered"],
        rows: [...timings].map(([name, { median }]) => [
          name,
          ((count / median) * 1000).toFixed(0),
          `${((100 * covered.get(name)!) / count).toFixed(1)} %`,
        ]),
        notes: [
          `${count} captions of ${file ?? "the synthetic world"} over ${threads} threads; median of ${rounds} rounds in turn`,
          `memory of the process: ${mebibytes(firstRound)} after ${names.length * count} captions, ${mebibytes(memory.at(-1)!)} after ${memory.length * count}`,
        ],
      };
    } finally {
      await Promise.all(workers.map((worker) => worker.terminate()));
    }
  },
};

function ask(worker: Worker, job: MineJob): Promise<{ readonly covered: number }> {
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.once("message", (answer: { readonly covered: number }) => {
      worker.off("error", reject);
      resolve(answer);
    });
    worker.postMessage(job);
  });
}

function workerFile(): URL {
  const file = new URL("dist/mine-worker.js", appFolder(import.meta.url));
  if (!existsSync(fileURLToPath(file))) {
    throw new PerfError(`perf mine: ${fileURLToPath(file)}, the file of its threads, is missing; run pnpm build`);
  }
  return file;
}
