import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";
import {
  type ConfigInput,
  type ConfigOutput,
  checkTransformer,
  fail,
  positiveCount,
  transformerFields,
} from "../config/fields.js";
import { layerNorm } from "../layers/layer-norm.js";
import {
  layerNormParameters,
  type ParameterSpec,
  transformerBlocks,
  transformerParameters,
} from "../layers/parameter-spec.js";
import { transformer } from "../layers/transformer.js";
import type { VariableReader } from "../layers/variable-reader.js";
import { defineTower } from "./define-tower.js";
import { vitInHuggingFace, vitInOpenClip } from "./formats/vit-formats.js";
import type { TowerContext } from "./tower.js";

/** Options of CLIP's vision transformer. */
export const vitSchema = z
  .strictObject({
    /** Side of the square input in pixels; a multiple of `patchSize`. */
    imageSize: positiveCount,
    /** Side of a patch in pixels. */
    patchSize: positiveCount,
    ...transformerFields,
    /**
     * What becomes the image's feature: the class token (CLIP), the mean over the patches, or "none": all patches side by side,
     * each with its own part of the projection. That keeps apart what stands where from the first step on, so a small tower learns
     * relations from scratch in minutes; no paper's, and its checkpoints fit one image size.
     */
    pool: z.enum(["class", "mean", "none"]).default("class"),
  })
  .superRefine((options, context) => {
    checkTransformer(options, context);
    const { imageSize, patchSize } = options;
    if (imageSize % patchSize !== 0) {
      fail(context, "imageSize", `is ${imageSize}, which is no multiple of vision.patchSize ${patchSize}.`);
    }
  });

type Options = ConfigOutput<typeof vitSchema>;

/** CLIP's vision transformer over square patches. A tower without a type is one. */
export type VitConfig = ConfigInput<typeof vitSchema> & { readonly type?: "vit" };

/** A vision transformer as CLIP's image tower (Dosovitskiy et al. 2021; Radford et al. 2021, section 2.4). */
export const vit = defineTower({
  kind: "image",
  name: "vit",
  version: "1",
  schema: vitSchema,
  width: ({ pool, width, ...options }) => (pool === "none" ? patchCount(options) * width : width),
  parameters,
  blocks: ({ layers }) => transformerBlocks(layers),
  encode,
  regions: { size: ({ pool }) => (pool === "none" ? undefined : 1), featureMap, pool: poolCells },
  huggingFace: vitInHuggingFace,
  openClip: vitInOpenClip,
});

function patchCount({ imageSize, patchSize }: Pick<Options, "imageSize" | "patchSize">): number {
  return (imageSize / patchSize) ** 2;
}

/**
 * Named and shaped as in Hugging Face's CLIP checkpoints. The blocks start as in the text tower (OpenAI leaves PyTorch's defaults
 * there), the class token and the positions at width^-0.5, the patch embedding at the inverse square root of its number of inputs.
 */
function parameters({ width, layers, mlpRatio, pool, ...options }: Options): ParameterSpec[] {
  const { patchSize } = options;
  const classTokens = pool === "class" ? 1 : 0;
  const init = { std: width ** -0.5 };
  return [
    ...(classTokens ? [{ name: "embeddings.class_embedding", shape: [width], init }] : []),
    {
      name: "embeddings.patch_embedding.weight",
      shape: [width, 3, patchSize, patchSize],
      init: { std: (3 * patchSize ** 2) ** -0.5 },
    },
    { name: "embeddings.position_embedding.weight", shape: [patchCount(options) + classTokens, width], init },
    ...layerNormParameters("pre_layrnorm", width), // the missing "e" is Hugging Face's
    ...transformerParameters(layers, width, width * mlpRatio),
    ...layerNormParameters("post_layernorm", width),
  ];
}

