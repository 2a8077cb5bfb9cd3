/**
 * ViLLA (Varma et al., ICCV 2023) on DocMNIST: one-to-one model -> mapping of attributes to regions -> training on regions.
 *
 *     train run villa --scale docmnist --set mnist=<folder with MNIST's idx files> --set complexity=16
 *     train run villa --scale docmnist --set source=image ...        CLIP-FT-Img: whole images only
 *     train run villa --scale docmnist --set source=truth ...        the upper bound: true pairs
 *     train run villa --scale world                                  on the synthetic world's things
 *     train run villa --scale photos --set photos=<folder with annotations.jsonl and images/>
 *     train run villa --scale docmnist --set source=random ...       controls: random, whole-text
 *
 * Expected (second-hand): the one-to-one model's R-Precision falls by 36.9 % (text to region) and 20.5 % (region to text) from complexity
 * 5.0 to 29.4; ViLLA is 14.2 and 7.8 points above it. [RECON] No pre-trained weights here: both towers start from nothing, stage 1 embeds
 * regions with the one-to-one model, and epsilon is chosen on the validation split (the reference: CLIP's RN50, frozen; 0.2).
 */
import { defineRecipe } from "../recipe/define-recipe.js";
import { type PairSource, pairSources } from "../regions/assign-regions.js";
import { regionSources } from "../regions/open-region-data.js";
import { assignRegions, trainMapping } from "../steps/train-mapping.js";
import { trainRegions } from "../steps/train-regions.js";
import { TrainError } from "../train-error.js";
import { docmnist, regionCoco, regionPhotos, regionSmoke, regionWorld } from "./region-scales.js";

export const villa = defineRecipe({
  name: "villa",
  flags: {
    source: "mapping",
    regions: "docmnist",
    mnist: "",
    photos: "",
    complexity: 16,
    budget: 30_000,
    validationBudget: 2_000,
    testBudget: 4_000,
    testComplexity: 16,
    heads: "per-attribute",
    variant: "formula",
    mappingSteps: 500,
    mappingBatchSize: 48,
    mappingLr: 1e-3,
    epsilon: 0,
    multiPositive: true,
  },
  scales: { docmnist, world: regionWorld, photos: regionPhotos, coco: regionCoco, smoke: regionSmoke },
  steps: (flags) => {
    const { mnist, photos, complexity, budget, validationBudget, testBudget, testComplexity } = flags;
    const { regions, world, seed, multiPositive, epsilon } = flags;
    const data = {
      regions,
      world,
      mnist,
      photos,
      complexity,
      budget,
      validationBudget,
      testBudget,
      testComplexity,
      seed,
    };
    if (!regionSources.includes(regions)) {
      throw new TrainError(`villa: regions is "${regions}"; expected ${regionSources.join(", ")}`);
    }
    const source = flags.source as PairSource;
    if (!pairSources.includes(source)) {
      throw new TrainError(`villa: source is "${source}"; expected ${pairSources.join(", ")}`);
    }
    const oneToOne = trainRegions({ name: "one-to-one", pairs: "image", data, multiPositive });
    if (source === "image") return [oneToOne];
    const mapping = trainMapping({
      data,
      heads: flags.heads as "per-attribute",
      variant: flags.variant as "formula",
      steps: flags.mappingSteps,
      batchSize: flags.mappingBatchSize,
      lr: flags.mappingLr,
    });
    return [
      ...(source === "mapping" ? [oneToOne, mapping] : []),
      assignRegions({ data, source, epsilon }),
      trainRegions({ name: "train", pairs: "assigned", data, multiPositive }),
    ];
  },
});
