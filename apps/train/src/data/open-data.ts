import { type Dataset, openDataset, splitByImage } from "@tesserae/data";
import { type WorldOptions, worldDataset } from "@tesserae/world";
import type { TrainConfig } from "../recipe/common-flags.js";
import type { MinedTexts } from "../objective/prepared-texts.js";
import { isPrepared, openPrepared } from "../prepare/open-prepared.js";
import { TrainError } from "../train-error.js";

/** The images to train on and the ones held out; no image is in both. */
export interface TrainingData {
  readonly train: Dataset;
  readonly validation: Dataset;
  /** The texts of a prepared folder. */
  readonly prepared?: MinedTexts;
}

/**
 * Opens a configuration's data: the embedded world with its own splits, or a folder or file that is split by image.
 * @throws DataError when there is nothing to open, TrainError when there are captions but no images
 */
export async function openData(config: TrainConfig): Promise<TrainingData> {
  if (config.data === "world") {
    const { train, validation, ...world } = config.world;
    return {
      train: worldPictures({ ...world, split: "train", count: train }, config),
      validation: worldPictures({ ...world, split: "validation", count: validation }, config),
    };
  }
  const prepared = (await isPrepared(config.data)) ? await openPrepared(config.data, config.images) : undefined;
  const options = config.images === undefined ? {} : { imageFolder: config.images };
  const dataset = prepared?.dataset ?? (await openDataset(config.data, options));
  if (dataset.captionsOnly) {
    throw new TrainError(
      `${config.data}: holds captions without images, or its images are not beside it; say where they are, as in --set images=./photos/images`,
    );
  }
  const [train, validation] = splitByImage(dataset, { fraction: 1 - config.validationFraction, seed: config.seed });
  return { train, validation, ...(prepared ? { prepared: prepared.mined } : {}) };
}

/** The world, drawn at the size that a model made anew takes: drawing it larger to make it smaller would only take time. */
function worldPictures(options: WorldOptions, { pretrained, model }: TrainConfig): Dataset {
  const world = worldDataset(options);
  if (pretrained !== undefined) return world;
  return { ...world, loadImage: (image) => world.loadImage(image, model.vision.imageSize) };
}
