import type { SceneGraph } from "@tesserae/scene-graph";
import type { RgbImage } from "./drawing/rgb-image.js";

/** An object's box in an image: x, y, width and height in pixels of `worldImageSize`. */
export interface Box {
  readonly category: string;
  readonly bbox: readonly [number, number, number, number];
}

/** One picture with what is said about it; a `Sample` of @tesserae/data. */
export interface WorldSample {
  readonly id: string;
  /** Its address, such as `world:simple/7/train/3`. */
  readonly image: string;
  readonly captions: readonly string[];
  /** Gold scene graph of `captions[0]`. */
  readonly graph?: SceneGraph;
  /** Gold scene graphs of all captions, in their order. */
  readonly graphs: readonly SceneGraph[];
  readonly boxes: readonly Box[];
}

/** Samples and the way to their pictures; a `Dataset` of @tesserae/data. */
export interface WorldDataset {
  readonly name: string;
  /** Changes whenever the samples change. */
  readonly revision: string;
  readonly samples: readonly WorldSample[];
  /** Always empty: what is made has no problems. */
  readonly problems: readonly string[];
  /** The whole picture at an address. */
  loadImage(image: string): Promise<RgbImage>;
}
