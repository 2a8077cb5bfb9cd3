import * as tf from "@tensorflow/tfjs-core";
import { checkFields, checkHeads, checkPositiveIntegers, oneOf, positiveInteger } from "../check-config.js";
import type { Activation } from "../layers/activation.js";
import { layerNorm } from "../layers/layer-norm.js";
import { layerNormParameters, type ParameterSpec, transformerParameters } from "../layers/parameter-spec.js";
import { transformer } from "../layers/transformer.js";
import type { VariableReader } from "../layers/variable-reader.js";
import { ModelError } from "../model-error.js";

const sizes = ["imageSize", "patchSize", "width", "layers", "heads"] as const;
const pools = ["class", "mean", "none"] as const;

/** CLIP's vision transformer over square patches. */
export interface VitConfig {
  /** Default: a tower without a type is a vision transformer. */
  readonly type?: "vit";
  /** Side of the square input in pixels; a multiple of `patchSize`. */
  readonly imageSize: number;
  /** Side of a patch in pixels. */
  readonly patchSize: number;
  readonly width: number;
  readonly layers: number;
  /** Attention heads; divides `width`. */
  readonly heads: number;
  /** Hidden width of the feed-forward part as a multiple of `width`. Default 4. */
  readonly mlpRatio?: number;
  /**
   * What becomes the image's feature: the class token (CLIP), the mean over the patches, or "none": all patches side by side, each
   * with its own part of the projection. That keeps apart what stands where from the first step on, so a small tower learns
   * relations from scratch in minutes; no paper's, and its checkpoints fit one image size. Default "class".
   */
  readonly pool?: (typeof pools)[number];
}

/** Fills in the defaults and checks every field. */
export function resolveVit(config: VitConfig): Required<VitConfig> {
  checkFields("vision", config, ["type", ...sizes, "mlpRatio", "pool"]);
  const resolved = { type: "vit", mlpRatio: 4, pool: "class", ...config } as const;
  checkPositiveIntegers("vision", config, sizes);
  checkHeads("vision", config.width, config.heads);
  positiveInteger("vision.width * vision.mlpRatio", config.width * resolved.mlpRatio);
  if (config.imageSize % config.patchSize !== 0) {
    throw new ModelError(
      `vision.imageSize is ${config.imageSize}, which is no multiple of vision.patchSize ${config.patchSize}.`,
    );
  }
  oneOf("vision.pool", resolved.pool, pools);
  return resolved;
}

/**
 * The tower's variables, named and shaped as in Hugging Face's CLIP checkpoints; the patch embedding is
 * [width, 3, patch, patch]. The blocks start as in the text tower (OpenAI leaves PyTorch's defaults there), the class token and
 * the positions at width^-0.5, the patch embedding at the inverse square root of its number of inputs.
 *
 * @param positionStd standard deviation of the starting positions.
 */
export function vitParameters(
  { imageSize, patchSize, width, layers, mlpRatio, pool }: Required<VitConfig>,
  embedDim: number,
  positionStd = width ** -0.5,
): readonly ParameterSpec[] {
  const patches = (imageSize / patchSize) ** 2;
  const classTokens = pool === "class" ? 1 : 0;
  const features = pool === "none" ? patches * width : width;
  const classToken: ParameterSpec = {
    name: "vision_model.embeddings.class_embedding",
    shape: [width],
    init: { std: width ** -0.5 },
  };
  return [
    ...(classTokens ? [classToken] : []),
    {
      name: "vision_model.embeddings.patch_embedding.weight",
      shape: [width, 3, patchSize, patchSize],
      init: { std: (3 * patchSize ** 2) ** -0.5 },
    },
    {
      name: "vision_model.embeddings.position_embedding.weight",
      shape: [patches + classTokens, width],
      init: { std: positionStd },
    },
    ...layerNormParameters("vision_model.pre_layrnorm", width), // the missing "e" is Hugging Face's
    ...transformerParameters("vision_model", layers, width, width * mlpRatio),
    ...layerNormParameters("vision_model.post_layernorm", width),
    { name: "visual_projection.weight", shape: [embedDim, features], init: { std: features ** -0.5 } },
  ];
}

/**
 * Image features of a vision transformer.
 *
 * @param pixels [images, size, size, 3]
 * @returns [images, embedDim], not normalised.
 */
export function embedWithVit(
  pixels: tf.Tensor4D,
  { imageSize, patchSize, width, layers, heads, pool }: Required<VitConfig>,
  activation: Activation,
  read: VariableReader,
): tf.Tensor2D {
  const batch = pixels.shape[0];
  const side = imageSize / patchSize;
  const patches = embedPatches(pixels, patchSize, side, read("vision_model.embeddings.patch_embedding.weight"));
  const tokens = pool === "class" ? withClassToken(patches, read) : patches;
  const length = tokens.shape[1];
  const placed = tf.add(tokens, read("vision_model.embeddings.position_embedding.weight"));
  const rows = tf.reshape(placed, [batch * length, width]) as tf.Tensor2D;
  const encoded = transformer(layerNorm(rows, read, "vision_model.pre_layrnorm"), {
    read,
    tower: "vision_model",
    layers,
    heads,
    activation,
    batch,
    length,
    ...(pool === "class" ? { readout: { select: (x) => firstOfEach(x, batch, length) } } : {}),
  });
  const pooled = pool === "mean" ? (tf.mean(tf.reshape(encoded, [batch, length, width]), 1) as tf.Tensor2D) : encoded;
  const features = tf.reshape(layerNorm(pooled, read, "vision_model.post_layernorm"), [batch, -1]) as tf.Tensor2D;
  return tf.matMul(features, read("visual_projection.weight") as tf.Tensor2D, false, true);
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
  const token = tf.reshape(read("vision_model.embeddings.class_embedding"), [1, 1, width]);
  return tf.concat([tf.mul(token, tf.ones([batch, 1, 1])) as tf.Tensor3D, patches], 1);
}

function firstOfEach(x: tf.Tensor2D, batch: number, length: number): tf.Tensor2D {
  const width = x.shape[1];
  const first = tf.slice(tf.reshape(x, [batch, length, width]), [0, 0, 0], [batch, 1, width]);
  return tf.reshape(first, [batch, width]);
}
