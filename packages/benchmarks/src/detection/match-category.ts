import type { DetectionColumns } from "./detection-columns.js";
import type { FederatedCategory } from "./federation.js";
import type { GroundTruthColumns } from "./ground-truth-columns.js";
import { areaRanges, type DetectionProtocol, iouThresholds } from "./protocol.js";

/** Detections of one category, surest first, with what became of them. */
export interface CategoryMatches {
  /** How many surer detections of the category the image has. */
  readonly rank: Int32Array;
  /** By class of size, all sizes first. */
  readonly sizes: readonly [SizeMatches, ...SizeMatches[]];
}

/** What became of a category's detections in one class of size. */
export interface SizeMatches {
  /** Bit t is set where the detection found an object at threshold t. */
  readonly matched: Uint16Array;
  /** Bit t is set where the detection counts neither as right nor as wrong at threshold t. */
  readonly ignored: Uint16Array;
  /** Objects that count. */
  readonly positives: number;
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

const [lowest = 0] = iouThresholds;
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
  const objects = objectsOf(input);
  const sizes = areaRanges.map((range) => sizeClass(input, objects.size, range));
  const rank = new Int32Array(surest.length);
  const seen = new Int32Array(truth.imageIds.length);
  const overlaps = new Float64Array(objects.most);
  surest.forEach((row, at) => {
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
    for (const one of sizes) {
      if (best >= lowest) matchOne(objects, one, first, size, overlaps, at);
      const { from, to, matched, ignored } = one;
      if (area < from || area > to || forgiven) ignored[at]! |= ~matched[at]! & allThresholds;
    }
  });
  return { rank, sizes: sizes as [SizeClass, ...SizeClass[]] };
}

/** The objects of one category, in the order of its annotations. */
interface CategoryObjects {
  /** By image: place of its first object among the category's annotations, and how many there are. */
  readonly first: Int32Array;
  readonly size: Int32Array;
  /** Most objects in an image. */
  readonly most: number;
  /** By place: 1 for an object that any number of detections may find. */
  readonly open: Uint8Array;
  /** By place: 1 for an object whose finding does not show, since its id is 0. */
  readonly unseen: Uint8Array;
}

/** One class of size as matching needs it. */
interface SizeClass extends SizeMatches {
  /** Areas, limits included. */
  readonly from: number;
  readonly to: number;
  /** Places in the order of matching, those that count for nothing last in their image. */
  readonly order: Int32Array;
  /** By place: 1 for an object that counts for nothing. */
  readonly nothing: Uint8Array;
  /** By place: bit t is set once the object is taken at threshold t. */
  readonly taken: Uint16Array;
}

function objectsOf({ protocol, truth, annotations }: CategoryInput): CategoryObjects {
  const first = new Int32Array(truth.imageIds.length);
  const size = new Int32Array(truth.imageIds.length);
  let most = 0;
  annotations.forEach((row, place) => {
    const image = truth.image[row]!;
    if (size[image] === 0) first[image] = place;
    most = Math.max(most, ++size[image]!);
  });
  return {
    first,
    size,
    most,
    open: Uint8Array.from(annotations, (row) => (protocol === "coco" ? truth.crowd[row]! : 0)),
    unseen: Uint8Array.from(annotations, (row) => truth.idZero[row]!),
  };
}

function sizeClass(
  { protocol, truth, annotations, surest }: CategoryInput,
  objectsIn: Int32Array,
  { from, to }: (typeof areaRanges)[number],
): SizeClass {
  const ignore = protocol === "coco" ? truth.crowd : truth.ignore;
  const nothing = Uint8Array.from(annotations, (row) =>
    ignore[row] || truth.area[row]! < from || truth.area[row]! > to ? 1 : 0,
  );
  const order = new Int32Array(annotations.length);
  for (let start = 0; start < order.length; ) {
    const end = start + objectsIn[truth.image[annotations[start]!]!]!;
    let next = start;
    for (const wanted of [0, 1]) {
      for (let place = start; place < end; place++) if (nothing[place] === wanted) order[next++] = place;
    }
    start = end;
  }
  return {
    from,
    to,
    order,
    nothing,
    taken: new Uint16Array(annotations.length),
    matched: new Uint16Array(surest.length),
    ignored: new Uint16Array(surest.length),
    positives: nothing.reduce((sum, flag) => sum + 1 - flag, 0),
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
  { open, unseen }: CategoryObjects,
  { order, nothing, taken, matched, ignored }: SizeClass,
  first: number,
  size: number,
  overlaps: Float64Array,
  at: number,
): void {
  for (let threshold = 0; threshold < thresholds.length; threshold++) {
    const bit = 1 << threshold;
    let best = thresholds[threshold]!;
    let found = -1;
    for (let index = first; index < first + size; index++) {
      const place = order[index]!;
      if ((taken[place]! & bit) !== 0 && open[place] === 0) continue;
      if (found >= 0 && nothing[found] === 0 && nothing[place] === 1) break;
      const overlap = overlaps[place - first]!;
      if (overlap < best) continue;
      best = overlap;
      found = place;
    }
    if (found < 0) continue;
    taken[found]! |= bit;
    if (nothing[found] === 1) ignored[at]! |= bit;
    if (unseen[found] === 0) matched[at]! |= bit;
  }
}
