import type { CategoryMatches, SizeMatches } from "./match-category.js";
import { iouThresholds, recallLimits, recallThresholds } from "./protocol.js";

/** Precision and recall of one category; undefined in a class of size where it has no object that counts. */
export interface CategoryCurves {
  /** By class of size and threshold: precision, averaged over 101 recalls. */
  readonly precision: readonly (readonly number[] | undefined)[];
  /** By class of size and threshold: share of the objects that are found. */
  readonly recall: readonly (readonly number[] | undefined)[];
  /** By limit of `recallLimits` and threshold: recall over all sizes with only that many detections an image. */
  readonly limitedRecall: readonly (readonly number[] | undefined)[];
}

/** Walks through a category's detections, surest first, and reads the curves. */
export function precisionRecall(matches: CategoryMatches): CategoryCurves {
  const sizes = matches.sizes.map(curvesOfSize);
  return {
    precision: sizes.map((size) => size?.precision),
    recall: sizes.map((size) => size?.recall),
    limitedRecall: recallLimits.map((limit) => limitedRecall(matches, limit)),
  };
}

function curvesOfSize({
  matched,
  ignored,
  positives,
}: SizeMatches): { readonly precision: readonly number[]; readonly recall: readonly number[] } | undefined {
  if (positives === 0) return undefined;
  const curve = new Float64Array(positives);
  const precision: number[] = [];
  const recall: number[] = [];
  for (let threshold = 0; threshold < iouThresholds.length; threshold++) {
    const bit = 1 << threshold;
    let right = 0;
    let wrong = 0;
    for (let at = 0; at < matched.length; at++) {
      if ((ignored[at]! & bit) !== 0) continue;
      if ((matched[at]! & bit) === 0) wrong++;
      else {
        right++;
        curve[right - 1] = right / (wrong + right + Number.EPSILON);
      }
    }
    recall.push(right / positives);
    precision.push(averagePrecision(curve, right, positives));
  }
  return { precision, recall };
}

/**
 * Mean precision over the recall thresholds. `curve[n]` is the precision once n + 1 objects are found; only there does
 * recall grow, so nothing between them is needed. It is overwritten by its maximum from the right.
 */
function averagePrecision(curve: Float64Array, found: number, positives: number): number {
  for (let at = found - 1; at > 0; at--) if (curve[at]! > curve[at - 1]!) curve[at - 1] = curve[at]!;
  let sum = 0;
  let at = 0;
  for (const threshold of recallThresholds) {
    while (at < found && (at + 1) / positives < threshold) at++;
    if (at === found) break;
    sum += curve[at]!;
  }
  return sum / recallThresholds.length;
}

function limitedRecall({ rank, sizes }: CategoryMatches, limit: number): readonly number[] | undefined {
  const [{ matched, ignored, positives }] = sizes;
  if (positives === 0) return undefined;
  const right = matched.map((found, at) => (rank[at]! < limit ? found & ~ignored[at]! : 0));
  return iouThresholds.map(
    (_, threshold) => right.reduce((sum, bits) => sum + ((bits >> threshold) & 1), 0) / positives,
  );
}
