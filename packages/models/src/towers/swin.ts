import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";
import { type ConfigInput, type ConfigOutput, fail, positiveCount } from "../config/fields.js";
import { activate } from "../layers/activation.js";
import { layerNorm } from "../layers/layer-norm.js";
import { affine, linear } from "../layers/linear.js";
import { layerNormParameters, linearParameters, type ParameterSpec } from "../layers/parameter-spec.js";
import { scope, type VariableReader } from "../layers/variable-reader.js";
import { defineTower } from "./define-tower.js";
import { swinInOpenClip } from "./formats/swin-formats.js";
import { regionMask, relativePositions, shiftGrid } from "./swin-windows.js";
import type { TowerContext } from "./tower.js";
import { embedPatches } from "./vit.js";

/** Options of a Swin transformer. The defaults are Swin-Tiny's. */
export const swinSchema = z
  .strictObject({
    /** Side of the square input in pixels. */
    imageSize: positiveCount.default(224),
    /** Side of a patch in pixels. */
    patchSize: positiveCount.default(4),
    /** Channels of the first stage; each later stage has twice as many. */
    width: positiveCount.default(96),
    /** Blocks of each stage. */
    layers: z.array(positiveCount, "a list of the blocks of each stage").default([2, 2, 6, 2]),
    /** Attention heads of each stage. */
    heads: z.array(positiveCount, "a list of the heads of each stage").default([3, 6, 12, 24]),
    /** Side of an attention window in patches. */
    windowSize: positiveCount.default(7),
    /** Hidden width of the feed-forward part as a multiple of a stage's width. */
    mlpRatio: positiveCount.default(4),
  })
  .superRefine((options, context) => {
    const { layers, heads, imageSize } = options;
    if (layers.length === 0 || layers.length !== heads.length) {
      const found = `${JSON.stringify(layers)} and vision.heads ${JSON.stringify(heads)}`;
      fail(context, "layers", `is ${found}; one number for each stage is expected in both.`);
      return;
    }
    for (const { stage, width, heads, side, window } of stagesOf(options)) {
      if (width % heads !== 0) fail(context, `heads[${stage}]`, `is ${heads}, which does not divide ${width}.`);
      if (!Number.isInteger(side) || side % window !== 0) {
        const tiling = `stage ${stage} has ${side} patches a side, which windows of ${window} do not tile.`;
        fail(context, "imageSize", `is ${imageSize}: ${tiling}`);
      }
    }
  });

type Options = ConfigOutput<typeof swinSchema>;

export type SwinConfig = ConfigInput<typeof swinSchema> & { readonly type: "swin" };

/** A Swin transformer (Liu et al., ICCV 2021), the image tower of MosaiCLIP's second backbone; read as the mean over its places. */
export const swin = defineTower({
  kind: "image",
  name: "swin",
  version: "1",
  schema: swinSchema,
  width: (options) => stagesOf(options).at(-1)!.width,
  parameters,
  blocks: (options) => stagesOf(options).flatMap(blockNames),
  encode,
  openClip: swinInOpenClip,
});

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

function stagesOf({ imageSize, patchSize, width, layers, heads, windowSize }: Options): Stage[] {
  return layers.map((blocks, stage) => {
    const side = imageSize / patchSize / 2 ** stage;
    return { stage, blocks, width: width * 2 ** stage, heads: heads[stage]!, side, window: Math.min(windowSize, side) };
  });
}

/** A stage's blocks by timm's names: from the second stage on, the merging of patches is one. */
function blockNames({ stage, blocks }: Stage): string[] {
  const merging = stage === 0 ? [] : [`layers.${stage}.downsample`];
  return [...merging, ...Array.from({ length: blocks }, (_, block) => `layers.${stage}.blocks.${block}`)];
}

/** By timm's names. Weights start at 0.02. */
function parameters(config: Options): ParameterSpec[] {
  const { patchSize, width, mlpRatio } = config;
  const init = { std: 0.02 };
  const stages = stagesOf(config);
  const merging = (name: string, width: number): ParameterSpec[] => [
    ...layerNormParameters(`${name}.norm`, width * 2),
    { name: `${name}.reduction.weight`, shape: [width, width * 2], init, linear: true },
  ];
  const block = (name: string, { width, heads, window }: Stage): ParameterSpec[] => [
    ...layerNormParameters(`${name}.norm1`, width),
    { name: `${name}.attn.relative_position_bias_table`, shape: [(2 * window - 1) ** 2, heads], init },
    ...linearParameters(`${name}.attn.qkv`, 3 * width, width, init.std),
    ...linearParameters(`${name}.attn.proj`, width, width, init.std),
    ...layerNormParameters(`${name}.norm2`, width),
    ...linearParameters(`${name}.mlp.fc1`, width * mlpRatio, width, init.std),
    ...linearParameters(`${name}.mlp.fc2`, width, width * mlpRatio, init.std),
  ];
  return [
    { name: "patch_embed.proj.weight", shape: [width, 3, patchSize, patchSize], init },
    { name: "patch_embed.proj.bias", shape: [width], init: { constant: 0 } },
    ...layerNormParameters("patch_embed.norm", width),
    ...stages.flatMap((stage) =>
      blockNames(stage).flatMap((name) =>
        name.endsWith("downsample") ? merging(name, stage.width) : block(name, stage),
      ),
    ),
    ...layerNormParameters("norm", stages.at(-1)!.width),
  ];
}

function encode(pixels: tf.Tensor4D, config: Options, { read }: TowerContext): tf.Tensor2D {
  const batch = pixels.shape[0];
  const { imageSize, patchSize, width } = config;
  const embedded = embedPatches(pixels, patchSize, imageSize / patchSize, read("patch_embed.proj.weight"));
  const placed = tf.reshape(tf.add(embedded, read("patch_embed.proj.bias")), [-1, width]) as tf.Tensor2D;
  let rows = layerNorm(placed, read, "patch_embed.norm");
  for (const stage of stagesOf(config)) {
    const name = `layers.${stage.stage}`;
    if (stage.stage > 0) rows = mergePatches(rows, batch, stage, scope(read, `${name}.downsample`));
    for (let block = 0; block < stage.blocks; block++) {
      // Every other block moves its windows by half, unless there is only one.
      const shift = block % 2 === 1 && stage.window < stage.side ? Math.floor(stage.window / 2) : 0;
      rows = swinBlock(rows, batch, stage, shift, scope(read, `${name}.blocks.${block}`));
    }
  }
  const features = layerNorm(rows, read, "norm");
  return tf.mean(tf.reshape(features, [batch, -1, features.shape[1]]), 1) as tf.Tensor2D;
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
