import type { BenchmarkEntry, DataFolders } from "./benchmark-entry.js";
import { sugarcrepeBenchmarks } from "./sugarcrepe-benchmarks.js";
import { unknownName } from "./unknown-name.js";
import { worldBenchmarks } from "./world-benchmarks.js";

/** Every benchmark that this app can run. */
export function openBenchmarks(seed: number, folders: DataFolders): readonly BenchmarkEntry[] {
  return [...worldBenchmarks(seed), ...sugarcrepeBenchmarks(folders)];
}

/** The entries that names ask for: "world/order", or "world" for all whose name begins with it. @throws BenchError on an unknown name */
export function chooseBenchmarks(
  entries: readonly BenchmarkEntry[],
  names: readonly string[],
): readonly BenchmarkEntry[] {
  const chosen = names.flatMap((wanted) => {
    const found = entries.filter(({ name }) => name === wanted || name.startsWith(`${wanted}/`));
    if (found.length > 0) return found;
    const all = entries.map(({ name }) => name);
    throw unknownName("benchmark", wanted, [...new Set(all.map((name) => name.split("/")[0]!)), ...all]);
  });
  return [...new Set(chosen)];
}
