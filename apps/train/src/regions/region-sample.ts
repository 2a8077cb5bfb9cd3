import { type DocMnist, docMnistAttributes, docMnistPrompts, type RgbImage } from "@tesserae/data";
import type { Box } from "@tesserae/region-mapper";

/** An image with regions and a text that says what is in it, but not where. */
export interface RegionSample {
  readonly image: string;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  /** The text, sentence by sentence. */
  readonly sentences: readonly string[];
  /** Attributes that the text has. */
  readonly attributes: readonly string[];
  /** What stands in each box, where the data has it: what zero-shot detection looks for. */
  readonly categories?: readonly string[];
  /** True attributes of each box, where they are known: only to measure with, and for the upper bound. */
  readonly truth?: readonly (readonly string[])[];
}

/** Samples of one split. */
export interface RegionData {
  readonly name: string;
  readonly revision: string;
  readonly samples: readonly RegionSample[];
  /** What was left out while reading, a line each. */
  readonly problems?: readonly string[];
  /** All attributes, in the order of the mapping model's heads. */
  readonly attributes: readonly string[];
  /** Sentences that say an attribute: its embedding is the mean of theirs. */
  prompts(attribute: string): readonly string[];
  loadImage(image: string): Promise<RgbImage>;
}

/** DocMNIST as region data; its regions are the slots that are filled. */
export function docMnistRegions(dataset: DocMnist, imageSize: number): RegionData {
  return {
    name: dataset.name,
    revision: dataset.revision,
    attributes: docMnistAttributes,
    prompts: docMnistPrompts,
    loadImage: dataset.loadImage,
    samples: dataset.samples.map(({ image, regions, sentences }) => ({
      image,
      width: imageSize,
      height: imageSize,
      boxes: regions.map(({ box }) => box),
      sentences,
      attributes: [...new Set(regions.flatMap(({ attributes }) => attributes))],
      truth: regions.map(({ attributes }) => attributes),
    })),
  };
}
