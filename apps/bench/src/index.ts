export { BenchError } from "./bench-error.js";
export { check } from "./commands/check.js";
export { diff } from "./commands/diff.js";
export { list } from "./commands/list.js";
export { type ReportCommandOptions, report } from "./commands/report.js";
export { type RunCommandOptions, run } from "./commands/run.js";
export { table } from "./commands/table.js";
export { createProgram } from "./program.js";
export type { Output } from "./progress.js";
