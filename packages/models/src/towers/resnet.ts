import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";
import { type ConfigInput, type ConfigOutput, fail, positiveCount } from "../config/fields.js";
import { scaledDotProductAttention } from "../layers/attention.js";
import { batchNorm, batchNormParameters } from "../layers/batch-norm.js";
import { linear } from "../layers/linear.js";
import { linearParameters, type ParameterSpec } from "../layers/parameter-spec.js";
import { scope, type VariableReader } from "../layers/variable-reader.js";
import { defineTower } from "./define-tower.js";
import { resNetInOpenClip } from "./formats/resnet-formats.js";
import type { TowerContext } from "./tower.js";

const fourStages = "a list of the blocks of four stages, such as [3, 4, 6, 3],";

/** Options of CLIP's ResNet. */
export const resNetSchema = z
  .strictObject({
    /** Side of the square input in pixels; a multiple of 32. */
    imageSize: positiveCount,
    /** Channels of the first stage, even; the features have 32 times as many. */
    width: positiveCount,
    /** Blocks of the four stages. */
    layers: z.tuple([positiveCount, positiveCount, positiveCount, positiveCount], fourStages),
    /** Heads of the attention pooling. Default width / 2: heads of size 64, as OpenAI's. */
    heads: positiveCount.optional(),
  })
  .transform((options) => ({ ...options, heads: options.heads ?? options.width / 2 }))
  .superRefine(({ imageSize, width, heads }, context) => {
    if (imageSize % 32 !== 0) fail(context, "imageSize", `is ${imageSize}; a ResNet takes multiples of 32.`);
    if (width % 2 !== 0 || (width * 32) % heads !== 0) {
      fail(context, "width", `is ${width}; it must be even, and ${heads} heads must share ${width * 32}.`);
    }
  });

type Options = ConfigOutput<typeof resNetSchema>;

export type ResNetConfig = ConfigInput<typeof resNetSchema> & { readonly type: "resnet" };

/**
 * OpenAI's modified ResNet (`ModifiedResNet` of CLIP's model.py): a stem of three convolutions, average pooling in place of
 * strides, attention pooling at the end, which projects to the embedding space itself. RN50: imageSize 224, width 64, layers
 * [3, 4, 6, 3]. Batch normalisation uses the running statistics unless it is in training.
 */
export const resnet = defineTower({
  kind: "image",
  name: "resnet",
  version: "1",
  schema: resNetSchema,
  parameters,
  blocks: (options) => blocksOf(options).map(({ name }) => name),
  encode: (pixels, options, context) => pool(featureMap(pixels, options, context), options, context),
  regions: { size: ({ imageSize }) => imageSize / 16, featureMap, pool },
  openClip: resNetInOpenClip,
});

interface Block {
  readonly name: string;
  readonly inputs: number;
  /** Channels inside; it gives out four times as many. */
  readonly planes: number;
  readonly stride: number;
}

function blocksOf({ width, layers }: Options): Block[] {
  let inputs = width;
  return layers.flatMap((count, stage) =>
    Array.from({ length: count }, (_, index) => {
      const planes = width * 2 ** stage;
      const name = `layer${stage + 1}.${index}`;
      const block = { name, inputs, planes, stride: stage > 0 && index === 0 ? 2 : 1 };
      inputs = planes * 4;
      return block;
    }),
  );
}

const hasDownsample = ({ inputs, planes, stride }: Block) => stride > 1 || inputs !== planes * 4;

/**
 * By OpenAI's names. Convolutions start at PyTorch's default size (inputs^-0.5 / √3,
 * drawn from a normal), the last gain of every block at 0, attention pooling at features^-0.5.
 */
