import { ortReport, resetOrtReport, selectBackend } from "@tesserae/tfjs-backend-ort";
import type { ClipSize } from "../engine/clip-sizes.js";
import { createClipStep } from "../engine/clip-step.js";
import type { PerfCase } from "../perf-case.js";

const steps = 2000;
const settled = 200;

/** Tokens of the texts of a step, in turn. */
const textLengths = [4, 6, 8, 10, 12, 14, 16, 18] as const;

const tower = { layers: 2, width: 32, heads: 2 };
const size: ClipSize = {
  name: "2x32",
  batch: 16,
  config: {
    embedDim: 32,
    activation: "gelu",
    vision: { imageSize: 16, patchSize: 4, pool: "mean", ...tower },
    text: { contextLength: textLengths.at(-1)!, vocabSize: 100, ...tower },
  },
};

/** Resident memory over 2,000 training steps whose batches have 8 shapes, and the sessions that were compiled for them. */
export const engineMemory: PerfCase = {
  name: "engine-memory",
  summary: `resident memory of ort over ${steps} training steps of ${textLengths.length} batch shapes`,
  async measure({ threads }) {
    await selectBackend({ backend: "ort", threads });
    const step = createClipStep(size);
    resetOrtReport();
    const rows: string[][] = [];
    const megabytes: number[] = [];
    let loss = 0;
    for (let done = 1; done <= steps; done++) {
      loss = await step.run(step.batch(textLengths[done % textLengths.length]));
      if (done % settled !== 0) continue;
      const { compiles, sessions, liveBuffers } = ortReport();
      megabytes.push(process.memoryUsage.rss() / 2 ** 20);
      rows.push([String(done), megabytes.at(-1)!.toFixed(0), String(compiles), String(sessions), String(liveBuffers)]);
    }
    const growth = megabytes.at(-1)! - megabytes[0]!;
    return {
      header: ["step", "resident MB", "compiled", "sessions", "buffers"],
      rows,
      notes: [
        `${textLengths.length} shapes of batch in turn; from step ${settled} to ${steps} resident memory changed by ${growth.toFixed(0)} MB; last loss ${loss.toFixed(3)}`,
      ],
    };
  },
};
