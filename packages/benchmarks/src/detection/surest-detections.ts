import type { DetectionColumns } from "./detection-columns.js";
import type { GroundTruthColumns } from "./ground-truth-columns.js";
import { allRows, groupRows, sortByScore } from "./order.js";
import type { ProblemLog } from "./problems.js";
import { type DetectionProtocol, detectionLimit } from "./protocol.js";

/** Rows by category: those of category c stand from `starts[c]` to `starts[c + 1]`. */
export interface RowsByCategory {
  readonly rows: Int32Array;
  readonly starts: Int32Array;
}

/**
 * The detections within the protocol's limit, by category, surest first; of equal scores, the image with the smaller id
 * first, then the order of the file. One sort serves every image, category, threshold and class of size.
 */
export function surestDetections(
  protocol: DetectionProtocol,
  truth: GroundTruthColumns,
  found: DetectionColumns,
  log: ProblemLog,
): RowsByCategory {
  const byImage = groupRows(allRows(found.count), found.image, truth.imageIds.length);
  const byScore = sortByScore(byImage.rows, found.score);
  const limit = detectionLimit[protocol];
  const tell = (row: number): void =>
    log.add(
      "beyond-limit",
      "detections",
      () => `image ${truth.imageIds[found.image[row]!]}: score ${found.score[row]}`,
    );
  if (protocol === "lvis") {
    const within = limitByImage(byScore, found, truth.imageIds.length, limit, tell);
    const solid = within.filter((row) => hasArea(row, truth, found, log));
    return groupRows(solid, found.category, truth.categoryIds.length);
  }
  const byCategory = groupRows(byScore, found.category, truth.categoryIds.length);
  return limitEach(byCategory, found, truth.imageIds.length, limit, tell);
}

/** Keeps the first `limit` rows of every image. */
function limitByImage(
  rows: Int32Array,
  found: DetectionColumns,
  images: number,
  limit: number,
  tell: (row: number) => void,
): Int32Array {
  const seen = new Int32Array(images);
  return rows.filter((row) => {
    if (seen[found.image[row]!]!++ < limit) return true;
    tell(row);
    return false;
  });
}

/** Keeps the first `limit` rows of every image in every category. */
function limitEach(
  { rows, starts }: RowsByCategory,
  found: DetectionColumns,
  images: number,
  limit: number,
  tell: (row: number) => void,
): RowsByCategory {
  const kept = new Int32Array(rows.length);
  const ends = new Int32Array(starts.length);
  let end = 0;
  for (let category = 0; category + 1 < starts.length; category++) {
    const own = limitByImage(rows.subarray(starts[category], starts[category + 1]), found, images, limit, tell);
    kept.set(own, end);
    end += own.length;
    ends[category + 1] = end;
  }
  return { rows: kept.subarray(0, end), starts: ends };
}

function hasArea(row: number, truth: GroundTruthColumns, found: DetectionColumns, log: ProblemLog): boolean {
  const width = found.box[4 * row + 2]!;
  const height = found.box[4 * row + 3]!;
  if (width * height > 0) return true;
  log.add("zero-area", "detections", () => `image ${truth.imageIds[found.image[row]!]}: ${width} x ${height}`);
  return false;
}
