import * as tf from "@tensorflow/tfjs-core";
import { checkFields, checkPositiveIntegers, positiveInteger } from "../check-config.js";
import { activate } from "../layers/activation.js";
import { layerNorm } from "../layers/layer-norm.js";
import { affine, linear } from "../layers/linear.js";
import { layerNormParameters, linearParameters, type ParameterSpec } from "../layers/parameter-spec.js";
import { scope, type VariableReader } from "../layers/variable-reader.js";
import { ModelError } from "../model-error.js";
import { regionMask, relativePositions, shiftGrid } from "./swin-windows.js";
import { embedPatches } from "./vit.js";

/** A Swin transformer (Liu et al., ICCV 2021), the image tower of MosaiCLIP's second backbone. The defaults are Swin-Tiny's. */
export interface SwinConfig {
  readonly type: "swin";
  /** Side of the square input in pixels. Default 224. */
  readonly imageSize?: number;
  /** Side of a patch in pixels. Default 4. */
  readonly patchSize?: number;
  /** Channels of the first stage; each later stage has twice as many. Default 96. */
  readonly width?: number;
  /** Blocks of each stage. Default [2, 2, 6, 2]. */
  readonly layers?: readonly number[];
  /** Attention heads of each stage. Default [3, 6, 12, 24]. */
  readonly heads?: readonly number[];
  /** Side of an attention window in patches. Default 7. */
  readonly windowSize?: number;
  /** Hidden width of the feed-forward part as a multiple of a stage's width. Default 4. */
  readonly mlpRatio?: number;
}

type Resolved = Required<SwinConfig>;

const sizes = ["imageSize", "patchSize", "width", "windowSize", "mlpRatio"] as const;

/** Fills in the defaults and checks every field. */
export function resolveSwin(config: SwinConfig): Resolved {
  checkFields("vision", config, ["type", ...sizes, "layers", "heads"]);
  const resolved: Resolved = {
    imageSize: 224,
    patchSize: 4,
    width: 96,
    layers: [2, 2, 6, 2],
    heads: [3, 6, 12, 24],
    windowSize: 7,
    mlpRatio: 4,
    ...config,
  };
  checkPositiveIntegers("vision", resolved, sizes);
  const { layers, heads } = resolved;
  if (!Array.isArray(layers) || !Array.isArray(heads) || layers.length === 0 || layers.length !== heads.length) {
    throw new ModelError(
      `vision.layers is ${JSON.stringify(layers)} and vision.heads ${JSON.stringify(heads)}; one number for each stage is expected in both.`,
    );
  }
  for (const { stage, blocks, width, heads, side, window } of stagesOf(resolved)) {
    positiveInteger(`vision.layers[${stage}]`, blocks);
    if (width % heads !== 0)
      throw new ModelError(`vision.heads[${stage}] is ${heads}, which does not divide ${width}.`);
    if (!Number.isInteger(side) || side % window !== 0) {
      throw new ModelError(
        `vision.imageSize is ${resolved.imageSize}: stage ${stage} has ${side} patches a side, which windows of ${window} do not tile.`,
      );
    }
  }
  return resolved;
}

interface Stage {
  readonly stage: number;
  readonly blocks: number;
  readonly width: number;
  readonly heads: number;
  /** Patches a side. */
  readonly side: number;
  /** Patches a side of a window; a stage no larger than one window is one window. */
  readonly window: number;
}

function stagesOf({ imageSize, patchSize, width, layers, heads, windowSize }: Resolved): Stage[] {
  return layers.map((blocks, stage) => {
    const side = imageSize / patchSize / 2 ** stage;
    return { stage, blocks, width: width * 2 ** stage, heads: heads[stage]!, side, window: Math.min(windowSize, side) };
  });
}

/** The tower's variables by timm's names after `vision_model.`, and the projection. Weights start at 0.02. */
export function swinParameters(config: Resolved, embedDim: number): readonly ParameterSpec[] {
  const { patchSize, width, mlpRatio } = config;
  const std = 0.02;
  const stages = stagesOf(config);
  const last = stages.at(-1)!.width;
  const own = stages.flatMap(({ stage, blocks, width, heads, window }) => [
    ...(stage === 0
      ? []
      : [
          ...layerNormParameters(`layers.${stage}.downsample.norm`, width * 2),
          { name: `layers.${stage}.downsample.reduction.weight`, shape: [width, width * 2], init: { std } },
        ]),
    ...Array.from({ length: blocks }, (_, block) => `layers.${stage}.blocks.${block}`).flatMap((name) => [
      ...layerNormParameters(`${name}.norm1`, width),
      { name: `${name}.attn.relative_position_bias_table`, shape: [(2 * window - 1) ** 2, heads], init: { std } },
      ...linearParameters(`${name}.attn.qkv`, 3 * width, width, std),
      ...linearParameters(`${name}.attn.proj`, width, width, std),
      ...layerNormParameters(`${name}.norm2`, width),
      ...linearParameters(`${name}.mlp.fc1`, width * mlpRatio, width, std),
      ...linearParameters(`${name}.mlp.fc2`, width, width * mlpRatio, std),
    ]),
  ]);
  return [
    ...[
      { name: "patch_embed.proj.weight", shape: [width, 3, patchSize, patchSize], init: { std } },
      { name: "patch_embed.proj.bias", shape: [width], init: { constant: 0 } },
      ...layerNormParameters("patch_embed.norm", width),
      ...own,
      ...layerNormParameters("norm", last),
    ].map((spec) => ({ ...spec, name: `vision_model.${spec.name}` })),
    { name: "visual_projection.weight", shape: [embedDim, last], init: { std: last ** -0.5 } },
  ];
}

