import type { SceneGraph } from "@tesserae/scene-graph";
import type { RgbImage } from "./images/rgb-image.js";

/** An object's box in an image: x, y, width and height in pixels of the original. */
export interface Box {
  readonly category: string;
  readonly bbox: readonly [number, number, number, number];
}

/** One image with what is said about it. */
export interface Sample {
  readonly id: string;
  /**
   * A file path, or an address: `world:<level>/<seed>/<split>/<index>` of the synthetic world, `shard.tar#member`,
   * `file.parquet#row`. Where captions have no images, the id.
   */
  readonly image: string;
  readonly captions: readonly string[];
  /** Gold scene graph of `captions[0]`, where the data set has one. */
  readonly graph?: SceneGraph;
  /** Gold scene graphs of all captions, in their order, where the data set has them. */
  readonly graphs?: readonly SceneGraph[];
  /** Gold scene graph of the whole image, in no caption's words (Visual Genome). */
  readonly imageGraph?: SceneGraph;
  readonly boxes?: readonly Box[];
  /** The region, in pixels of the original, that each caption describes (Visual Genome). */
  readonly captionBoxes?: readonly Box["bbox"][];
  /** "train", "val", "test", … where the data set says it. */
  readonly split?: string;
  /** Ready-made hard negative captions (NegCLIP's `neg_caption`). */
  readonly negativeCaptions?: readonly string[];
  /** Indices of samples whose images are hard negatives (NegCLIP's `neg_image`). */
  readonly hardNegativeImages?: readonly number[];
}

/** Samples and the way to their images. */
export interface Dataset {
  readonly name: string;
  /** Changes whenever the samples change. */
  readonly revision: string;
  readonly samples: readonly Sample[];
  /** One line for each record, part of one or file that was skipped: where it is, and why. */
  readonly problems: readonly string[];
  /** Whether the captions stand alone, so that `loadImage` finds none. */
  readonly captionsOnly?: boolean;
  /**
   * The whole image, as it was decoded; models resize it (`preprocess` of @tesserae/models). Throws an ImageError that
   * names it.
   */
  loadImage(image: string): Promise<RgbImage>;
}
