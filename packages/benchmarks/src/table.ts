/** A table of a paper, or of this project, as data: what to show, and what others published. */
export interface TableSpec {
  /** What `bench table` is asked for: "demo", "mosaiclip/1". */
  readonly name: string;
  readonly title: string;
  readonly rows: readonly TableRow[];
  readonly columns: readonly TableColumn[];
  readonly published?: PublishedNumbers;
  readonly notes?: readonly string[];
}

/** One model. */
export interface TableRow {
  /** Name of the model in result files. Models that no row names are added below. */
  readonly model: string;
  readonly label: string;
}

/** One metric of one benchmark. */
export interface TableColumn {
  readonly label: string;
  /** Name of the benchmark and of its metric, as in result files. */
  readonly benchmark: string;
  readonly metric: string;
  /** Chance level in [0, 1] for a column whose benchmark was not run. */
  readonly chance?: number;
  readonly claims?: readonly Claim[];
  /** What is needed to run this column, and where to get it. */
  readonly needs: string;
}

/** An order that a paper reports. */
export interface Claim {
  /** Models, the best first. */
  readonly order: readonly string[];
  /** Paper and table. */
  readonly source: string;
  /** True when the numbers were read in somebody's notes and not in the paper. */
  readonly secondHand?: boolean;
  /** What `checkTable` asks of each neighbouring pair: better at the 95 % level, or at least not worse at that level. */
  readonly check?: "significant" | "not-worse";
}

/** What a paper printed, to stand beside our results. */
export interface PublishedNumbers {
  readonly source: string;
  readonly secondHand: boolean;
  /** Percent as printed, by model and column label. */
  readonly values: Readonly<Record<string, Readonly<Record<string, number>>>>;
}
