import { fileURLToPath } from "node:url";
import { appFolder } from "../app-folder.js";
import type { PerfOptions } from "./perf-subject.js";
import { type StepProcess, startStepProcess } from "./step-process.js";

/**
 * Starts a program of `tools/oracles` in the user's Python. A clone of the repository has that folder, an installed package has not.
 *
 * @throws Error that says why it cannot be measured: no such Python, no PyTorch, no such program
 */
export function startPyTorch<Report>(
  program: "clip_step.py" | "text_tower_speed.py",
  { python = "python3" }: PerfOptions,
  request: object,
): Promise<StepProcess<Report>> {
  const path = fileURLToPath(new URL(`../../tools/oracles/${program}`, appFolder));
  return startStepProcess(python, [path], request);
}
