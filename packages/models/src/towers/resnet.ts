import * as tf from "@tensorflow/tfjs-core";
import { checkFields, checkPositiveIntegers, positiveInteger } from "../check-config.js";
import { scaledDotProductAttention } from "../layers/attention.js";
import { batchNorm, batchNormParameters } from "../layers/batch-norm.js";
import { linear } from "../layers/linear.js";
import { linearParameters, type ParameterSpec } from "../layers/parameter-spec.js";
import { scope } from "../layers/variable-reader.js";
import { ModelError } from "../model-error.js";

/**
 * OpenAI's modified ResNet (`ModifiedResNet` of CLIP's model.py): a stem of three convolutions, average pooling in place of
 * strides, attention pooling at the end. RN50: imageSize 224, width 64, layers [3, 4, 6, 3].
 */
export interface ResNetConfig {
  readonly type: "resnet";
  /** Side of the square input in pixels; a multiple of 32. */
  readonly imageSize: number;
  /** Channels of the first stage, even; the features have 32 times as many. */
  readonly width: number;
  /** Blocks of the four stages. */
  readonly layers: readonly [number, number, number, number];
  /** Heads of the attention pooling. Default width / 2: heads of size 64, as OpenAI's. */
  readonly heads?: number;
}

type Resolved = Required<ResNetConfig>;

/** Fills in the defaults and checks every field. */
export function resolveResNet(config: ResNetConfig): Resolved {
  checkFields("vision", config, ["type", "imageSize", "width", "layers", "heads"]);
  const resolved = { heads: config.width / 2, ...config };
  checkPositiveIntegers("vision", resolved, ["imageSize", "width", "heads"]);
  if (!Array.isArray(config.layers) || config.layers.length !== 4) {
    throw new ModelError(
      `vision.layers is ${JSON.stringify(config.layers)}; the blocks of four stages are expected, such as [3, 4, 6, 3].`,
    );
  }
  for (const [stage, blocks] of config.layers.entries()) positiveInteger(`vision.layers[${stage}]`, blocks);
  if (config.imageSize % 32 !== 0) {
    throw new ModelError(`vision.imageSize is ${config.imageSize}; a ResNet takes multiples of 32.`);
  }
  if (config.width % 2 !== 0 || (config.width * 32) % resolved.heads !== 0) {
    throw new ModelError(
      `vision.width is ${config.width}; it must be even, and ${resolved.heads} heads must share ${config.width * 32}.`,
    );
  }
  return resolved;
}

interface Block {
  readonly name: string;
  readonly inputs: number;
  /** Channels inside; it gives out four times as many. */
  readonly planes: number;
  readonly stride: number;
}

function blocksOf({ width, layers }: Resolved): Block[] {
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
 * The tower's variables by OpenAI's names after `vision_model.`. Convolutions start at PyTorch's default size (inputs^-0.5 / √3,
 * drawn from a normal), the last gain of every block at 0, attention pooling at features^-0.5.
 */
export function resNetParameters(config: Resolved, embedDim: number): readonly ParameterSpec[] {
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
  const own: ParameterSpec[] = [
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
  return own.map((spec) => ({ ...spec, name: `vision_model.${spec.name}` }));
}

/**
 * Image features of a ResNet.
 *
 * @param pixels [images, size, size, 3]
 * @param training see `batchNorm`.
 * @returns [images, embedDim], not normalised.
 */
export function embedWithResNet(
  pixels: tf.Tensor4D,
  config: Resolved,
  variables: ReadonlyMap<string, tf.Variable>,
  training: boolean,
): tf.Tensor2D {
  const convolve = (x: tf.Tensor4D, name: string, norm: string, stride = 1): tf.Tensor4D => {
    const weight = variables.get(`vision_model.${name}.weight`)!;
    const kernel = tf.transpose(weight, [2, 3, 1, 0]) as tf.Tensor4D;
    const padding = kernel.shape[0] === 3 ? 1 : 0;
    return batchNorm(tf.conv2d(x, kernel, stride, padding), variables, `vision_model.${norm}`, training);
  };
  const pool = (x: tf.Tensor4D, stride: number): tf.Tensor4D =>
    stride > 1 ? tf.avgPool(x, stride, stride, "valid") : x;

  let x = tf.relu(convolve(pixels, "conv1", "bn1", 2));
  x = tf.relu(convolve(x, "conv2", "bn2"));
  x = pool(tf.relu(convolve(x, "conv3", "bn3")), 2);
  for (const block of blocksOf(config)) {
    const { name, stride } = block;
    const shortcut = hasDownsample(block)
      ? convolve(pool(x, stride), `${name}.downsample.0`, `${name}.downsample.1`)
      : x;
    let inner = tf.relu(convolve(x, `${name}.conv1`, `${name}.bn1`));
    inner = pool(tf.relu(convolve(inner, `${name}.conv2`, `${name}.bn2`)), stride);
    const sum: tf.Tensor4D = tf.add(convolve(inner, `${name}.conv3`, `${name}.bn3`), shortcut);
    x = tf.relu(sum);
  }
  return attentionPool(x, config.heads, variables);
}

/** Attention pooling: the mean over the positions is the query, mean and positions are keys and values. Gives [images, embedDim]. */
function attentionPool(x: tf.Tensor4D, heads: number, variables: ReadonlyMap<string, tf.Variable>): tf.Tensor2D {
  const read = scope((name) => variables.get(name)!, "vision_model.attnpool");
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
