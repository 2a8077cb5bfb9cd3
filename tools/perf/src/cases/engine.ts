import { fileURLToPath } from "node:url";
import { appFolder, type Output } from "@tesserae/shared";
import { type ClipSize, chosenSizes, clipSizes } from "../engine/clip-sizes.js";
import type { StepReport } from "../engine/step-report.js";
import { timing } from "../interleaved.js";
import { startPyTorch } from "../peers/pytorch-process.js";
import { type StepProcess, startStepProcess } from "../peers/step-process.js";
import type { PerfCase, PerfOptions } from "../perf-case.js";

/** Steps that are not counted: they are traced, compiled and checked, and the memory of results is used again from the third on. */
const warmUp = 4;

interface Engine {
  readonly name: string;
  /** Whether it is fast enough to be measured more than once and at more than the smallest size. */
  readonly fast: boolean;
  start(size: ClipSize): Promise<StepProcess<StepReport>>;
}

interface Measurement {
  readonly engine: Engine;
  readonly process: StepProcess<StepReport>;
  /** The first of the steps that are not counted, in which an engine compiles. */
  readonly first?: StepReport;
  readonly steps: StepReport[];
}

/** A CLIP training step on ONNX Runtime beside the other engines there are. Each has a process of its own; they take steps in turn. */
export const engine: PerfCase = {
  name: "engine",
  summary: "a CLIP training step of four sizes on ort, wasm, tfjs-node and PyTorch",
  async measure(options, output) {
    const rows: string[][] = [];
    const notes = new Set([
      `median of ${options.rounds} steps each, in turn, after ${warmUp} that compile; ${options.threads} threads; fastest step in brackets`,
      "JS: the part of a step outside the engine's session (tracing, planning, optimizer bookkeeping); memory: most the process ever had",
    ]);
    for (const size of chosenSizes(options.size)) {
      const measurements = await measure(size, options, notes, output);
      const peer = measurements.find(({ engine }) => engine.name === "PyTorch eager");
      for (const measurement of measurements) rows.push(row(size, measurement, peer));
      for (const { engine, steps } of measurements) {
        const counts = steps.at(-1)?.counts;
        if (counts)
          notes.add(
            `${size.name}, ${engine.name}: ${counts.traced} steps traced or checked, ${counts.replayed} replayed, ${counts.fallenBack} fallen back`,
          );
      }
    }
    return {
      header: ["size", "engine", "ms/step", "samples/s", "session ms", "JS ms", "compile ms", "memory MB", "to eager"],
      rows,
      notes: [...notes],
    };
  },
};

function engines(options: PerfOptions): readonly Engine[] {
  const { threads } = options;
  const script = fileURLToPath(new URL("dist/clip-step-worker.js", appFolder(import.meta.url)));
  const inTensorFlow = (name: string, backend: string, fast: boolean, traced = false): Engine => ({
    name,
    fast,
    start: (size) => startStepProcess(process.execPath, [script], { backend, threads, size, traced }),
  });
  const inPyTorch = (name: string, compile: boolean): Engine => ({
    name,
    fast: true,
    start: ({ batch, config }) => startPyTorch("clip_step.py", options, { threads, batch, compile, ...config }),
  });
  return [
    inTensorFlow("ort, jit", "ort", true, true),
    inTensorFlow("ort", "ort", true),
    inPyTorch("PyTorch eager", false),
    inPyTorch("torch.compile", true),
    inTensorFlow("tfjs-node", "tensorflow", true),
    inTensorFlow("wasm", "wasm", false),
  ];
}

async function measure(size: ClipSize, options: PerfOptions, notes: Set<string>, output: Output) {
  const measurements: Measurement[] = [];
  for (const engine of engines(options)) {
    if (!engine.fast && size !== clipSizes[0]) {
      notes.add(`${engine.name}: one step of the smallest size only, because it takes too long for more`);
      continue;
    }
    try {
      const process = await engine.start(size);
      const first = engine.fast ? await process.step() : undefined;
      for (let step = 1; first && step < warmUp; step++) await process.step();
      measurements.push({ engine, process, steps: [], ...(first ? { first } : {}) });
    } catch (error) {
      notes.add(`${engine.name}: not measured (${(error as Error).message})`);
    }
  }
  for (let round = 0; round < options.rounds; round++) {
    for (const { engine, process, steps } of measurements) {
      if (round === 0 || engine.fast) steps.push(await process.step());
    }
  }
  for (const { process } of measurements) process.stop();
  output.print(
    `${size.name}: measured ${measurements.map(({ engine, process }) => `${engine.name} (${process.version})`).join(", ")}`,
  );
  return measurements;
}

function row(size: ClipSize, { engine, first, steps }: Measurement, peer: Measurement | undefined): string[] {
  const median = (read: (report: StepReport) => number) => timing(steps.map(read)).median;
  const whole = timing(steps.map(({ milliseconds }) => milliseconds));
  const hasSession = steps[0]!.session !== undefined;
  const inScript = median(({ milliseconds, session = 0 }) => milliseconds - session);
  const others = peer && timing(peer.steps.map(({ milliseconds }) => milliseconds)).median;
  return [
    size.name,
    engine.name,
    `${whole.median.toFixed(0)} (${whole.minimum.toFixed(0)})`,
    ((size.batch / whole.median) * 1000).toFixed(1),
    hasSession ? median(({ session = 0 }) => session).toFixed(0) : "-",
    hasSession ? `${inScript.toFixed(1)} (${((100 * inScript) / whole.median).toFixed(0)} %)` : "-",
    first?.compile === undefined ? "-" : first.compile.toFixed(0),
    (steps.at(-1)!.memory / 2 ** 20).toFixed(0),
    others === undefined ? "-" : `${(others / whole.median).toFixed(2)}x`,
  ];
}
