import { fileURLToPath } from "node:url";
import { appFolder } from "@tesserae/shared";
import { type ClipSize, vitB32 } from "../engine/clip-sizes.js";
import type { StepReport } from "../engine/step-report.js";
import { timing } from "../interleaved.js";
import { startPyTorch } from "../peers/pytorch-process.js";
import { type StepProcess, startStepProcess } from "../peers/step-process.js";
import type { PerfCase, PerfOptions } from "../perf-case.js";

const batches = [64, 256] as const;

/** Steps that are not counted. */
const warmUp = 4;

/** Most seconds that one engine may take at one size. */
const mostSeconds = 100;

/** ViT-B/32 on the GPU: ONNX Runtime's WebGPU provider under `jit`, and PyTorch on the same card. Fits in ten minutes. */
export const gpu: PerfCase = {
  name: "gpu",
  summary: `a CLIP training step of ViT-B/32 on the GPU at batch ${batches.join(" and ")}, beside PyTorch`,
  async measure(options, output) {
    const rows: string[][] = [];
    const notes = new Set([
      `median of ${options.rounds} steps or of what fits in ${mostSeconds} s, after ${warmUp} that compile; one engine after the other, float32; the batch is copied to the GPU in each step`,
      "JS: the part of a step outside the session; memory: most that the process had on the host",
    ]);
    for (const batch of batches) {
      for (const { name, start } of engines(options)) {
        try {
          const process = await start(vitB32(batch));
          const steps = await take(process, options.rounds);
          process.stop();
          output.print(`batch ${batch}: ${name} (${process.version}), ${steps.length} steps`);
          rows.push(row(batch, name, steps));
        } catch (error) {
          notes.add(`${name}: not measured (${(error as Error).message})`);
        }
      }
    }
    return {
      header: ["batch", "engine", "ms/step", "samples/s", "session ms", "JS ms", "host MB", "loss"],
      rows,
      notes: [...notes],
    };
  },
};

function engines(options: PerfOptions) {
  const script = fileURLToPath(new URL("dist/clip-step-worker.js", appFolder(import.meta.url)));
  const request = { backend: "ort", device: "webgpu", threads: options.threads, traced: true };
  return [
    {
      name: "ort, WebGPU",
      start: (size: ClipSize) => startStepProcess<StepReport>(process.execPath, [script], { ...request, size }),
    },
    {
      name: "PyTorch, CUDA",
      start: ({ batch, config }: ClipSize) =>
        startPyTorch<StepReport>("clip_step.py", options, {
          threads: options.threads,
          device: "cuda",
          batch,
          ...config,
        }),
    },
  ];
}

/** As many steps as asked for, or as fit into the time. */
async function take(process: StepProcess<StepReport>, rounds: number): Promise<StepReport[]> {
  const end = performance.now() + mostSeconds * 1000;
  const steps: StepReport[] = [];
  for (let step = 0; step < warmUp + rounds; step++) {
    const report = await process.step();
    if (step >= warmUp) steps.push(report);
    if (performance.now() > end && steps.length > 0) break;
  }
  return steps;
}

function row(batch: number, name: string, steps: readonly StepReport[]): string[] {
  const median = (read: (report: StepReport) => number) => timing(steps.map(read)).median;
  const whole = median(({ milliseconds }) => milliseconds);
  const hasSession = steps[0]!.session !== undefined;
  return [
    String(batch),
    name,
    whole.toFixed(0),
    ((1000 * batch) / whole).toFixed(1),
    hasSession ? median(({ session = 0 }) => session).toFixed(0) : "-",
    hasSession ? median(({ milliseconds, session = 0 }) => milliseconds - session).toFixed(1) : "-",
    (steps.at(-1)!.memory / 2 ** 20).toFixed(0),
    steps.at(-1)!.loss.toFixed(3),
  ];
}
