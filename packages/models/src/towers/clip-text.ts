import * as tf from "@tensorflow/tfjs-core";
import { checkFields, checkHeads, checkPositiveIntegers, positiveInteger } from "../check-config.js";
import type { Activation } from "../layers/activation.js";
import { causalMask } from "../layers/attention.js";
import { layerNorm } from "../layers/layer-norm.js";
import { layerNormParameters, type ParameterSpec, transformerParameters } from "../layers/parameter-spec.js";
import { endSelector, tokenMask } from "../layers/token-masks.js";
import { transformer } from "../layers/transformer.js";
import type { VariableReader } from "../layers/variable-reader.js";
import type { TokenChunk } from "../packing/pack-tokens.js";

const sizes = ["contextLength", "vocabSize", "width", "layers", "heads"] as const;

/** CLIP's text tower: a causal transformer, read at the end-of-text token. */
export interface ClipTextConfig {
  /** Default: a text tower without a type is CLIP's. */
  readonly type?: "clip";
  /** Longest sequence in tokens, start and end included. */
  readonly contextLength: number;
  readonly vocabSize: number;
  readonly width: number;
  readonly layers: number;
  /** Attention heads; divides `width`. */
  readonly heads: number;
  /** Hidden width of the feed-forward part as a multiple of `width`. Default 4. */
  readonly mlpRatio?: number;
}

/** Fills in the defaults and checks every field. */
export function resolveClipText(config: ClipTextConfig): Required<ClipTextConfig> {
  checkFields("text", config, ["type", ...sizes, "mlpRatio"]);
  const resolved = { type: "clip", mlpRatio: 4, ...config } as const;
  checkPositiveIntegers("text", config, sizes);
  checkHeads("text", config.width, config.heads);
  positiveInteger("text.width * text.mlpRatio", config.width * resolved.mlpRatio);
  return resolved;
}

/** The tower's variables by Hugging Face's names. Token embeddings start at 0.02, positions at 0.01, as OpenAI's. */
export function clipTextParameters(config: Required<ClipTextConfig>): readonly ParameterSpec[] {
  const { vocabSize, contextLength, width, layers, mlpRatio } = config;
  return [
    { name: "text_model.embeddings.token_embedding.weight", shape: [vocabSize, width], init: { std: 0.02 } },
    { name: "text_model.embeddings.position_embedding.weight", shape: [contextLength, width], init: { std: 0.01 } },
    ...transformerParameters("text_model", layers, width, width * mlpRatio),
    ...layerNormParameters("text_model.final_layer_norm", width),
  ];
}

/** Padded texts as tensors. */
export interface TextTensors {
  /** Token ids [count·length]. */
  readonly ids: tf.Tensor1D;
  /** One-hot [count, 1, length] at each text's end. */
  readonly eosOneHot: tf.Tensor3D;
  /** [count, 1, 1, length], added to scores: 0 at every token of a text, a large negative number at its padding. */
  readonly mask: tf.Tensor4D;
}

/** The features of one chunk at its end-of-text tokens: [count, width]. */
export function encodeWithClipText(
  chunk: TokenChunk,
  config: Required<ClipTextConfig>,
  activation: Activation,
  read: VariableReader,
): tf.Tensor2D {
  const texts = { ids: tf.tensor1d(chunk.ids, "int32"), eosOneHot: endSelector(chunk), mask: tokenMask(chunk) };
  return clipTextFeatures(texts, config, activation, read);
}

/** The same from tensors, so that it can be kept as an ONNX model. */
export function clipTextFeatures(
  { ids, eosOneHot, mask }: TextTensors,
  { width, layers, heads }: Required<ClipTextConfig>,
  activation: Activation,
  read: VariableReader,
): tf.Tensor2D {
  const [count, , length] = eosOneHot.shape;
  const embedded = tf.gather(read("text_model.embeddings.token_embedding.weight"), ids);
  const positions = tf.slice(read("text_model.embeddings.position_embedding.weight"), [0, 0], [length, width]);
  const placed = tf.add(tf.reshape(embedded, [count, length, width]), positions);
  const encoded = transformer(tf.reshape(placed, [count * length, width]) as tf.Tensor2D, {
    read,
    tower: "text_model",
    layers,
    heads,
    activation,
    batch: count,
    length,
    mask: causalMask(length),
    readout: {
      select: (x) => tf.reshape(tf.matMul(eosOneHot, tf.reshape(x, [count, length, width])), [count, width]),
      mask,
    },
  });
  return layerNorm(encoded, read, "text_model.final_layer_norm");
}
