import { engine } from "./engine.js";
import { engineMemory } from "./engine-memory.js";
import { evaluation } from "./eval.js";
import { mine } from "./mine.js";
import { parse } from "./parse.js";
import { parseMemory } from "./parse-memory.js";
import type { PerfSubject } from "./perf-subject.js";
import { text } from "./text.js";
import { train } from "./train.js";

/** What `bench perf` can measure. */
export const perfSubjects: readonly PerfSubject[] = [
  engine,
  engineMemory,
  evaluation,
  mine,
  parse,
  parseMemory,
  text,
  train,
];
