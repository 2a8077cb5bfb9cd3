import type { DetectionColumns } from "./detection-columns.js";
import type { FederatedCategory } from "./federation.js";
import type { GroundTruthColumns } from "./ground-truth-columns.js";
import { areaRanges, type DetectionProtocol, iouThresholds } from "./protocol.js";

/** Detections of one category, surest first, with what became of them. */
export interface CategoryMatches {
  readonly count: number;
  /** How many surer detections of the category the image has. */
  readonly rank: Int32Array;
  /** By class of size: bit t is set where the detection found an object at threshold t. */
  readonly matched: readonly Uint16Array[];
  /** By class of size: bit t is set where the detection counts neither as right nor as wrong at threshold t. */
  readonly ignored: readonly Uint16Array[];
  /** By class of size: objects that count. */
  readonly positives: readonly number[];
}

/** What one category is matched from. */
export interface CategoryInput {
  readonly protocol: DetectionProtocol;
  readonly truth: GroundTruthColumns;
  /** Rows of the category's annotations, grouped by image, in the file's order. */
  readonly annotations: Int32Array;
  readonly detections: DetectionColumns;
  /** Rows of the category's detections, surest first, only those within the protocol's limits. */
  readonly surest: Int32Array;
  /** LVIS only. */
  readonly federated?: FederatedCategory | undefined;
}

const allThresholds = (1 << iouThresholds.length) - 1;
/** As in the reference code, which takes the smaller of a threshold and almost 1. */
const thresholds = Float64Array.from(iouThresholds, (value) => Math.min(value, 1 - 1e-10));

/**
 * Gives detections, surest first, to the objects of their images: each to the free object with the largest overlap of at
 * least the threshold, the later of equals; to one that counts for nothing only where no other fits. In COCO, a crowd
 * stays free. The order of images does not matter, so all images of a category are matched in one pass over its detections.
 */
export function matchCategory(input: CategoryInput): CategoryMatches {
  const { truth, detections, surest, federated } = input;
  const objects = sortObjects(input);
  const matched = areaRanges.map(() => new Uint16Array(surest.length));
  const ignored = areaRanges.map(() => new Uint16Array(surest.length));
  const rank = new Int32Array(surest.length);
  const seen = new Int32Array(truth.imageIds.length);
  const overlaps = new Float64Array(objects.most);
  for (let at = 0; at < surest.length; at++) {
    const row = surest[at]!;
    const image = detections.image[row]!;
    rank[at] = seen[image]!++;
    const first = objects.first[image]!;
    const size = objects.size[image]!;
    const area = detections.box[4 * row + 2]! * detections.box[4 * row + 3]!;
    const forgiven = federated !== undefined && federated.notExhaustive[image] === 1;
    const best =
      size === 0
        ? 0
        : overlapsOf(detections.box, 4 * row, truth, input.annotations, first, size, overlaps, input.protocol);
    for (let range = 0; range < areaRanges.length; range++) {
      if (best >= thresholds[0]!) matchOne(objects, range, first, size, overlaps, at, matched[range]!, ignored[range]!);
      const { from, to } = areaRanges[range]!;
      if (area < from || area > to || forgiven) ignored[range]![at]! |= ~matched[range]![at]! & allThresholds;
    }
  }
  return { count: surest.length, rank, matched, ignored, positives: objects.positives };
}

/** The objects of one category as matching needs them. */
interface SortedObjects {
  /** By image: place of its first object among the category's annotations, and how many there are. */
  readonly first: Int32Array;
  readonly size: Int32Array;
  /** Most objects in an image. */
  readonly most: number;
  /** By class of size: places in the order of matching, those that count for nothing last in their image. */
  readonly order: readonly Int32Array[];
  /** By class of size and place: 1 for an object that counts for nothing. */
  readonly nothing: readonly Uint8Array[];
  /** By class of size and place: bit t is set once the object is taken at threshold t. */
  readonly taken: readonly Uint16Array[];
  /** By place: 1 for an object that any number of detections may find. */
  readonly open: Uint8Array;
  /** By place: 1 for an object whose finding does not show, since its id is 0. */
  readonly unseen: Uint8Array;
  readonly positives: readonly number[];
}

