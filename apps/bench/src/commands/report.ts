import { join, resolve } from "node:path";
import { encodePng } from "@tesserae/data";
import { type Output, writeFileAtomic } from "@tesserae/shared";
import { parseWorldAddress, renderScene, worldScene } from "@tesserae/world";
import { loadRuns } from "../report/load-runs.js";
import { renderReport } from "../report/render-report.js";
import { findTable } from "../results/find-table.js";

/** Side of the example pictures, in pixels. */
const pictureSize = 256;

export interface ReportOptions {
  readonly table: string;
  readonly out?: string | undefined;
}

/** Writes the report of all runs below a folder. @returns its path */
export async function report(folder: string, options: ReportOptions, output: Output): Promise<string> {
  const spec = await findTable(options.table);
  const runs = await loadRuns(folder);
  const html = await renderReport(spec, runs, async (image) => {
    if (!image.startsWith("world:")) return null;
    const png = await encodePng(renderScene(worldScene(parseWorldAddress(image)), pictureSize));
    return `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
  });
  const path = resolve(options.out ?? join(folder, "report.html"));
  await writeFileAtomic(path, html);
  output.print(`report: ${path}`);
  return path;
}
