import { demo } from "./cases/demo.js";
import { detections } from "./cases/detections.js";
import { engine } from "./cases/engine.js";
import { engineMemory } from "./cases/engine-memory.js";
import { evaluation } from "./cases/eval.js";
import { gpu } from "./cases/gpu.js";
import { mine } from "./cases/mine.js";
import { parse } from "./cases/parse.js";
import { parseMemory } from "./cases/parse-memory.js";
import { text } from "./cases/text.js";
import { train } from "./cases/train.js";
import type { PerfCase } from "./perf-case.js";

/** What `perf` can measure. */
export const perfCases: readonly PerfCase[] = [
  demo,
  detections,
  engine,
  engineMemory,
  evaluation,
  gpu,
  mine,
  parse,
  parseMemory,
  text,
  train,
];
