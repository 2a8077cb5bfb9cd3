/** One multiple-choice item: an image and captions of which exactly one is right. */
export interface ChoiceItem {
  /** What the scorer is asked to embed: a path, or a name such as "world:7/test/12". */
  readonly image: string;
  readonly captions: readonly string[];
  /** Index of the right caption. */
  readonly correct: number;
  /** What the item is counted under besides the total, such as "n=3" or a relation's name. */
  readonly group?: string;
}

/** One image with every caption that is true of it. */
export interface RetrievalPair {
  readonly image: string;
  readonly captions: readonly string[];
}

/** Strings in, vectors out: all that a benchmark sees of a model. Vectors need not be normalised; scores are cosines. */
export interface Scorer {
  readonly name: string;
  /** Identifies the weights, and whatever else changes scores (such as the activation). */
  readonly revision: string;
  embedImages(paths: readonly string[]): Promise<readonly Float32Array[]>;
  embedTexts(captions: readonly string[]): Promise<readonly Float32Array[]>;
}

/**
 * What counts as right when scores are equal.
 * - `positive-must-win`: the right caption must score strictly higher than every other (SugarCrepe's rule).
 * - `first-index-wins`: the first caption with the highest score is the choice, as NumPy's argmax does (ARO's rule).
 */
export type TieRule = "positive-must-win" | "first-index-wins";

/** `micro`: every item counts the same. `macro`: unweighted mean of the accuracies of the groups. */
export type Averaging = "micro" | "macro";

/** What a benchmark is and how it counts; every result repeats it. */
export interface BenchmarkInfo {
  /** Such as "world/relation-swap". */
  readonly name: string;
  /** Raised whenever a change can move a score. */
  readonly version: string;
  readonly split: string;
  /** Identifies the items: a checksum, or the revision of the data set. */
  readonly dataRevision: string;
  /** Score of blind guessing, in [0, 1]. */
  readonly chance: number;
  readonly tieRule: TieRule;
  readonly averaging: Averaging;
  readonly citation: string;
  readonly licence: string;
}

/** Options of one run of a benchmark. */
export interface RunOptions {
  /** Score only this many items, drawn with `seed`. The result is marked `limited` and cannot enter a table. */
  readonly limit?: number;
  /** Seeds the draw of `limit` and the bootstrap. Default 0. */
  readonly seed?: number;
  /** Items that the caller left out beforehand, such as those whose image is missing. Default 0. */
  readonly skipped?: number;
  /** Called with the number of embedded strings so far, and how many there are. */
  onProgress?(done: number, total: number): void;
}

/** Items and the rules to score them by. */
export interface Benchmark {
  readonly info: BenchmarkInfo;
  run(scorer: Scorer, options?: RunOptions): Promise<BenchmarkResult>;
}

/** One number of a result. */
export interface Metric {
  /** In [0, 1]. */
  readonly value: number;
  /** Number of items, queries or captions behind the value. */
  readonly n: number;
  /** 95 % interval: Wilson for a share of independent items, bootstrap elsewhere. */
  readonly interval?: readonly [number, number];
  readonly chance?: number;
}

/** What happened to one multiple-choice item. */
export interface ItemRecord extends ChoiceItem {
  /** The highest score's index, the first one of equals. */
  readonly chosen: number;
  /** Cosines, rounded to 5 decimals (ties are judged before rounding). */
  readonly scores: readonly number[];
}

/** Which model was scored, and how it came to be. */
export interface ModelRecord {
  readonly name: string;
  readonly revision: string;
  readonly activation?: string;
  /** How it was trained, where that is known. */
  readonly method?: string;
  readonly miner?: { readonly name: string; readonly version: string } | null;
}

/** The record that result files hold, and tables are made of. Plain JSON. */
export interface BenchmarkResult {
  readonly benchmark: string;
  readonly benchmarkVersion: string;
  readonly split: string;
  readonly dataRevision: string;
  /** Items scored. */
  readonly sampleCount: number;
  /** Items of the benchmark that could not be scored, such as those whose image is missing. */
  readonly skipped: number;
  readonly limited: boolean;
  readonly tieRule: TieRule;
  readonly averaging: Averaging;
  readonly seed: number;
  readonly model: ModelRecord;
  readonly metrics: Readonly<Record<string, Metric>>;
  /** Items in which a wrong caption scored exactly as high as the right one; queries for retrieval. */
  readonly ties: number;
  /** Per item: 1 right, 0 wrong (choice benchmarks). */
  readonly correct?: readonly (0 | 1)[];
  readonly items?: readonly ItemRecord[];
  /** Per query: how many wrong answers score at least as high as the best right one (retrieval benchmarks). */
  readonly ranks?: { readonly imageToText: readonly number[]; readonly textToImage: readonly number[] };
  /** Number of captions of each image, in order: which text-to-image queries belong together. */
  readonly captionsPerImage?: readonly number[];
  readonly citation: string;
  readonly licence: string;
  readonly seconds?: number;
  readonly versions?: Readonly<Record<string, string>>;
  readonly machine?: string;
}
