import type * as tf from "@tensorflow/tfjs-core";
import type { Activation } from "../layers/activation.js";
import type { ParameterSpec } from "../layers/parameter-spec.js";
import type { TextTensors } from "../layers/text-tensors.js";
import type { VariableReader } from "../layers/variable-reader.js";
import type { PrefixBatch } from "../packing/pack-prefixes.js";

/** The two halves of a CLIP. */
export type TowerKind = "image" | "text";

/** What a tower computes with. */
export interface TowerContext {
  /** Reads a parameter by the tower's own name for it. */
  readonly read: VariableReader;
  /** The model's activation, for towers that leave it open. */
  readonly activation: Activation;
  /** Whether statistics come from the batch (batch normalisation). */
  readonly training: boolean;
  /** In training, gives a frozen parameter a new value, such as a running mean. */
  update(name: string, value: tf.Tensor): void;
}

/** One tensor of another library's file. */
export interface StoredTensor {
  readonly name: string;
  /** Whether it is stored as [inputs, outputs]. */
  readonly transposed?: boolean;
}

/** A section of another library's configuration. */
export type ConfigSection = Readonly<Record<string, unknown>>;

/** What a tower looks like in the files of other libraries; a library that has no such tower is absent. */
export interface TowerFormats {
  /** Hugging Face's `model_type` and section of a CLIP's `config.json`, but for the fields that all towers share. */
  readonly huggingFace?: { readonly modelType: string; section(): ConfigSection };
  readonly openClip?: {
    /** `vision_cfg` or `text_cfg`. */
    section(): ConfigSection;
    tensor(parameter: string): StoredTensor;
    /** The projection to the shared space. */
    readonly projection: StoredTensor;
  };
}

interface TowerValue {
  /** What configurations call its type. */
  readonly name: string;
  /** Changes when the same options and weights would give other embeddings. */
  readonly version: string;
  /** With the defaults filled in; plain JSON. */
  readonly options: ConfigSection;
  /**
   * Width of the features that `encode` gives; the model projects them to its embedding space. Absent when the tower projects
   * them itself, to the `embedDim` that its parameters were made for.
   */
  readonly width?: number;
  /** The beginnings of the names of each block's parameters, first block first: what freezing and layer decay count in. */
  readonly blocks: readonly string[];
  readonly formats: TowerFormats;
  /** By the tower's own names, in the order of the computation. @param embedDim width of the shared space */
  parameters(embedDim: number): readonly ParameterSpec[];
}

/** How an image tower gives features of regions: a map of the image, and what becomes of a cut-out of it. */
export interface RegionFeatures {
  /** Side of a region's cut-out in cells: what RoIAlign is asked for. */
  readonly size: number;
  /** @param pixels [images, side, side, 3] @returns [images, cells, cells, channels], the same part of the image in every cell */
  featureMap(pixels: tf.Tensor4D, context: TowerContext): tf.Tensor4D;
  /** @param cells [regions, size, size, channels] @returns [regions, width]; of the whole map, what `encode` gives */
  pool(cells: tf.Tensor4D, context: TowerContext): tf.Tensor2D;
}

/** An image tower as a value; `defineTower` makes factories of such. */
export interface ImageTower extends TowerValue {
  readonly kind: "image";
  /** Absent where the tower has no features of regions. */
  readonly regions?: RegionFeatures;
  /** Side of the square input in pixels. */
  readonly imageSize: number;
  /** @param pixels [images, size, size, 3] @returns [images, width] */
  encode(pixels: tf.Tensor4D, context: TowerContext): tf.Tensor2D;
}

/** A text tower as a value; `defineTower` makes factories of such. */
export interface TextTower extends TowerValue {
  readonly kind: "text";
  /** Longest sequence in tokens, start and end included. */
  readonly contextLength: number;
  readonly vocabSize: number;
  /** @returns [texts, width] */
  encode(texts: TextTensors, context: TowerContext): tf.Tensor2D;
  /** Texts that share beginnings (`packPrefixes`); only a causal tower can. @returns [texts, width] */
  encodePrefixes?(batch: PrefixBatch, context: TowerContext): tf.Tensor2D;
}

/** An image or a text tower. */
export type Tower = ImageTower | TextTower;
