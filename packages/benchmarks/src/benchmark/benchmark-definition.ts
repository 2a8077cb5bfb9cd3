import type { BenchmarkData, Family } from "../families/family.js";
import type { Policy } from "../families/policy.js";
import type { ImageRef } from "./image-ref.js";
import type { Source } from "./source.js";

/** 8-bit red, green and blue, row by row. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** An official file of a benchmark. */
export interface BenchmarkFile {
  /** Relative to the benchmark's folder. */
  readonly path: string;
  /** Where it can be downloaded without asking; otherwise `needs` says how to get it. */
  readonly url?: string;
  readonly bytes?: number;
  readonly sha256?: string;
  /** Whether the benchmark can be read without it. Default false. */
  readonly optional?: boolean;
}

/** What a benchmark is, which files it reads, and how it counts. A value: metadata and a reader, almost no code. */
export interface BenchmarkDefinition<Data extends BenchmarkData = BenchmarkData> {
  /** Such as "sugarcrepe/swap_obj". */
  readonly name: string;
  /** Raised whenever a change can move a score. */
  readonly version: string;
  readonly family: Family<Data>;
  /** How its reference code counts. */
  readonly policy: Policy;
  /** Other ways in which its numbers are published. */
  readonly otherPolicies?: readonly Policy[];
  /** The metric that stands for the benchmark, such as "accuracy". */
  readonly headline: string;
  readonly split: string;
  /** Number of items of the official files, or null where it depends on the files. */
  readonly sampleCount: number | null;
  /** Folder of its files below the data folder. */
  readonly folder: string;
  readonly files: readonly BenchmarkFile[];
  /** Folder of its images below the data folder, or null when its items bring theirs. */
  readonly images: string | null;
  /** What to get and where, in a sentence. */
  readonly needs: string;
  /** Whether items whose image is missing may be left out, because images of the official list have died. Default false. */
  readonly mayLackImages?: boolean;
  readonly citation: string;
  /** Of the data. */
  readonly licence: string;
  /** Makes the images of items that name no files, such as drawn ones; others are decoded by the app. */
  loadImage?(image: ImageRef): RgbImage | Promise<RgbImage>;
  /** Reads the items. @throws BenchmarkError that names file and entry */
  read(source: Source): Promise<Data>;
}

/** A definition, checked by the compiler: `defineBenchmark({ … })`. */
export function defineBenchmark<Data extends BenchmarkData>(
  definition: BenchmarkDefinition<Data>,
): BenchmarkDefinition<Data> {
  return definition;
}
