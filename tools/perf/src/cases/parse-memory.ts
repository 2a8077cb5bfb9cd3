import { parseStream } from "@tesserae/scene-graph";
import { createTaskProgress } from "@tesserae/shared";
import { perfCaptions } from "../perf-captions.js";
import type { PerfCase } from "../perf-case.js";

const total = 1_000_000;
const step = 100_000;

/** Memory of the whole process, workers included, while a million captions go through `parseStream`. */
export const parseMemory: PerfCase = {
  name: "parse-memory",
  summary: "memory while a million captions are streamed through the parser",
  async measure({ threads, captions: file }, output) {
    const captions = await perfCaptions(file, 10_000);
    const rows: string[][] = [];
    const progress = createTaskProgress(output);
    progress.start("captions");
    let parsed = 0;
    let highest = 0;
    let start = performance.now();
    for await (const _ of parseStream(endless(captions), { workers: threads })) {
      parsed++;
      if (parsed % 5000 === 0) highest = Math.max(highest, process.memoryUsage.rss());
      if (parsed % step !== 0) continue;
      const seconds = (performance.now() - start) / 1000;
      rows.push([parsed.toLocaleString("en"), (highest / 2 ** 20).toFixed(0), (step / seconds).toFixed(0)]);
      progress.update(parsed, total);
      highest = 0;
      start = performance.now();
      if (parsed === total) break;
    }
    progress.finish(`${parsed} captions`);
    return {
      header: ["captions", "highest memory since the row before (MiB)", "captions/s"],
      rows,
      notes: [
        `captions of ${file ?? "the synthetic world"}, repeated; ${threads} workers; resident memory of the process with its threads`,
      ],
    };
  },
};

function* endless(captions: readonly string[]): Iterable<string> {
  for (;;) yield* captions;
}
