import type { Edit } from "@tesserae/negatives";
import type { SceneGraph } from "@tesserae/scene-graph";

/** A sub-graph of a caption's graph: its text, and the ids of its objects in that graph. */
export interface PreparedSubGraph {
  readonly caption: string;
  readonly objects: readonly string[];
}

/** A negative with where it came from. */
export interface PreparedNegative {
  readonly caption: string;
  readonly miner: string;
  readonly version: string;
  /** The miner's rule. */
  readonly kind: string;
  /** Replacing these spans of `source` gives `caption`. */
  readonly edits: readonly Edit[];
  /** The text that `edits` refer to, where it is not the caption: MosaiCLIP edits the text of a sub-graph. */
  readonly source?: string;
  /** What `caption` says. */
  readonly graph: SceneGraph;
}

/** A line of a shard. */
export interface PreparedCaption {
  readonly id: string;
  /** As the file of captions names it. */
  readonly image?: string;
  readonly caption: string;
  readonly graph: SceneGraph;
  readonly subGraphs: readonly PreparedSubGraph[];
  readonly negatives: readonly PreparedNegative[];
}

/** What was counted while captions were prepared. */
export interface PreparedCounts {
  /** Records of the file, usable or not. */
  readonly records: number;
  /** Captions that were parsed and mined. */
  readonly captions: number;
  /** Captions with at least one negative. */
  readonly covered: number;
  readonly negatives: number;
  /** Negatives by kind. */
  readonly kinds: Readonly<Record<string, number>>;
  /** Candidates that the miner threw away, by reason. */
  readonly rejects: Readonly<Record<string, number>>;
  /** Records left out. */
  readonly skipped: number;
  /** Captions that were changed before parsing. */
  readonly repaired: number;
  /** Captions at which the miner failed, by how. */
  readonly failures: Readonly<Record<string, number>>;
}

/** A file of a preparation. */
export interface PreparedFile {
  readonly name: string;
  /** Lines of JSON, or rows of the table. */
  readonly records: number;
  readonly sha256: string;
}

/** The content of `manifest.json`, which is written last. It depends on the captions, the miner and the seed alone. */
export interface PreparedManifest {
  readonly format: "jsonl" | "negclip-tsv";
  /** Name of the file of captions. */
  readonly source: string;
  readonly seed: number;
  readonly miner: { readonly name: string; readonly version: string };
  /** Version of this app. */
  readonly version: string;
  readonly counts: PreparedCounts;
  readonly files: readonly PreparedFile[];
  /** Hash of the captions that were read. */
  readonly sourceSha256: string;
  /** Hash of all files. */
  readonly sha256: string;
}

export const manifestName = "manifest.json";