/**
 * Image features of a Swin transformer: the mean over the last stage's places, projected.
 *
 * @param pixels [images, size, size, 3]
 * @returns [images, embedDim], not normalised.
 */
export function embedWithSwin(pixels: tf.Tensor4D, config: Resolved, read: VariableReader): tf.Tensor2D {
  const own = scope(read, "vision_model");
  const batch = pixels.shape[0];
  const { imageSize, patchSize, width } = config;
  const embedded = embedPatches(pixels, patchSize, imageSize / patchSize, own("patch_embed.proj.weight"));
  const placed = tf.reshape(tf.add(embedded, own("patch_embed.proj.bias")), [-1, width]) as tf.Tensor2D;
  let rows = layerNorm(placed, own, "patch_embed.norm");
  for (const stage of stagesOf(config)) {
    const name = `layers.${stage.stage}`;
    if (stage.stage > 0) rows = mergePatches(rows, batch, stage, scope(own, `${name}.downsample`));
    for (let block = 0; block < stage.blocks; block++) {
      // Every other block moves its windows by half, unless there is only one.
      const shift = block % 2 === 1 && stage.window < stage.side ? Math.floor(stage.window / 2) : 0;
      rows = swinBlock(rows, batch, stage, shift, scope(own, `${name}.blocks.${block}`));
    }
  }
  const features = layerNorm(rows, own, "norm");
  const pooled = tf.mean(tf.reshape(features, [batch, -1, features.shape[1]]), 1) as tf.Tensor2D;
  return affine(pooled, read("visual_projection.weight"));
}

/** Four neighbouring patches become one of twice the width. */
function mergePatches(x: tf.Tensor2D, batch: number, { side, width }: Stage, read: VariableReader): tf.Tensor2D {
  const grid = tf.reshape(x, [batch * side, 2, side, 2, width / 2]);
  const merged = tf.reshape(tf.transpose(grid, [0, 2, 3, 1, 4]), [batch * side * side, width * 2]) as tf.Tensor2D;
  return affine(layerNorm(merged, read, "norm"), read("reduction.weight"));
}

function swinBlock(x: tf.Tensor2D, batch: number, stage: Stage, shift: number, read: VariableReader): tf.Tensor2D {
  const attended = windowAttention(layerNorm(x, read, "norm1"), batch, stage, shift, scope(read, "attn"));
  const middle: tf.Tensor2D = tf.add(x, attended);
  const hidden = activate(linear(layerNorm(middle, read, "norm2"), read, "mlp.fc1"), "gelu");
  return tf.add(middle, linear(hidden, read, "mlp.fc2"));
}

/** Attention inside windows, on rows [batch·side·side, width]. */
function windowAttention(
  x: tf.Tensor2D,
  batch: number,
  stage: Stage,
  shift: number,
  read: VariableReader,
): tf.Tensor2D {
  const { side, window, width, heads } = stage;
  const across = side / window;
  const windows = across * across;
  const places = window * window;
  const size = width / heads;

  const grid = shiftGrid(tf.reshape(x, [batch, side, side, width]), -shift);
  const cut = tf.transpose(tf.reshape(grid, [batch, across, window, across, window, width]), [0, 1, 3, 2, 4, 5]);
  const rows = tf.reshape(cut, [batch * windows * places, width]) as tf.Tensor2D;
  const qkv = tf.transpose(
    tf.reshape(linear(rows, read, "qkv"), [batch * windows, places, 3, heads, size]),
    [2, 0, 3, 1, 4],
  );
  const [queries, keys, values] = tf.unstack(qkv) as [tf.Tensor, tf.Tensor, tf.Tensor];

  const bias = tf.gather(read("relative_position_bias_table"), relativePositions(window));
  const perHead = tf.reshape(tf.transpose(bias), [1, heads, places, places]);
  let scores = tf.add(tf.matMul(tf.mul(queries, size ** -0.5), keys, false, true), perHead);
  if (shift > 0) {
    const perWindow = tf.reshape(scores, [batch, windows, heads, places, places]);
    scores = tf.reshape(tf.add(perWindow, regionMask(side, window, shift)), scores.shape);
  }
  const attended = tf.matMul(tf.softmax(scores), values);

  const whole = tf.reshape(tf.transpose(attended, [0, 2, 1, 3]), [batch, across, across, window, window, width]);
  const restored = tf.reshape(tf.transpose(whole, [0, 1, 3, 2, 4, 5]), [batch, side, side, width]) as tf.Tensor4D;
  const back = tf.reshape(shiftGrid(restored, shift), [batch * side * side, width]) as tf.Tensor2D;
  return linear(back, read, "proj");
}
