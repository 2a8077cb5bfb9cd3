import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { appFolder } from "@tesserae/shared";
import type { DetectionSpeed, DetectionSpeedRequest } from "../detection/detection-speed.js";
import { cocoSize, writeDetectionSet } from "../detection/write-detection-set.js";
import { timing } from "../interleaved.js";
import { type StepProcess, startStepProcess } from "../peers/step-process.js";
import type { PerfCase } from "../perf-case.js";

interface Contender {
  readonly name: string;
  readonly process: StepProcess<DetectionSpeed>;
  readonly rounds: DetectionSpeed[];
}

/** `evaluateDetections` beside pycocotools and faster-coco-eval, a process each, on a set of the size of COCO's validation set. */
export const detections: PerfCase = {
  name: "detections",
  summary: "COCO's twelve numbers of 500,000 boxes, beside pycocotools and faster-coco-eval",
  async measure({ rounds, python = "python3" }) {
    const folder = await mkdtemp(join(tmpdir(), "tesserae-perf-"));
    const [truth, found] = [join(folder, "truth.json"), join(folder, "detections.json")];
    const contenders: Contender[] = [];
    const notes: string[] = [];
    try {
      await writeDetectionSet(truth, found, cocoSize);
      for (const peer of ["benchmarks", "faster-coco-eval", "pycocotools"]) {
        try {
          contenders.push(await start({ peer, truth, detections: found }, python));
        } catch (error) {
          notes.push(`${peer} is not measured: ${(error as Error).message}`);
        }
      }
      for (let round = 0; round < rounds; round++) {
        for (const { process, rounds: own } of contenders) own.push(await process.step());
      }
    } finally {
      for (const { process } of contenders) process.stop();
      await rm(folder, { recursive: true, force: true });
    }
    return {
      header: ["", "evaluate, s", "with reading, s", "memory, MB", "AP", "evaluate, to ours", "with reading, to ours"],
      rows: rowsOf(contenders),
      notes: [
        `${cocoSize.images} images, ${cocoSize.boxes} boxes, ${cocoSize.images * cocoSize.detectionsPerImage} detections; one process each, ` +
          `median of ${rounds} rounds in turn, the first included; memory is the most that the process held`,
        ...notes,
      ],
    };
  },
};

async function start(request: DetectionSpeedRequest, python: string): Promise<Contender> {
  const ours = request.peer === "benchmarks";
  const script = fileURLToPath(
    ours
      ? new URL("dist/detections-worker.js", appFolder(import.meta.url))
      : new URL("../oracles/detection_speed.py", appFolder(import.meta.url)),
  );
  const process_ = await startStepProcess<DetectionSpeed>(ours ? process.execPath : python, [script], request);
  return { name: `${request.peer} ${process_.version}`, process: process_, rounds: [] };
}

function rowsOf(contenders: readonly Contender[]): string[][] {
  const measured = contenders.map(({ name, rounds }) => ({
    name,
    evaluate: timing(rounds.map(({ evaluate }) => evaluate)).median,
    whole: timing(rounds.map(({ read, evaluate }) => read + evaluate)).median,
    memory: Math.max(...rounds.map(({ memory }) => memory)),
    ap: rounds[0]!.ap,
  }));
  const ours = measured[0]!;
  return measured.map(({ name, evaluate, whole, memory, ap }) => [
    name,
    (evaluate / 1000).toFixed(2),
    (whole / 1000).toFixed(2),
    (memory / 1e6).toFixed(0),
    ap.toFixed(12),
    `${(evaluate / ours.evaluate).toFixed(1)}x`,
    `${(whole / ours.whole).toFixed(1)}x`,
  ]);
}
