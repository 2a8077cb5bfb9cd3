import type { GroundTruthColumns } from "./ground-truth-columns.js";
import { groupRows } from "./order.js";
import { type ProblemLog, show } from "./problems.js";

/** What LVIS knows of one category: images in which a wrong detection is judged, and those in which it is forgiven. */
export interface FederatedCategory {
  /** 1 for every image that has the category or is known to lack it. */
  readonly judged: Uint8Array;
  /** 1 for every image in which not all objects of the category are annotated. */
  readonly notExhaustive: Uint8Array;
}

/**
 * Reads LVIS's lists by category (a category is judged in few of the images, its federation).
 *
 * @returns For a category's row and the rows of its annotations, the images' marks. The arrays are reused by the next call.
 */
export function federation(
  truth: GroundTruthColumns,
  log: ProblemLog,
): (category: number, annotations: Int32Array) => FederatedCategory {
  const absent = byCategory(truth, "neg_category_ids", log);
  const partial = byCategory(truth, "not_exhaustive_category_ids", log);
  const judged = new Uint8Array(truth.images.length);
  const notExhaustive = new Uint8Array(truth.images.length);
  return (category, annotations) => {
    judged.fill(0);
    notExhaustive.fill(0);
    for (const image of absent(category)) judged[image] = 1;
    for (const row of annotations) judged[truth.image[row]!] = 1;
    for (const image of partial(category)) notExhaustive[image] = 1;
    return { judged, notExhaustive };
  };
}

/** Turns lists of categories by image into lists of images by category. */
function byCategory(
  truth: GroundTruthColumns,
  field: "neg_category_ids" | "not_exhaustive_category_ids",
  log: ProblemLog,
): (category: number) => Int32Array {
  const images: number[] = [];
  const categories: number[] = [];
  truth.images.forEach((image, row) => {
    const list = image[field];
    if (!Array.isArray(list)) {
      log.add("federated-lists-missing", "ground truth", () => `image ${image.id}: ${field} is ${show(list)}`);
      return;
    }
    for (const id of list as readonly number[]) {
      const category = truth.categoryRow.get(id);
      if (category === undefined) {
        log.add("unknown-category", "ground truth", () => `image ${image.id}: ${field} has ${id}`);
        continue;
      }
      images.push(row);
      categories.push(category);
    }
  });
  const entries = Int32Array.from(images.keys());
  const { rows, starts } = groupRows(entries, Int32Array.from(categories), truth.categoryIds.length);
  const image = rows.map((entry) => images[entry]!);
  return (category) => image.subarray(starts[category], starts[category + 1]);
}
