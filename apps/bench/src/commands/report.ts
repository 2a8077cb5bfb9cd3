import { join, resolve } from "node:path";
import { type Output, writeFileAtomic } from "@tesserae/shared";
import { findPicture } from "../report/find-picture.js";
import { loadRuns } from "../report/load-runs.js";
import { renderReport } from "../report/render-report.js";
import { findTable } from "../results/find-table.js";

export interface ReportOptions {
  readonly table: string;
  /** Folder with the benchmarks' images; without it examples of photos show captions only. */
  readonly images?: string | undefined;
  readonly out?: string | undefined;
}

/** Writes the report of all runs below a folder. @returns its path */
export async function report(folder: string, options: ReportOptions, output: Output): Promise<string> {
  const spec = await findTable(options.table);
  const html = await renderReport(spec, await loadRuns(folder), findPicture(options.images));
  const path = resolve(options.out ?? join(folder, "report.html"));
  await writeFileAtomic(path, html);
  output.print(`report: ${path}`);
  return path;
}
