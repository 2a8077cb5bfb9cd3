import type { ModelRecord } from "../results/result-schema.js";
import type { Expression } from "./expression.js";

/** A table of a paper, or of this project, as data: what to show, and what others published. */
export interface TableSpec {
  /** What `bench table` is asked for: "demo", "mosaiclip/1". */
  readonly name: string;
  readonly title: string;
  readonly rows: readonly TableRow[];
  readonly columns: readonly TableColumn[];
  /** Lines over a number, such as accuracy over the length of a caption. */
  readonly curves?: readonly TableCurve[];
  readonly published?: PublishedNumbers;
  /** The table's miniature, which can be trained here. */
  readonly world?: WorldCounterpart;
  readonly notes?: readonly string[];
}

/** How a table's rows are trained on the synthetic world, and what its columns are there. */
export interface WorldCounterpart {
  readonly rows: readonly WorldRow[];
  readonly columns: readonly Pick<TableColumn, "label" | "value" | "claims">[];
  /** Rows of what isn't trained, such as shortcuts: the name that `bench run --model` takes, and what it is scored on. */
  readonly scorers?: readonly ScorerRow[];
  /** Scale of the recipes. Default "world". */
  readonly scale?: string;
  /** Whether the recipes write the results themselves, so that nothing is left to score. */
  readonly recipeScores?: boolean;
  /** What the rows' places are called, where they have some: the columns are then drawn over them. */
  readonly axis?: string;
  /** How much lower one row is than another, as a share, with its interval over the seeds. */
  readonly falls?: readonly { readonly from: string; readonly to: string }[];
  readonly notes?: readonly string[];
  /** How a row with a user's own miner is trained; without it there can be none. */
  readonly minerRow?: Pick<WorldRow, "recipe" | "set" | "from">;
}

/** A row that needs no training. */
export interface ScorerRow {
  readonly model: string;
  readonly label: string;
  readonly scorer: string;
  readonly benchmarks: readonly string[];
}

/** A row as a recipe of the training app. */
export interface WorldRow {
  readonly model: string;
  readonly label: string;
  readonly recipe: string;
  /** Scale of its recipe; default: the table's. */
  readonly scale?: string;
  /** Flags besides those of the scale. */
  readonly set?: Readonly<Record<string, string | number | boolean>>;
  /** Starts from this other row's weights, of the same seed. */
  readonly from?: string;
  /** Where it stands on the axis, and the line that it is a point of. */
  readonly at?: number;
  readonly line?: string;
  /** File or module of a miner in place of the recipe's. */
  readonly miner?: string;
}

/** One model, trained with one or several seeds. */
export interface TableRow {
  /** Such as "mosaiclip": the recipe, or the model's name in result files without "-seed-1". Rows below name the others. */
  readonly model: string;
  readonly label: string;
  /** Which results belong to the row; default: see `belongsTo`. */
  readonly select?: (model: ModelRecord) => boolean;
}

/** One number of every row. */
export interface TableColumn {
  /** Unique in the table, such as "Rel" or "COCO Rel". */
  readonly label: string;
  readonly value: Expression;
  /** Only models of this scale or data count here, such as "cc-ft"; default: all. */
  readonly scale?: string;
  readonly claims?: readonly Claim[];
  /** What is needed to run this column, and where to get it. */
  readonly needs: string;
}

/** A number of every row at several places. */
export interface TableCurve {
  readonly label: string;
  /** What stands on the horizontal axis. */
  readonly axis: string;
  readonly points: readonly { readonly at: number; readonly value: Expression }[];
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
  /** Percent as printed, by model, in the order of the columns; null where nothing is printed. */
  readonly values: Readonly<Record<string, readonly (number | null)[]>>;
  /** Deviations over seeds as printed, in the same form. */
  readonly deviations?: Readonly<Record<string, readonly (number | null)[]>>;
  /** Misprints and doubts. */
  readonly remarks?: readonly string[];
}

/**
 * Whether a model belongs to a row: its name is the row's, up to a seed ("mosaiclip", "mosaiclip-seed-2"), and where a column asks for
 * a scale, its record says that one, or its name does ("mosaiclip-cc-ft-seed-2").
 */
export function belongsTo(row: TableRow, scale: string | undefined, model: ModelRecord): boolean {
  const suffix = scale === undefined ? "" : `-${scale}`;
  const name = model.name.replace(/-seed-\d+$/, "");
  if (row.select) return row.select(model) && (scale === undefined || model.scale === scale || name.endsWith(suffix));
  if (scale === undefined) return name === row.model;
  return name === `${row.model}${suffix}` || (name === row.model && model.scale === scale);
}
