import type { Output } from "@tesserae/shared";

/** What the command line says about a measurement. */
export interface PerfOptions {
  /** Times that each variant is measured. Default 5. */
  readonly rounds: number;
  /** Threads, where a variant has them. Default 2. */
  readonly threads: number;
  /** Backend, where a case runs on any. Default: the first that works. */
  readonly backend?: string;
  /** A file of captions, one a line; captions of the embedded world where it is not given. */
  readonly captions?: string;
  /** Beginning of the name of the one size to measure, where a case has sizes. Default: all. */
  readonly size?: string;
  /** A folder of photos with captions (`annotations.jsonl`, `images/`), where a case trains on one. */
  readonly data?: string;
  /** A built clone of an earlier commit, where a case compares with one. */
  readonly before?: string;
  /** Threads that make the batches of a training on them. Default: the app's. */
  readonly workers?: number;
  /** Method that is trained on them beside open_clip: clip, negclip or mosaiclip. Default: every recipe, without a peer. */
  readonly method?: string;
  /** A Python with the peers of a case, such as PyTorch (see tools/oracles). Default: `python3`. */
  readonly python?: string;
}

/** A measurement's table. */
export interface PerfReport {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Lines below the table: what was measured on what, and what is missing. */
  readonly notes: readonly string[];
}

/** Something whose speed is measured, beside its peers where there are any. */
export interface PerfCase {
  readonly name: string;
  readonly summary: string;
  measure(options: PerfOptions, output: Output): Promise<PerfReport>;
}
