import { fileURLToPath } from "node:url";
import { appFolder } from "@tesserae/shared";
import type { PerfOptions } from "../perf-case.js";
import { type StepProcess, startStepProcess } from "./step-process.js";

/**
 * Starts a program of `tools/oracles` in the user's Python.
 *
 * @throws Error that says why it cannot be measured: no such Python, no PyTorch, no such program
 */
export function startPyTorch<Report>(
  program: "clip_step.py" | "open_clip_pairs.py" | "open_clip_training.py" | "text_tower_speed.py",
  { python = "python3" }: PerfOptions,
  request: object,
): Promise<StepProcess<Report>> {
  const path = fileURLToPath(new URL(`../oracles/${program}`, appFolder(import.meta.url)));
  return startStepProcess(python, [path], request);
}
