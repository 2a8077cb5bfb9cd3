import type { Averaging, Benchmark, BenchmarkInfo, TieRule } from "@tesserae/benchmarks";
import type { LoadImage } from "./image-store.js";

/** A benchmark that can be listed at no cost, and loaded where its data is here. */
export interface BenchmarkEntry {
  readonly name: string;
  readonly version: string;
  readonly chance: number;
  readonly tieRule: TieRule;
  readonly averaging: Averaging;
  /** Number of items, where it is known. */
  readonly items: number | null;
  /** What it needs and where that is. */
  readonly needs: string;
  /** What is missing here, or null when it can be run. */
  readonly missing: string | null;
  load(): LoadedBenchmark;
}

export interface LoadedBenchmark {
  readonly info: BenchmarkInfo;
  readonly images: readonly string[];
  readonly loadImage: LoadImage;
  /** The benchmark over the items whose images are usable, and how many items that leaves out. */
  create(usable: (image: string) => boolean): { readonly benchmark: Benchmark; readonly skipped: number };
}

/** Where a user's own data is. */
export interface DataFolders {
  readonly data?: string | undefined;
  readonly images?: string | undefined;
}

/** A benchmark over items with images. `define` is `choiceBenchmark` or `retrievalBenchmark`. */
export function loadedBenchmark<T extends { readonly image: string }>(
  info: BenchmarkInfo,
  items: readonly T[],
  loadImage: LoadImage,
  define: (info: BenchmarkInfo, items: readonly T[]) => Benchmark,
): LoadedBenchmark {
  return {
    info,
    images: items.map((item) => item.image),
    loadImage,
    create(usable) {
      const kept = items.filter((item) => usable(item.image));
      return { benchmark: define(info, kept), skipped: items.length - kept.length };
    },
  };
}
