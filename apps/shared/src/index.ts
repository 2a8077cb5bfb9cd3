export { appFolder } from "./app-folder.js";
export { machine, ownVersion, versions } from "./environment.js";
export { nearestName, suggestion } from "./nearest-name.js";
export { collect, count, integer, nonNegative, positiveInteger, share, shares } from "./option-parsers.js";
export { type Output, standardOutput } from "./output.js";
export {
  type CountProgress,
  createProgress,
  duration,
  type Progress,
  type ProgressKind,
  progressKinds,
  type StepProgress,
} from "./progress.js";
export { runProgram } from "./run-program.js";
export { signalExitCodes } from "./signal-exit-codes.js";
export { createTaskProgress, type TaskProgress } from "./task-progress.js";
export { textTable } from "./text-table.js";
export { makeFolder, syncFolder, writeFileAtomic } from "./write-file-atomic.js";
