import type { Dataset } from "@tesserae/data";
import type { LoadedClip } from "@tesserae/models";
import { createImageStore } from "../data/image-store.js";
import { validateRetrieval } from "./validate-retrieval.js";

/** The mean of both directions' R@1 stands for the general ability that fine-tuning may cost. */
const metricNames = ["imageToText@1", "textToImage@1"] as const;

/** Measures general ability on a data set: mean R@1 of both directions, in [0, 1]. */
export function generalAbility(dataset: Dataset): (model: LoadedClip) => Promise<number> {
  return async (model) => {
    const images = createImageStore(dataset, model.clip.config.vision.imageSize);
    const metrics = await validateRetrieval(model, dataset, images);
    return metricNames.reduce((sum, name) => sum + metrics[name]!.value, 0) / metricNames.length;
  };
}
