import { type Dataset, openDataset, type Sample, splitByImage } from "@tesserae/data";
import { seededRng, shuffled } from "@tesserae/scene-graph/random";
import { worldDataset } from "@tesserae/world";
import { isPrepared, openPrepared, type PreparedTexts } from "../prepare/open-prepared.js";
import type { CommonFlags } from "../recipe/common-flags.js";
import { TrainError } from "../train-error.js";

/** The images to train on and the ones held out; no image is in both. */
export interface TrainingData {
  readonly train: Dataset;
  readonly validation: Dataset;
  /** Graphs and negatives of a prepared folder. */
  readonly prepared?: PreparedTexts;
}

/** Held-out images that a retrieval among them can be measured with. */
const fewestHeldOut = 2;

/**
 * Opens a run's data: the synthetic world with its own splits, or a folder or file that is split by image. Samples of the same image
 * are joined, so that its captions stand together.
 *
 * @throws DataError when there is nothing to open; TrainError when there are captions but no images, or too few to hold some out
 */
export async function openData(flags: CommonFlags): Promise<TrainingData> {
  if (flags.data === "world") {
    const { train, validation, ...world } = flags.world;
    return {
      train: share(worldDataset({ ...world, split: "train", count: train }), flags),
      validation: worldDataset({ ...world, split: "validation", count: validation }),
    };
  }
  const prepared = (await isPrepared(flags.data)) ? await openPrepared(flags.data, flags.images) : undefined;
  const options = flags.images === undefined ? {} : { imageFolder: flags.images };
  const dataset = joinByImage(prepared?.dataset ?? (await openDataset(flags.data, options)));
  if (dataset.captionsOnly) {
    throw new TrainError(
      `${flags.data}: holds captions without images, or its images are not beside it; say where they are, as in --set images=./photos/images`,
    );
  }
  const [train, validation] = splitByImage(dataset, { fraction: 1 - flags.validationFraction, seed: flags.seed });
  if (validation.samples.length < fewestHeldOut) {
    throw new TrainError(
      `${flags.data}: ${dataset.samples.length} images with validationFraction ${flags.validationFraction} hold out ${validation.samples.length}; at least ${fewestHeldOut} are needed, so give more images or a larger fraction`,
    );
  }
  return { train: share(train, flags), validation, ...(prepared ? { prepared: prepared.texts } : {}) };
}

/** One sample an image, with the captions of all samples that it had; hard images are renumbered. */
function joinByImage(dataset: Dataset): Dataset {
  const placeOf = new Map<string, number>();
  for (const { image } of dataset.samples) if (!placeOf.has(image)) placeOf.set(image, placeOf.size);
  if (placeOf.size === dataset.samples.length) return dataset;
  const joined = [...placeOf.keys()].map((image) => {
    const same = dataset.samples.filter((sample) => sample.image === image);
    const near = same.flatMap(({ hardNegativeImages = [] }) =>
      hardNegativeImages.map((index) => dataset.samples[index]?.image),
    );
    const hardNegativeImages = [
      ...new Set(near.flatMap((other) => (other === undefined ? [] : [placeOf.get(other)!]))),
    ];
    const negativeCaptions = same.flatMap((sample) => sample.negativeCaptions ?? []);
    const graphs = same.flatMap((sample) => sample.graphs ?? (sample.graph ? [sample.graph] : []));
    const captions = same.flatMap((sample) => sample.captions);
    const { graph: _, graphs: __, ...first } = same[0]!;
    return {
      ...first,
      captions,
      ...(graphs.length === captions.length ? { graphs } : {}),
      ...(hardNegativeImages.length > 0 ? { hardNegativeImages } : {}),
      ...(negativeCaptions.length > 0 ? { negativeCaptions } : {}),
    } satisfies Sample;
  });
  return { ...dataset, samples: joined };
}

/** A part of the images, drawn by the seed: the papers' data efficiency. */
function share(dataset: Dataset, { dataShare, seed }: CommonFlags): Dataset {
  if (dataShare === 1) return dataset;
  const count = Math.max(1, Math.round(dataset.samples.length * dataShare));
  const chosen = new Set(shuffled(seededRng("share", seed), [...dataset.samples.keys()]).slice(0, count));
  const place = new Map([...chosen].sort((a, b) => a - b).map((index, at) => [index, at]));
  return {
    ...dataset,
    revision: `${dataset.revision}/share-${dataShare}-${seed}`,
    samples: [...place.keys()].map((index) => {
      const { hardNegativeImages, ...sample } = dataset.samples[index]!;
      if (hardNegativeImages === undefined) return sample;
      return { ...sample, hardNegativeImages: hardNegativeImages.flatMap((near) => place.get(near) ?? []) };
    }),
  };
}
