import { existsSync } from "node:fs";
import { join } from "node:path";
import type { BenchmarkDefinition } from "@tesserae/benchmarks";
import { createTaskProgress, type Output } from "@tesserae/shared";
import { downloadFile } from "../data/download-file.js";
import { chooseBenchmarks, openBenchmarks } from "../data/open-benchmarks.js";

export interface GetOptions {
  /** Below it every benchmark gets its folder. */
  readonly data: string;
}

/** Downloads what benchmarks' official files can be had without asking, and says of the rest what to get where. */
export async function get(names: readonly string[], { data }: GetOptions, output: Output): Promise<void> {
  const progress = createTaskProgress(output);
  for (const definition of await chooseBenchmarks(openBenchmarks(0), names)) {
    output.print(`${definition.name}: licence: ${definition.licence}`);
    const folder = join(data, definition.folder);
    for (const { path, url, sha256 } of definition.files) {
      const target = join(folder, path);
      if (existsSync(target)) output.print(`  ${target} is there`);
      else if (url !== undefined) {
        progress.start(path);
        const size = await downloadFile({ url, path: target, sha256 }, (done, total) =>
          progress.update(done, total ?? done),
        );
        const sum = sha256 === undefined ? "its source gives no checksum" : "checksum right";
        progress.finish(`  ${target}: ${(size / 1e6).toFixed(2)} MB, ${sum}`);
      }
    }
    const rest = whatIsLeft(definition, data);
    if (rest.length > 0) output.print(`  still missing: ${rest.join(", ")}. It needs ${definition.needs}`);
  }
}

function whatIsLeft({ files, folder, images }: BenchmarkDefinition, data: string): readonly string[] {
  const paths = files.map(({ path }) => join(data, folder, path));
  return [...paths, ...(images === null ? [] : [join(data, images)])].filter((path) => !existsSync(path));
}