function encode(pixels: tf.Tensor4D, options: Options, context: TowerContext): tf.Tensor2D {
  const { width, pool } = options;
  const batch = pixels.shape[0];
  const encoded = encodeTokens(pixels, options, context, pool === "class");
  const length = encoded.shape[0] / batch;
  const pooled = pool === "mean" ? (tf.mean(tf.reshape(encoded, [batch, length, width]), 1) as tf.Tensor2D) : encoded;
  return tf.reshape(layerNorm(pooled, context.read, "post_layernorm"), [batch, -1]) as tf.Tensor2D;
}

/** The patches after the last block; a class token has taken part and is left out. */
function featureMap(pixels: tf.Tensor4D, options: Options, context: TowerContext): tf.Tensor4D {
  const { imageSize, patchSize, width, pool } = options;
  const batch = pixels.shape[0];
  const side = imageSize / patchSize;
  const first = pool === "class" ? 1 : 0;
  const encoded = encodeTokens(pixels, options, context, false);
  const tokens = tf.reshape(encoded, [batch, first + side * side, width]);
  return tf.reshape(tf.slice(tokens, [0, first, 0], [batch, side * side, width]), [batch, side, side, width]);
}

/** The mean of a region's patches, as "mean" pools a whole image; for "class", [RECON]: no paper of ours says how. */
function poolCells(cells: tf.Tensor4D, _options: Options, { read }: TowerContext): tf.Tensor2D {
  return layerNorm(tf.mean(cells, [1, 2]) as tf.Tensor2D, read, "post_layernorm");
}

/** @returns [images·tokens, width] before the last normalisation; with `classOnly` only the class tokens, [images, width] */
function encodeTokens(
  pixels: tf.Tensor4D,
  { imageSize, patchSize, width, layers, heads, pool }: Options,
  { read, activation }: TowerContext,
  classOnly: boolean,
): tf.Tensor2D {
  const batch = pixels.shape[0];
  const side = imageSize / patchSize;
  const patches = embedPatches(pixels, patchSize, side, read("embeddings.patch_embedding.weight"));
  const tokens = pool === "class" ? withClassToken(patches, read) : patches;
  const length = tokens.shape[1];
  const placed = tf.add(tokens, read("embeddings.position_embedding.weight"));
  const rows = tf.reshape(placed, [batch * length, width]) as tf.Tensor2D;
  return transformer(layerNorm(rows, read, "pre_layrnorm"), {
    read,
    layers,
    heads,
    activation,
    batch,
    length,
    ...(classOnly ? { readout: { select: (x) => firstOfEach(x, batch, length) } } : {}),
  });
}

/**
 * A convolution whose stride is its size is a matrix product over flattened patches.
 *
 * @param weight [width, 3, patchSize, patchSize]
 * @returns [images, side·side, width]
 */
export function embedPatches(pixels: tf.Tensor4D, patchSize: number, side: number, weight: tf.Tensor): tf.Tensor3D {
  const batch = pixels.shape[0];
  const width = weight.shape[0]!;
  const inputs = 3 * patchSize * patchSize;
  const grid = tf.reshape(pixels, [batch, side, patchSize, side, patchSize, 3]);
  const flat = tf.reshape(tf.transpose(grid, [0, 1, 3, 2, 4, 5]), [batch * side * side, inputs]) as tf.Tensor2D;
  // Channels go last in the small weight, not first in the large image.
  const kernel = tf.reshape(tf.transpose(weight, [0, 2, 3, 1]), [width, inputs]) as tf.Tensor2D;
  const embedded = tf.matMul(flat, kernel, false, true);
  return tf.reshape(embedded, [batch, side * side, width]);
}

function withClassToken(patches: tf.Tensor3D, read: VariableReader): tf.Tensor3D {
  const [batch, , width] = patches.shape;
  const token = tf.reshape(read("embeddings.class_embedding"), [1, 1, width]);
  return tf.concat([tf.mul(token, tf.ones([batch, 1, 1])) as tf.Tensor3D, patches], 1);
}

function firstOfEach(x: tf.Tensor2D, batch: number, length: number): tf.Tensor2D {
  const width = x.shape[1];
  const first = tf.slice(tf.reshape(x, [batch, length, width]), [0, 0, 0], [batch, 1, width]);
  return tf.reshape(first, [batch, width]);
}
