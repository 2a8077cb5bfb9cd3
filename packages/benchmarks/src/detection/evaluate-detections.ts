import type { Detection, DetectionGroundTruth } from "./annotations.js";
import { type DetectionColumns, detectionColumns } from "./detection-columns.js";
import { DetectionError } from "./detection-error.js";
import { type FederatedCategory, federation } from "./federation.js";
import { type GroundTruthColumns, groundTruthColumns } from "./ground-truth-columns.js";
import { matchCategory } from "./match-category.js";
import { allRows, groupRows } from "./order.js";
import { type CategoryCurves, precisionRecall } from "./precision-recall.js";
import { type DetectionProblem, type ProblemLog, problemLog } from "./problems.js";
import { type DetectionProtocol, detectionProtocols } from "./protocol.js";
import { type CategoryDetectionScores, type DetectionMetric, summariseDetections } from "./summarise-detections.js";
import { type RowsByCategory, surestDetections } from "./surest-detections.js";

/** Options of `evaluateDetections`. */
export interface EvaluateDetectionsOptions {
  readonly protocol: DetectionProtocol;
}

/** Scores of a detector. */
export interface DetectionResult {
  readonly protocol: DetectionProtocol;
  /** In [0, 1]; -1 where nothing could be measured, as the reference code prints. In the reference's order. */
  readonly metrics: Readonly<Partial<Record<DetectionMetric, number>>>;
  /** By category, in the order of ids. */
  readonly categories: readonly CategoryDetectionScores[];
  /** Records read, and those that took part. */
  readonly counts: {
    readonly images: number;
    readonly annotations: number;
    readonly annotationsUsed: number;
    readonly detections: number;
    readonly detectionsUsed: number;
  };
  /** What was wrong with the input, and everything that took no part. */
  readonly problems: readonly DetectionProblem[];
}

/**
 * Scores bounding boxes as the reference code does: pycocotools' twelve numbers (`coco`), or those of lvis-api (`lvis`).
 * Averages run over 10 overlaps from 0.5 to 0.95, 101 recalls, and the categories that have objects.
 *
 * A bad record never stops the evaluation and never vanishes: `problems` names its kind, counts it, shows the first three
 * and says whether it took part. Where the reference code has an opinion on it (negative sizes, an id of 0), this has the same.
 *
 * @param groundTruth COCO's or LVIS's file, parsed.
 * @param detections COCO's list of results, parsed; order decides between equal scores in an image.
 * @throws DetectionError `unknown-protocol`; `not-coco-format` where images, annotations, categories or detections are no list.
 */
export function evaluateDetections(
  groundTruth: DetectionGroundTruth,
  detections: readonly Detection[],
  { protocol }: EvaluateDetectionsOptions,
): DetectionResult {
  expectInput(groundTruth, detections, protocol);
  const log = problemLog();
  const truth = groundTruthColumns(groundTruth, log);
  const found = detectionColumns(detections, truth, log);
  const annotations = annotationsByCategory(protocol, truth, log);
  const surest = surestDetections(protocol, truth, found, log);
  const federatedOf = protocol === "lvis" ? federation(truth, log) : undefined;
  const curves: CategoryCurves[] = [];
  const objects: number[] = [];
  let detectionsUsed = 0;
  for (let category = 0; category < truth.categoryIds.length; category++) {
    const own = rowsOf(annotations, category);
    const federated = federatedOf?.(category, own);
    const judged = judgedDetections(rowsOf(surest, category), federated, truth, found, log);
    const matches = matchCategory({ protocol, truth, annotations: own, detections: found, surest: judged, federated });
    curves.push(precisionRecall(matches));
    objects.push(matches.sizes[0].positives);
    detectionsUsed += judged.length;
  }
  const { categories } = groundTruth;
  return {
    protocol,
    ...summariseDetections({ protocol, truth, categories, curves, objects }, log),
    counts: {
      images: truth.imageIds.length,
      annotations: groundTruth.annotations.length,
      annotationsUsed: annotations.rows.length,
      detections: detections.length,
      detectionsUsed,
    },
    problems: log.list(),
  };
}

/** Rows of annotations by category, then by image, in the file's order. */
function annotationsByCategory(
  protocol: DetectionProtocol,
  truth: GroundTruthColumns,
  log: ProblemLog,
): RowsByCategory {
  const byImage = groupRows(allRows(truth.count), truth.image, truth.imageIds.length).rows;
  if (protocol === "coco") return groupRows(byImage, truth.category, truth.categoryIds.length);
  const solid = byImage.filter((row) => {
    if (truth.area[row]! > 0) return true;
    log.add(
      "zero-area",
      "ground truth",
      () => `image ${truth.imageIds[truth.image[row]!]}: area is ${truth.area[row]}`,
    );
    return false;
  });
  return groupRows(solid, truth.category, truth.categoryIds.length);
}

/** LVIS judges a detection only in images that have its category or are known to lack it. */
function judgedDetections(
  rows: Int32Array,
  federated: FederatedCategory | undefined,
  truth: GroundTruthColumns,
  found: DetectionColumns,
  log: ProblemLog,
): Int32Array {
  if (federated === undefined) return rows;
  return rows.filter((row) => {
    const image = found.image[row]!;
    if (federated.judged[image] === 1) return true;
    const category = truth.categoryIds[found.category[row]!];
    log.add("category-not-judged", "detections", () => `image ${truth.imageIds[image]}: category ${category}`);
    return false;
  });
}

function rowsOf({ rows, starts }: RowsByCategory, category: number): Int32Array {
  return rows.subarray(starts[category], starts[category + 1]);
}

function expectInput(
  groundTruth: DetectionGroundTruth,
  detections: readonly Detection[],
  protocol: DetectionProtocol,
): void {
  if (!detectionProtocols.includes(protocol)) {
    const known = detectionProtocols.map((name) => `"${name}"`).join(" or ");
    throw new DetectionError("unknown-protocol", `protocol is ${JSON.stringify(protocol)}; expected ${known}`);
  }
  for (const field of ["images", "annotations", "categories"] as const) {
    if (!Array.isArray(groundTruth?.[field])) {
      throw new DetectionError(
        "not-coco-format",
        `the ground truth has no list "${field}"; expected COCO's or LVIS's file, { images, annotations, categories }`,
      );
    }
  }
  if (!Array.isArray(detections)) {
    throw new DetectionError(
      "not-coco-format",
      "detections are no list; expected COCO's results, [{ image_id, category_id, bbox, score }, …]",
    );
  }
}
