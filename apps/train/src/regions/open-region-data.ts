import { existsSync } from "node:fs";
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
import { type WorldRegionOptions, worldRegions } from "./world-regions.js";

/** Where regions come from; the flags of the `villa` recipe. */
export interface RegionDataOptions {
  /** "docmnist", which most of the other options are of, or "world": scenes of the synthetic world. */
  readonly regions: string;
  /** The scenes, with "world". */
  readonly world: WorldRegionOptions;
  /** A folder of photos with captions and boxes (`photoRegions`) in place of both; "": none. */
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

/** Where regions can come from besides photos. */
export const regionSources = ["docmnist", "world"];

/** What isn't there of the files that regions come from, each with where to get it. */
export function regionsMissing({ photos, mnist }: RegionDataOptions): readonly string[] {
  if (photos !== "") {
    if (existsSync(photos)) return [];
    return [
      `photos ${photos}: no such folder; COCO 2017 as its site gives it (annotations/, train2017/, val2017/), or a folder with annotations.jsonl and images/ (--set photos=<folder>)`,
    ];
  }
  if (mnist === "" || existsSync(mnist)) return [];
  return [`mnist ${mnist}: no such folder; MNIST's four idx files, or drawn digits (--set mnist=)`];
}

/** A split of DocMNIST, of the synthetic world or of photos, as region data. The test images are the same for every seed. */
export async function openRegionData(
  options: RegionDataOptions,
  split: DocMnistSplit,
  complexity = split === "test" ? options.testComplexity : options.complexity,
): Promise<RegionData> {
  if (options.photos !== "") return photoRegions(options.photos, split, options.seed);
  if (options.regions === "world") return worldRegions(options.world, split);
  const digits: DigitImages = options.mnist === "" ? drawnDigits() : await readMnist(options.mnist);
  const test = split === "test";
  const budgets = { train: options.budget, val: options.validationBudget, test: options.testBudget };
  const seed = 23 + (test ? 0 : options.seed); // 23 is the reference's
  return docMnistRegions(docMnist({ digits, split, complexity, budget: budgets[split], seed }), docMnistImageSize);
}
