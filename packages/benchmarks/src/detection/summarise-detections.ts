import type { AnnotatedCategory } from "./annotations.js";
import type { GroundTruthColumns } from "./ground-truth-columns.js";
import type { CategoryCurves } from "./precision-recall.js";
import { type ProblemLog, show } from "./problems.js";
import { type DetectionProtocol, iouThresholds } from "./protocol.js";

/**
 * Names of the numbers. AP: mean precision; AP50 and AP75: at these overlaps alone; s, m, l: small, medium and large objects;
 * r, c, f: rare, common and frequent categories (LVIS); AR: mean recall, in COCO with 1, 10 and 100 detections an image.
 */
export type DetectionMetric =
  | "AP"
  | "AP50"
  | "AP75"
  | "APs"
  | "APm"
  | "APl"
  | "APr"
  | "APc"
  | "APf"
  | "AR"
  | "AR1"
  | "AR10"
  | "AR100"
  | "ARs"
  | "ARm"
  | "ARl";

/** Scores of one category over all sizes; -1 where the category has no object that counts. */
export interface CategoryDetectionScores {
  readonly id: number;
  readonly name: string;
  /** Objects that count. */
  readonly objects: number;
  readonly AP: number;
  readonly AP50: number;
  readonly AP75: number;
  readonly AR: number;
}

/** What the summary is made of. */
export interface SummaryInput {
  readonly protocol: DetectionProtocol;
  readonly truth: GroundTruthColumns;
  readonly categories: readonly AnnotatedCategory[];
  /** By category, as the next. */
  readonly curves: readonly CategoryCurves[];
  readonly objects: readonly number[];
}

const all = 0;
const small = 1;
const medium = 2;
const large = 3;
const at75 = iouThresholds.indexOf(0.75);

/** Averages the curves of all categories to the numbers of the protocol. */
export function summariseDetections(
  { protocol, truth, categories, curves, objects }: SummaryInput,
  log: ProblemLog,
): {
  readonly metrics: Readonly<Partial<Record<DetectionMetric, number>>>;
  readonly categories: readonly CategoryDetectionScores[];
} {
  const precision = (size: number, of = curves): number => mean(of.map((curve) => curve.precision[size]));
  const precisionAt = (threshold: number): number =>
    mean(curves.map((curve) => curve.precision[all]?.slice(threshold, threshold + 1)));
  const recall = (size: number): number => mean(curves.map((curve) => curve.recall[size]));
  const limited = (limit: number): number => mean(curves.map((curve) => curve.limitedRecall[limit]));
  const shared = {
    AP: precision(all),
    AP50: precisionAt(0),
    AP75: precisionAt(at75),
    APs: precision(small),
    APm: precision(medium),
    APl: precision(large),
  };
  const recalls = { ARs: recall(small), ARm: recall(medium), ARl: recall(large) };
  const byId = new Map(
    [...categories].reverse().flatMap((category) => (category ? [[category.id, category] as const] : [])),
  );
  const rows = truth.categoryIds.map((id) => byId.get(id)!);
  const metrics =
    protocol === "coco"
      ? { ...shared, AR1: limited(0), AR10: limited(1), AR100: recall(all), ...recalls }
      : { ...shared, ...byFrequency(rows, curves, precision, log), AR: recall(all), ...recalls };
  return {
    metrics,
    categories: rows.map(({ id, name = String(id) }, row) => {
      const ofAll = curves[row]!.precision[all];
      return {
        id,
        name,
        objects: objects[row]!,
        AP: mean([ofAll]),
        AP50: ofAll?.[0] ?? -1,
        AP75: ofAll?.[at75] ?? -1,
        AR: mean([curves[row]!.recall[all]]),
      };
    }),
  };
}

function byFrequency(
  categories: readonly AnnotatedCategory[],
  curves: readonly CategoryCurves[],
  precision: (size: number, of: readonly CategoryCurves[]) => number,
  log: ProblemLog,
): { readonly APr: number; readonly APc: number; readonly APf: number } {
  for (const { id, frequency } of categories) {
    if (frequency === "r" || frequency === "c" || frequency === "f") continue;
    log.add("frequency-missing", "ground truth", () => `category ${id}: frequency is ${show(frequency)}`);
  }
  const of = (frequency: string): number =>
    precision(
      all,
      curves.filter((_, row) => categories[row]!.frequency === frequency),
    );
  return { APr: of("r"), APc: of("c"), APf: of("f") };
}

/** Mean over all numbers of all categories that have any, or -1. */
function mean(values: readonly (readonly number[] | undefined)[]): number {
  let sum = 0;
  let count = 0;
  for (const list of values) {
    for (const value of list ?? []) {
      sum += value;
      count++;
    }
  }
  return count === 0 ? -1 : sum / count;
}
