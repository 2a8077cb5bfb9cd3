import {
  type DigitImages,
  type DocMnistSplit,
  docMnist,
  docMnistImageSize,
  drawnDigits,
  readMnist,
} from "@tesserae/data";
import { photoRegions } from "./photo-regions.js";
import { docMnistRegions, type RegionData } from "./region-sample.js";

/** What DocMNIST is made with; the flags of the `villa` recipe. */
export interface RegionDataOptions {
  /** "": DocMNIST, which the other options are of; else a folder of photos with captions and boxes (`photoRegions`). */
  readonly photos: string;
  /** Folder of MNIST's four idx files; "": drawn digits. */
  readonly mnist: string;
  /** Most region-attribute pairs of an image. */
  readonly complexity: number;
  /** Region-attribute pairs of all training images. */
  readonly budget: number;
  /** The same of the images that epsilon is chosen on, and of those that retrieval is measured on. */
  readonly validationBudget: number;
  readonly testBudget: number;
  /** Complexity of the test images, the same whatever is trained on. */
  readonly testComplexity: number;
  readonly seed: number;
}

/** A split of DocMNIST, or of photos, as region data. The test images are the same for every seed. */
export async function openRegionData(
  options: RegionDataOptions,
  split: DocMnistSplit,
  complexity = split === "test" ? options.testComplexity : options.complexity,
): Promise<RegionData> {
  if (options.photos !== "") return photoRegions(options.photos, split, options.seed);
  const digits: DigitImages = options.mnist === "" ? drawnDigits() : await readMnist(options.mnist);
  const test = split === "test";
  const budgets = { train: options.budget, val: options.validationBudget, test: options.testBudget };
  const seed = 23 + (test ? 0 : options.seed); // 23 is the reference's
  return docMnistRegions(docMnist({ digits, split, complexity, budget: budgets[split], seed }), docMnistImageSize);
}
