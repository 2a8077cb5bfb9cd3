import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";
import {
  type ConfigInput,
  type ConfigOutput,
  fail,
  positiveCount,
  positiveNumber,
  wholeCount,
} from "../config/fields.js";
import { affine } from "../layers/linear.js";
import type { Initializer, ParameterSpec } from "../layers/parameter-spec.js";
import { rmsNorm } from "../layers/rms-norm.js";
import { type RotaryAngles, rotaryAngles, rotate } from "../layers/rotary.js";
import type { TextTensors } from "../layers/text-tensors.js";
import { scope, type VariableReader } from "../layers/variable-reader.js";
import { defineTower } from "./define-tower.js";
import { gemmaInHuggingFace } from "./formats/gemma-formats.js";
import type { TowerContext } from "./tower.js";

/** Options of a Gemma 2. gemma-2-2b: width 2304, 26 layers, 8 heads over 4 key heads of size 256, hidden 9216, 256000 words. */
export const gemmaSchema = z
  .strictObject({
    /** Longest sequence in tokens. */
    contextLength: positiveCount,
    vocabSize: positiveCount,
    width: positiveCount,
    layers: positiveCount,
    /** Query heads. */
    heads: positiveCount,
    /** Key and value heads, each shared by heads / keyHeads queries. */
    keyHeads: positiveCount,
    /** Size of a head; even. */
    headSize: positiveCount.default(256),
    /** Width of the gated feed-forward part. */
    hiddenWidth: positiveCount,
    /** Scores are multiplied with this to the power -0.5 (`query_pre_attn_scalar`). Default `headSize`. */
    queryScalar: positiveNumber.optional(),
    /** Scores s become cap·tanh(s / cap). (The cap of the vocabulary's logits has no part in a tower.) */
    attentionCap: positiveNumber.default(50),
    /** Layers 0, 2, 4, … look at this many tokens only, themselves included. */
    slidingWindow: positiveCount.default(4096),
    /** Base of the rotary angles. */
    ropeBase: positiveNumber.default(10_000),
    /** The last layers, trained and bidirectional; all before them, and the embeddings, are frozen and causal. Default 4. */
    trainableLayers: wholeCount.optional(),
    /** What becomes the text's feature: the last token or the mean over all tokens. The paper does not say; "last" is a guess. */
    pool: z.enum(["last", "mean"]).default("last"),
  })
  .transform((options) => ({
    ...options,
    queryScalar: options.queryScalar ?? options.headSize,
    trainableLayers: options.trainableLayers ?? Math.min(4, options.layers),
  }))
  .superRefine(({ heads, keyHeads, headSize, layers, trainableLayers }, context) => {
    if (heads % keyHeads !== 0) fail(context, "heads", `is ${heads}, which text.keyHeads ${keyHeads} does not divide.`);
    if (headSize % 2 !== 0) fail(context, "headSize", `is ${headSize}; rotary positions need an even size.`);
    if (trainableLayers > layers) {
      fail(context, "trainableLayers", `is ${trainableLayers}; a whole number from 0 to ${layers} is expected.`);
    }
  });

type Options = ConfigOutput<typeof gemmaSchema>;

export type GemmaConfig = ConfigInput<typeof gemmaSchema> & { readonly type: "gemma" };

/**
 * A Gemma 2 decoder as text tower, as in Semantic Guidance (Stone et al. 2024): pre-trained, frozen but for its last layers, which
 * look both ways.
 */
export const gemma = defineTower({
  kind: "text",
  name: "gemma",
  version: "1",
  schema: gemmaSchema,
  width: ({ width }) => width,
  parameters,
  blocks: ({ layers }) => Array.from({ length: layers }, (_, layer) => `layers.${layer}`),
  encode,
  huggingFace: gemmaInHuggingFace,
});

const epsilon = 1e-6;

/** Those of Hugging Face's Gemma2Model; the lower layers are frozen. */
function parameters(config: Options): ParameterSpec[] {
  const { vocabSize, width, layers, heads, keyHeads, headSize, hiddenWidth, trainableLayers } = config;
  const init: Initializer = { std: 0.02 };
  const norm = (name: string): ParameterSpec => ({ name: `${name}.weight`, shape: [width], init: { constant: 0 } });
  const linear = (name: string, outputs: number, inputs: number): ParameterSpec => ({
    name: `${name}.weight`,
    shape: [outputs, inputs],
    init,
    linear: true,
  });
  const layerParameters = (layer: number): ParameterSpec[] => {
    const prefix = `layers.${layer}`;
    return [
      norm(`${prefix}.input_layernorm`),
      linear(`${prefix}.self_attn.q_proj`, heads * headSize, width),
      linear(`${prefix}.self_attn.k_proj`, keyHeads * headSize, width),
      linear(`${prefix}.self_attn.v_proj`, keyHeads * headSize, width),
      linear(`${prefix}.self_attn.o_proj`, width, heads * headSize),
      norm(`${prefix}.post_attention_layernorm`),
      norm(`${prefix}.pre_feedforward_layernorm`),
      linear(`${prefix}.mlp.gate_proj`, hiddenWidth, width),
      linear(`${prefix}.mlp.up_proj`, hiddenWidth, width),
      linear(`${prefix}.mlp.down_proj`, width, hiddenWidth),
      norm(`${prefix}.post_feedforward_layernorm`),
    ];
  };
  const frozen = trainableLayers < layers;
  return [
    { name: "embed_tokens.weight", shape: [vocabSize, width], init, frozen },
    ...Array.from({ length: layers }, (_, layer) =>
      layerParameters(layer).map((spec) => ({ ...spec, frozen: layer < layers - trainableLayers })),
    ).flat(),
    norm("norm"),
  ];
}

