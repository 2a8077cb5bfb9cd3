import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { choiceBenchmark, readSugarcrepe, sugarcrepeInfo, sugarcrepeSubsets } from "@tesserae/benchmarks";
import { decodeImage } from "@tesserae/data";
import { type BenchmarkEntry, type DataFolders, loadedBenchmark } from "./benchmark-entry.js";
import type { LoadImage } from "./image-store.js";

const needs =
  "--data <folder with the 7 JSON files of github.com/RAIVNLab/sugar-crepe/data> and --images <COCO val2017>";

/** SugarCrepe's seven files, each a benchmark of its own. */
export function sugarcrepeBenchmarks({ data, images }: DataFolders): readonly BenchmarkEntry[] {
  const loadImage: LoadImage = (image) => decodeImage(join(images ?? "", image));
  return sugarcrepeSubsets.map((subset) => {
    const path = join(data ?? "", `${subset}.json`);
    const missing =
      data === undefined
        ? "--data is not given"
        : !existsSync(path)
          ? `${path} is not there`
          : images === undefined
            ? "--images is not given"
            : null;
    const { name, version, chance, tieRule, averaging } = sugarcrepeInfo(subset, "");
    return {
      ...{ name, version, chance, tieRule, averaging, items: null, needs, missing },
      load() {
        const text = readFileSync(path, "utf8");
        const revision = `sha256 ${createHash("sha256").update(text).digest("hex").slice(0, 12)}`;
        return loadedBenchmark(
          sugarcrepeInfo(subset, revision),
          readSugarcrepe(text, path),
          loadImage,
          choiceBenchmark,
        );
      },
    };
  });
}