function sortObjects({ protocol, truth, annotations }: CategoryInput): SortedObjects {
  const first = new Int32Array(truth.imageIds.length);
  const size = new Int32Array(truth.imageIds.length);
  let most = 0;
  annotations.forEach((row, place) => {
    const image = truth.image[row]!;
    if (size[image] === 0) first[image] = place;
    most = Math.max(most, ++size[image]!);
  });
  const ignore = protocol === "coco" ? truth.crowd : truth.ignore;
  const nothing = areaRanges.map(({ from, to }) =>
    Uint8Array.from(annotations, (row) => (ignore[row] || truth.area[row]! < from || truth.area[row]! > to ? 1 : 0)),
  );
  const order = nothing.map((flags) => {
    const places = new Int32Array(annotations.length);
    for (let start = 0; start < places.length; ) {
      const end = start + size[truth.image[annotations[start]!]!]!;
      let next = start;
      for (const wanted of [0, 1]) {
        for (let place = start; place < end; place++) if (flags[place] === wanted) places[next++] = place;
      }
      start = end;
    }
    return places;
  });
  return {
    first,
    size,
    most,
    order,
    nothing,
    taken: areaRanges.map(() => new Uint16Array(annotations.length)),
    open: Uint8Array.from(annotations, (row) => (protocol === "coco" ? truth.crowd[row]! : 0)),
    unseen: Uint8Array.from(annotations, (row) => truth.idZero[row]!),
    positives: nothing.map((flags) => flags.reduce((sum, flag) => sum + 1 - flag, 0)),
  };
}

/** Writes the overlap of one detection with each object of its image, and returns the largest. */
function overlapsOf(
  boxes: Float64Array,
  at: number,
  truth: GroundTruthColumns,
  annotations: Int32Array,
  first: number,
  size: number,
  overlaps: Float64Array,
  protocol: DetectionProtocol,
): number {
  const x = boxes[at]!;
  const y = boxes[at + 1]!;
  const width = boxes[at + 2]!;
  const height = boxes[at + 3]!;
  let best = 0;
  for (let index = 0; index < size; index++) {
    const row = annotations[first + index]!;
    const other = 4 * row;
    const otherX = truth.box[other]!;
    const otherY = truth.box[other + 1]!;
    const otherWidth = truth.box[other + 2]!;
    const otherHeight = truth.box[other + 3]!;
    const across = Math.min(width + x, otherWidth + otherX) - Math.max(x, otherX);
    const down = Math.min(height + y, otherHeight + otherY) - Math.max(y, otherY);
    let overlap = 0;
    if (across > 0 && down > 0) {
      const shared = across * down;
      const area = width * height;
      // A crowd holds many objects, so the part of the detection inside it counts.
      const crowd = protocol === "coco" && truth.crowd[row] === 1;
      overlap = shared / (crowd ? area : area + otherWidth * otherHeight - shared);
    }
    overlaps[index] = overlap;
    if (overlap > best) best = overlap;
  }
  return best;
}

/** Matches one detection at every threshold, for one class of size. */
function matchOne(
  { order, nothing, taken, open, unseen }: SortedObjects,
  range: number,
  first: number,
  size: number,
  overlaps: Float64Array,
  at: number,
  matched: Uint16Array,
  ignored: Uint16Array,
): void {
  const places = order[range]!;
  const nothings = nothing[range]!;
  const takens = taken[range]!;
  for (let threshold = 0; threshold < thresholds.length; threshold++) {
    const bit = 1 << threshold;
    let best = thresholds[threshold]!;
    let found = -1;
    for (let index = first; index < first + size; index++) {
      const place = places[index]!;
      if ((takens[place]! & bit) !== 0 && open[place] === 0) continue;
      if (found >= 0 && nothings[found] === 0 && nothings[place] === 1) break;
      const overlap = overlaps[place - first]!;
      if (overlap < best) continue;
      best = overlap;
      found = place;
    }
    if (found < 0) continue;
    takens[found]! |= bit;
    if (nothings[found] === 1) ignored[at]! |= bit;
    if (unseen[found] === 0) matched[at]! |= bit;
  }
}