function encode(texts: TextTensors, config: Options, { read }: TowerContext): tf.Tensor2D {
  const { count, length } = texts;
  const { width, layers, headSize, ropeBase, trainableLayers, pool } = config;
  const angles = rotaryAngles(length, headSize, ropeBase);
  const padding = texts.paddingMask();
  const masks = { causal: padding, sliding: padding, both: padding, slidingBoth: padding };
  for (const name of Object.keys(masks) as (keyof typeof masks)[]) {
    const window = name.startsWith("sliding") ? config.slidingWindow : Number.POSITIVE_INFINITY;
    masks[name] = tf.add(padding, slidingWindowMask(length, window, name === "causal" || name === "sliding"));
  }
  const words = tf.gather(read("embed_tokens.weight"), texts.ids());
  let rows = tf.mul(words, Math.sqrt(width)) as tf.Tensor2D;
  for (let layer = 0; layer < layers; layer++) {
    const both = layer >= layers - trainableLayers;
    const sliding = layer % 2 === 0;
    const mask = masks[both ? (sliding ? "slidingBoth" : "both") : sliding ? "sliding" : "causal"];
    rows = gemmaLayer(rows, mask, angles, config, scope(read, `layers.${layer}`));
  }
  const states = tf.reshape(rmsNorm(rows, read("norm.weight"), epsilon), [count, length, width]);
  return tf.reshape(tf.matMul(pool === "last" ? texts.eosOneHot() : texts.meanWeights(), states), [count, width]);
}

/** [1, 1, length, length]: which keys a query may see; in a window they are fewer than `window` away, on both sides. */
function slidingWindowMask(length: number, window: number, causal: boolean): tf.Tensor4D {
  const mask = Float32Array.from({ length: length * length }, (_, index) => {
    const back = Math.floor(index / length) - (index % length);
    return (causal && back < 0) || Math.abs(back) >= window ? -1e9 : 0;
  });
  return tf.tensor4d(mask, [1, 1, length, length]);
}

function gemmaLayer(
  x: tf.Tensor2D,
  mask: tf.Tensor4D,
  angles: RotaryAngles,
  config: Options,
  read: VariableReader,
): tf.Tensor2D {
  const norm = (rows: tf.Tensor2D, name: string) => rmsNorm(rows, read(`${name}.weight`), epsilon);
  const linear = (rows: tf.Tensor2D, name: string) => affine(rows, read(`${name}.weight`));
  const attended = gemmaAttention(norm(x, "input_layernorm"), mask, angles, config, read);
  const middle: tf.Tensor2D = tf.add(x, norm(attended, "post_attention_layernorm"));
  const normal = norm(middle, "pre_feedforward_layernorm");
  const gated: tf.Tensor2D = tf.mul(geluTanh(linear(normal, "mlp.gate_proj")), linear(normal, "mlp.up_proj"));
  return tf.add(middle, norm(linear(gated, "mlp.down_proj"), "post_feedforward_layernorm"));
}

function gemmaAttention(
  x: tf.Tensor2D,
  mask: tf.Tensor4D,
  angles: RotaryAngles,
  { heads, keyHeads, headSize, queryScalar, attentionCap }: Options,
  read: VariableReader,
): tf.Tensor2D {
  const [count, length] = [mask.shape[0], mask.shape[3]];
  const split = (name: string, parts: number) =>
    tf.transpose(
      tf.reshape(affine(x, read(`self_attn.${name}.weight`)), [count, length, parts, headSize]),
      [0, 2, 1, 3],
    );
  const queries = tf.mul(rotate(split("q_proj", heads), angles), queryScalar ** -0.5);
  const keys = rotate(split("k_proj", keyHeads), angles);
  // Heads that share a key head stand below each other as more queries of it, so keys and values are never copied.
  const shared = tf.reshape(queries, [count, keyHeads, (heads / keyHeads) * length, headSize]);
  const scores = tf.reshape(tf.matMul(shared, keys, false, true), [count, heads, length, length]);
  const capped = tf.mul(tf.tanh(tf.div(scores, attentionCap)), attentionCap);
  const attentionWeights = tf.reshape(tf.softmax(tf.add(capped, mask)), [
    count,
    keyHeads,
    (heads / keyHeads) * length,
    length,
  ]);
  const attended = tf.reshape(tf.matMul(attentionWeights, split("v_proj", keyHeads)), [count, heads, length, headSize]);
  const merged = tf.reshape(tf.transpose(attended, [0, 2, 1, 3]), [count * length, heads * headSize]) as tf.Tensor2D;
  return affine(merged, read("self_attn.o_proj.weight"));
}

/** GELU by its tanh approximation, as Gemma was trained with. */
function geluTanh(x: tf.Tensor2D): tf.Tensor2D {
  const inner = tf.mul(Math.sqrt(2 / Math.PI), tf.add(x, tf.mul(0.044715, tf.mul(tf.square(x), x))));
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(inner), 1));
}
