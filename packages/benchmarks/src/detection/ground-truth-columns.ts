import type { AnnotatedImage, BoxAnnotation, DetectionGroundTruth } from "./annotations.js";
import { boxFault, describeBox } from "./box-fault.js";
import { type DetectionProblemCode, type ProblemLog, show } from "./problems.js";

/** Annotations as columns; row r of every column is one object. Only valid rows are here. */
export interface GroundTruthColumns {
  readonly count: number;
  /** Row of the image in `imageIds`. */
  readonly image: Int32Array;
  /** Row of the category in `categoryIds`. */
  readonly category: Int32Array;
  /** x, y, width, height: four numbers a row. */
  readonly box: Float64Array;
  /** Square pixels. */
  readonly area: Float64Array;
  readonly crowd: Uint8Array;
  readonly ignore: Uint8Array;
  /** 1 where the annotation's id is 0: see the problem of that name. */
  readonly idZero: Uint8Array;
  /** In ascending order, which decides between detections of equal scores. */
  readonly imageIds: readonly (number | string)[];
  readonly imageRow: ReadonlyMap<number | string, number>;
  readonly images: readonly AnnotatedImage[];
  readonly categoryIds: readonly number[];
  readonly categoryRow: ReadonlyMap<number, number>;
}

/** What `iscrowd` and `ignore` may be without a word. */
const flagValues: ReadonlySet<unknown> = new Set([0, 1, true, false, undefined, null]);

/** Reads annotations into columns and tells the log what is wrong with them. */
export function groundTruthColumns(truth: DetectionGroundTruth, log: ProblemLog): GroundTruthColumns {
  const images = firstOfEach(truth.images, "images", "duplicate-image", log);
  images.forEach(({ id, width, height }) => {
    const isSize = (side: unknown) => side === undefined || (typeof side === "number" && side > 0);
    if (isSize(width) && isSize(height)) return;
    log.add("size-not-a-number", "ground truth", () => `image ${show(id)}: ${show(width)} x ${show(height)}`);
  });
  const imageIds = images.map(({ id }) => id);
  const imageRow = new Map(imageIds.map((id, row) => [id, row]));
  const categoryIds = firstOfEach(truth.categories, "categories", "duplicate-category", log).map(({ id }) => id);
  const categoryRow = new Map(categoryIds.map((id, row) => [id, row]));
  const most = truth.annotations.length;
  const columns = {
    image: new Int32Array(most),
    category: new Int32Array(most),
    box: new Float64Array(4 * most),
    area: new Float64Array(most),
    crowd: new Uint8Array(most),
    ignore: new Uint8Array(most),
    idZero: new Uint8Array(most),
  };
  const seen = new Set<number | string>();
  let count = 0;
  truth.annotations.forEach((annotation, index) => {
    const report = (code: DetectionProblemCode, value: () => string): void =>
      log.add(code, "ground truth", () => `annotations[${index}]: ${value()}`);
    const image = imageRow.get(annotation?.image_id);
    const category = categoryRow.get(annotation?.category_id);
    if (!isUsable(annotation, image, category, images, report)) return;
    const { bbox, area, id } = annotation;
    if (id === 0) report("annotation-id-zero", () => "id is 0");
    if (id !== undefined && seen.has(id)) report("duplicate-annotation", () => `id is ${show(id)}`);
    if (id !== undefined) seen.add(id);
    const known = typeof area === "number" && Number.isFinite(area);
    if (!known) report("area-missing", () => `area is ${show(area)}`);
    if (known && area < 0) report("area-negative", () => `area is ${area}`);
    for (const flag of ["iscrowd", "ignore"] as const) {
      const value: unknown = annotation[flag];
      if (!flagValues.has(value)) report("flag-not-0-or-1", () => `${flag} is ${show(value)}`);
    }
    columns.image[count] = image!;
    columns.category[count] = category!;
    columns.box.set(bbox, 4 * count);
    columns.area[count] = known ? area : bbox[2]! * bbox[3]!;
    columns.crowd[count] = annotation.iscrowd ? 1 : 0;
    columns.ignore[count] = annotation.ignore ? 1 : 0;
    columns.idZero[count] = id === 0 ? 1 : 0;
    count++;
  });
  return { count, ...columns, imageIds, imageRow, images, categoryIds, categoryRow };
}

/** Whether an annotation can take part; what is wrong with it is told either way. */
function isUsable(
  annotation: BoxAnnotation,
  image: number | undefined,
  category: number | undefined,
  images: readonly AnnotatedImage[],
  report: (code: DetectionProblemCode, value: () => string) => void,
): boolean {
  if (typeof annotation !== "object" || annotation === null) {
    report("not-a-record", () => `it is ${annotation}`);
    return false;
  }
  if (image === undefined) report("unknown-image", () => `image_id is ${show(annotation.image_id)}`);
  if (category === undefined) report("unknown-category", () => `category_id is ${show(annotation.category_id)}`);
  const shown = image === undefined ? undefined : images[image];
  const fault = boxFault(annotation.bbox, shown);
  if (fault !== undefined) report(fault, () => describeBox(annotation.bbox, shown));
  return image !== undefined && category !== undefined && fault !== "box-not-finite";
}

/** Records by ascending id, each id once. */
function firstOfEach<T extends { readonly id: number | string }>(
  records: readonly T[],
  list: string,
  code: "duplicate-image" | "duplicate-category",
  log: ProblemLog,
): T[] {
  const byId = new Map<number | string, T>();
  records.forEach((record, index) => {
    if (typeof record !== "object" || record === null) {
      log.add("not-a-record", "ground truth", () => `${list}[${index}]: it is ${record}`);
    } else if (typeof record.id !== "number" && typeof record.id !== "string") {
      log.add("id-missing", "ground truth", () => `${list}[${index}]: id is ${show(record.id)}`);
    } else if (byId.has(record.id)) {
      log.add(code, "ground truth", () => `${list}[${index}]: id is ${show(record.id)}`);
    } else byId.set(record.id, record);
  });
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