function parameters(config: Options, embedDim: number): ParameterSpec[] {
  const { width, imageSize } = config;
  const features = width * 32;
  const conv = (name: string, outputs: number, inputs: number, side: number): ParameterSpec => ({
    name: `${name}.weight`,
    shape: [outputs, inputs, side, side],
    init: { std: (3 * inputs * side * side) ** -0.5 },
  });
  const stem = [
    [1, 3, width / 2],
    [2, width / 2, width / 2],
    [3, width / 2, width],
  ] as const;
  return [
    ...stem.flatMap(([index, inputs, outputs]) => [
      conv(`conv${index}`, outputs, inputs, 3),
      ...batchNormParameters(`bn${index}`, outputs),
    ]),
    ...blocksOf(config).flatMap((block) => {
      const { name, inputs, planes } = block;
      return [
        conv(`${name}.conv1`, planes, inputs, 1),
        ...batchNormParameters(`${name}.bn1`, planes),
        conv(`${name}.conv2`, planes, planes, 3),
        ...batchNormParameters(`${name}.bn2`, planes),
        conv(`${name}.conv3`, planes * 4, planes, 1),
        ...batchNormParameters(`${name}.bn3`, planes * 4).map((spec) =>
          spec.name.endsWith("weight") ? { ...spec, init: { constant: 0 } } : spec,
        ),
        ...(hasDownsample(block)
          ? [
              conv(`${name}.downsample.0`, planes * 4, inputs, 1),
              ...batchNormParameters(`${name}.downsample.1`, planes * 4),
            ]
          : []),
      ];
    }),
    {
      name: "attnpool.positional_embedding",
      shape: [(imageSize / 32) ** 2 + 1, features],
      init: { std: features ** -0.5 },
    },
    ...["k_proj", "q_proj", "v_proj"].flatMap((name) =>
      linearParameters(`attnpool.${name}`, features, features, features ** -0.5),
    ),
    ...linearParameters("attnpool.c_proj", embedDim, features, features ** -0.5),
  ];
}

/** The stem and the first three stages: a sixteenth of the pixels a side, as RegionCLIP and ViLLA cut regions out of. */
function featureMap(pixels: tf.Tensor4D, options: Options, context: TowerContext): tf.Tensor4D {
  let x = tf.relu(convolve(pixels, "conv1", "bn1", context, 2));
  x = tf.relu(convolve(x, "conv2", "bn2", context));
  x = shrink(tf.relu(convolve(x, "conv3", "bn3", context)), 2);
  return residualBlocks(x, blocksOf(options).slice(0, -options.layers[3]), context);
}

/** The fourth stage and attention pooling. */
function pool(cells: tf.Tensor4D, options: Options, context: TowerContext): tf.Tensor2D {
  const x = residualBlocks(cells, blocksOf(options).slice(-options.layers[3]), context);
  return attentionPool(x, options.heads, scope(context.read, "attnpool"));
}

function residualBlocks(input: tf.Tensor4D, blocks: readonly Block[], context: TowerContext): tf.Tensor4D {
  let x = input;
  for (const block of blocks) {
    const { name, stride } = block;
    const shortcut = hasDownsample(block)
      ? convolve(shrink(x, stride), `${name}.downsample.0`, `${name}.downsample.1`, context)
      : x;
    let inner = tf.relu(convolve(x, `${name}.conv1`, `${name}.bn1`, context));
    inner = shrink(tf.relu(convolve(inner, `${name}.conv2`, `${name}.bn2`, context)), stride);
    const sum: tf.Tensor4D = tf.add(convolve(inner, `${name}.conv3`, `${name}.bn3`, context), shortcut);
    x = tf.relu(sum);
  }
  return x;
}

function convolve(x: tf.Tensor4D, name: string, norm: string, context: TowerContext, stride = 1): tf.Tensor4D {
  const kernel = tf.transpose(context.read(`${name}.weight`), [2, 3, 1, 0]) as tf.Tensor4D;
  const padding = kernel.shape[0] === 3 ? 1 : 0;
  return batchNorm(tf.conv2d(x, kernel, stride, padding), norm, context);
}

/** The mean of each square of cells, in place of a stride. */
function shrink(x: tf.Tensor4D, stride: number): tf.Tensor4D {
  return stride > 1 ? tf.avgPool(x, stride, stride, "valid") : x;
}

/** Attention pooling: the mean over the positions is the query, mean and positions are keys and values. Gives [images, embedDim]. */
function attentionPool(x: tf.Tensor4D, heads: number, read: VariableReader): tf.Tensor2D {
  const [batch, height, breadth, features] = x.shape;
  const places = tf.reshape(x, [batch, height * breadth, features]);
  const tokens = tf.add(tf.concat([tf.mean(places, 1, true), places], 1), read("positional_embedding"));
  const length = height * breadth + 1;
  const rows = tf.reshape(tokens, [batch * length, features]) as tf.Tensor2D;
  const mean = tf.reshape(tf.slice(tokens, [0, 0, 0], [batch, 1, features]), [batch, features]);
  const size = features / heads;
  const split = (projected: tf.Tensor2D, count: number) =>
    tf.transpose(tf.reshape(projected, [batch, count, heads, size]), [0, 2, 1, 3]);
  const pooled = scaledDotProductAttention(
    tf.mul(split(linear(mean as tf.Tensor2D, read, "q_proj"), 1), size ** -0.5),
    split(linear(rows, read, "k_proj"), length),
    split(linear(rows, read, "v_proj"), length),
  );
  return linear(tf.reshape(pooled, [batch, features]), read, "c_proj");
}
