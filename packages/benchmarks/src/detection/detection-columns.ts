import type { Detection } from "./annotations.js";
import { boxFault, describeBox } from "./box-fault.js";
import type { GroundTruthColumns } from "./ground-truth-columns.js";
import { type DetectionProblemCode, type ProblemLog, show } from "./problems.js";

/** Detections as columns; row r of every column is one detection. */
export interface DetectionColumns {
  readonly count: number;
  /** Row of the image in the ground truth. */
  readonly image: Int32Array;
  /** Row of the category in the ground truth, -1 for an unknown one: LVIS lets it take one of the image's 300 places. */
  readonly category: Int32Array;
  /** x, y, width, height: four numbers a row. */
  readonly box: Float64Array;
  readonly score: Float64Array;
}

/** Reads detections into columns, in their order, and tells the log what is wrong with them. */
export function detectionColumns(
  detections: readonly Detection[],
  truth: GroundTruthColumns,
  log: ProblemLog,
): DetectionColumns {
  const most = detections.length;
  const image = new Int32Array(most);
  const category = new Int32Array(most);
  const box = new Float64Array(4 * most);
  const score = new Float64Array(most);
  let count = 0;
  for (let index = 0; index < most; index++) {
    const detection = detections[index]!;
    if (!isUsable(detection, index, truth, log)) continue;
    const { bbox } = detection;
    image[count] = truth.imageRow.get(detection.image_id)!;
    category[count] = truth.categoryRow.get(detection.category_id) ?? -1;
    const at = 4 * count;
    box[at] = bbox[0]!;
    box[at + 1] = bbox[1]!;
    box[at + 2] = bbox[2]!;
    box[at + 3] = bbox[3]!;
    score[count] = detection.score;
    count++;
  }
  return { count, image, category, box, score };
}

/** Whether a detection can take part; what is wrong with it is told either way. */
function isUsable(detection: Detection, index: number, truth: GroundTruthColumns, log: ProblemLog): boolean {
  if (typeof detection !== "object" || detection === null) {
    log.add("not-a-record", "detections", () => `detections[${index}]: it is ${detection}`);
    return false;
  }
  const { image_id, category_id, bbox, score } = detection;
  const imageRow = truth.imageRow.get(image_id);
  const image = imageRow === undefined ? undefined : truth.images[imageRow];
  const fault = boxFault(bbox, image);
  const knownCategory = truth.categoryRow.has(category_id);
  const scored = Number.isFinite(score);
  if (image !== undefined && fault === undefined && knownCategory && scored) return true;
  const report = (code: DetectionProblemCode, value: string): void =>
    log.add(code, "detections", () => `detections[${index}]: ${value}`);
  if (image === undefined) report("unknown-image", `image_id is ${show(image_id)}`);
  if (!knownCategory) report("unknown-category", `category_id is ${show(category_id)}`);
  if (fault !== undefined) report(fault, describeBox(bbox, image));
  if (!scored) report("score-not-finite", `score is ${show(score)}`);
  return image !== undefined && fault !== "box-not-finite" && scored;
}
