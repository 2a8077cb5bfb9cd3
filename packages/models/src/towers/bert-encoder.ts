import * as tf from "@tensorflow/tfjs-core";
import { activate } from "../layers/activation.js";
import { scaledDotProductAttention } from "../layers/attention.js";
import { layerNorm } from "../layers/layer-norm.js";
import { linear } from "../layers/linear.js";
import { layerNormParameters, linearParameters, type ParameterSpec } from "../layers/parameter-spec.js";
import { scope, type VariableReader } from "../layers/variable-reader.js";
import { withGradient } from "../layers/with-gradient.js";

/** BERT's layer normalisations add this to the variance. */
const epsilon = 1e-12;

/** Every BERT weight starts at this standard deviation (`initializer_range`). */
const startStd = 0.02;

/** Sizes of a BERT. */
export interface BertSizes {
  /** Positions there are embeddings for. */
  readonly contextLength: number;
  readonly vocabSize: number;
  readonly width: number;
  readonly layers: number;
  /** Attention heads; divides `width`. */
  readonly heads: number;
  /** Hidden width of the feed-forward part as a multiple of `width`. */
  readonly mlpRatio: number;
}

/** The parameters of BERT's embeddings and layers by Hugging Face's names; there is no pooler. */
export function bertEncoderParameters(sizes: BertSizes): ParameterSpec[] {
  const { contextLength, vocabSize, width, layers, mlpRatio } = sizes;
  const table = (name: string, rows: number): ParameterSpec => ({
    name: `embeddings.${name}_embeddings.weight`,
    shape: [rows, width],
    init: { std: startStd },
  });
  const dense = (name: string, outputs: number, inputs: number) => linearParameters(name, outputs, inputs, startStd);
  return [
    table("word", vocabSize),
    table("position", contextLength),
    table("token_type", 2),
    ...layerNormParameters("embeddings.LayerNorm", width),
    ...bertBlocks(layers).flatMap((name) => [
      ...["query", "key", "value"].flatMap((part) => dense(`${name}.attention.self.${part}`, width, width)),
      ...dense(`${name}.attention.output.dense`, width, width),
      ...layerNormParameters(`${name}.attention.output.LayerNorm`, width),
      ...dense(`${name}.intermediate.dense`, width * mlpRatio, width),
      ...dense(`${name}.output.dense`, width, width * mlpRatio),
      ...layerNormParameters(`${name}.output.LayerNorm`, width),
    ]),
  ];
}

/** The names of BERT's layers. */
export function bertBlocks(layers: number): string[] {
  return Array.from({ length: layers }, (_, layer) => `encoder.layer.${layer}`);
}

/**
 * BERT's embeddings: word, position in the sequence and token type 0, normalised.
 *
 * @param ids token ids [count·length].
 * @param length tokens of each text.
 * @param trained [count·length, 1]: 0 where a word's row of the table gets no gradient, else 1. Default: all do.
 * @returns [count·length, width]
 */
export function bertEmbeddings(
  ids: tf.Tensor1D,
  length: number,
  read: VariableReader,
  trained?: tf.Tensor,
): tf.Tensor2D {
  const count = ids.size / length;
  const rows = tf.gather(read("embeddings.word_embeddings.weight"), ids);
  const words = trained ? maskGradient(rows, trained) : rows;
  const width = words.shape[1]!;
  const positions = tf.slice(read("embeddings.position_embeddings.weight"), [0, 0], [length, width]);
  const type = tf.slice(read("embeddings.token_type_embeddings.weight"), [0, 0], [1, width]);
  const placed = tf.add(tf.reshape(words, [count, length, width]), tf.add(positions, type));
  return layerNorm(tf.reshape(placed, [count * length, width]), read, "embeddings.LayerNorm", epsilon);
}

/**
 * BERT's post-normalised layers with the exact GELU.
 *
 * @param x [count·length, width]
 * @param mask [count, 1, 1, length], added to the scores.
 * @returns [count·length, width]
 */
export function bertEncoder(
  x: tf.Tensor2D,
  mask: tf.Tensor4D,
  { layers, heads }: Pick<BertSizes, "layers" | "heads">,
  read: VariableReader,
): tf.Tensor2D {
  let rows = x;
  for (let layer = 0; layer < layers; layer++)
    rows = bertLayer(rows, mask, heads, scope(read, `encoder.layer.${layer}`));
  return rows;
}

function bertLayer(x: tf.Tensor2D, mask: tf.Tensor4D, heads: number, read: VariableReader): tf.Tensor2D {
  const [count, length] = [mask.shape[0], mask.shape[3]];
  const width = x.shape[1];
  const split = (name: string) =>
    tf.transpose(
      tf.reshape(linear(x, read, `attention.self.${name}`), [count, length, heads, width / heads]),
      [0, 2, 1, 3],
    );
  const queries = tf.mul(split("query"), (width / heads) ** -0.5);
  const attended = tf.transpose(scaledDotProductAttention(queries, split("key"), split("value"), mask), [0, 2, 1, 3]);
  const merged = tf.reshape(attended, [count * length, width]) as tf.Tensor2D;
  const afterAttention = layerNorm(
    tf.add(x, linear(merged, read, "attention.output.dense")),
    read,
    "attention.output.LayerNorm",
    epsilon,
  );
  const hidden = activate(linear(afterAttention, read, "intermediate.dense"), "gelu");
  return layerNorm(tf.add(afterAttention, linear(hidden, read, "output.dense")), read, "output.LayerNorm", epsilon);
}

/** The same numbers; the gradient is multiplied with `mask`. */
function maskGradient(x: tf.Tensor, mask: tf.Tensor): tf.Tensor {
  return withGradient([x], (x) => ({
    value: tf.clone(x!),
    saved: [mask],
    gradient: (dy, mask) => [tf.mul(dy, mask!)],
  }));
}
