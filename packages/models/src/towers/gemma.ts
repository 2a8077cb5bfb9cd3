import * as tf from "@tensorflow/tfjs-core";
import { checkFields, checkPositiveIntegers, oneOf } from "../check-config.js";
import { affine } from "../layers/linear.js";
import type { Initializer, ParameterSpec } from "../layers/parameter-spec.js";
import { rmsNorm } from "../layers/rms-norm.js";
import { type RotaryAngles, rotaryAngles, rotate } from "../layers/rotary.js";
import { endSelector, tokenMask, tokenMean } from "../layers/token-masks.js";
import { scope, type VariableReader } from "../layers/variable-reader.js";
import { ModelError } from "../model-error.js";
import type { TokenChunk } from "../packing/pack-tokens.js";

const sizes = [
  "contextLength",
  "vocabSize",
  "width",
  "layers",
  "heads",
  "keyHeads",
  "headSize",
  "hiddenWidth",
  "queryScalar",
  "attentionCap",
  "slidingWindow",
  "ropeBase",
] as const;

/**
 * A Gemma 2 decoder as text tower, as in Semantic Guidance (Stone et al. 2024): pre-trained, frozen but for its last layers, which
 * look both ways. gemma-2-2b: width 2304, 26 layers, 8 heads over 4 key heads of size 256, hidden 9216, 256000 words.
 */
export interface GemmaConfig {
  readonly type: "gemma";
  /** Longest sequence in tokens. */
  readonly contextLength: number;
  readonly vocabSize: number;
  readonly width: number;
  readonly layers: number;
  /** Query heads. */
  readonly heads: number;
  /** Key and value heads, each shared by heads / keyHeads queries. */
  readonly keyHeads: number;
  /** Size of a head; even. Default 256. */
  readonly headSize?: number;
  /** Width of the gated feed-forward part. */
  readonly hiddenWidth: number;
  /** Scores are multiplied with this to the power -0.5 (`query_pre_attn_scalar`). Default `headSize`. */
  readonly queryScalar?: number;
  /** Scores s become cap·tanh(s / cap). Default 50. (The cap of the vocabulary's logits has no part in a tower.) */
  readonly attentionCap?: number;
  /** Layers 0, 2, 4, … look at this many tokens only, themselves included. Default 4096. */
  readonly slidingWindow?: number;
  /** Base of the rotary angles. Default 10000. */
  readonly ropeBase?: number;
  /** The last layers, trained and bidirectional; all before them, and the embeddings, are frozen and causal. Default 4. */
  readonly trainableLayers?: number;
  /** What becomes the text's feature: the last token or the mean over all tokens. Default "last" (a guess: the paper does not say). */
  readonly pool?: "last" | "mean";
}

const epsilon = 1e-6;

/** Fills in the defaults and checks every field. */
export function resolveGemma(config: GemmaConfig): Required<GemmaConfig> {
  checkFields("text", config, ["type", ...sizes, "trainableLayers", "pool"]);
  const headSize = config.headSize ?? 256;
  const resolved = {
    headSize,
    queryScalar: headSize,
    attentionCap: 50,
    slidingWindow: 4096,
    ropeBase: 10_000,
    trainableLayers: Math.min(4, config.layers),
    pool: "last",
    ...config,
  } as const;
  checkPositiveIntegers("text", resolved, sizes);
  if (config.heads % config.keyHeads !== 0) {
    throw new ModelError(`text.heads is ${config.heads}, which text.keyHeads ${config.keyHeads} does not divide.`);
  }
  if (headSize % 2 !== 0) throw new ModelError(`text.headSize is ${headSize}; rotary positions need an even size.`);
  const { trainableLayers, layers } = resolved;
  if (!Number.isInteger(trainableLayers) || trainableLayers < 0 || trainableLayers > layers) {
    throw new ModelError(`text.trainableLayers is ${trainableLayers}; a whole number from 0 to ${layers} is expected.`);
  }
  oneOf("text.pool", resolved.pool, ["last", "mean"]);
  return resolved;
}

/** The tower's variables: those of Hugging Face's Gemma2Model after `text_model.`; the lower layers are frozen. */
export function gemmaParameters(config: Required<GemmaConfig>): readonly ParameterSpec[] {
  const { vocabSize, width, layers, heads, keyHeads, headSize, hiddenWidth, trainableLayers } = config;
  const init: Initializer = { std: 0.02 };
  const norm = (name: string): ParameterSpec => ({ name: `${name}.weight`, shape: [width], init: { constant: 0 } });
  const weight = (name: string, outputs: number, inputs: number): ParameterSpec => ({
    name: `${name}.weight`,
    shape: [outputs, inputs],
    init,
  });
  const layerParameters = (layer: number): ParameterSpec[] => {
    const prefix = `text_model.layers.${layer}`;
    return [
      norm(`${prefix}.input_layernorm`),
      weight(`${prefix}.self_attn.q_proj`, heads * headSize, width),
      weight(`${prefix}.self_attn.k_proj`, keyHeads * headSize, width),
      weight(`${prefix}.self_attn.v_proj`, keyHeads * headSize, width),
      weight(`${prefix}.self_attn.o_proj`, width, heads * headSize),
      norm(`${prefix}.post_attention_layernorm`),
      norm(`${prefix}.pre_feedforward_layernorm`),
      weight(`${prefix}.mlp.gate_proj`, hiddenWidth, width),
      weight(`${prefix}.mlp.up_proj`, hiddenWidth, width),
      weight(`${prefix}.mlp.down_proj`, width, hiddenWidth),
      norm(`${prefix}.post_feedforward_layernorm`),
    ];
  };
  const frozen = trainableLayers < layers;
  return [
    { ...weight("text_model.embed_tokens", vocabSize, width), frozen },
    ...Array.from({ length: layers }, (_, layer) =>
      layerParameters(layer).map((spec) => ({ ...spec, frozen: layer < layers - trainableLayers })),
    ).flat(),
    norm("text_model.norm"),
  ];
}

/** The features of one chunk: [count, width]. */
export function encodeWithGemma(chunk: TokenChunk, config: Required<GemmaConfig>, read: VariableReader): tf.Tensor2D {
  const { count, length } = chunk;
  const { width, layers, headSize, ropeBase, trainableLayers, pool } = config;
  const own = scope(read, "text_model");
  const angles = rotaryAngles(length, headSize, ropeBase);
  const padding = tokenMask(chunk);
  const masks = { causal: padding, sliding: padding, both: padding, slidingBoth: padding };
  for (const name of Object.keys(masks) as (keyof typeof masks)[]) {
    const window = name.startsWith("sliding") ? config.slidingWindow : Number.POSITIVE_INFINITY;
    masks[name] = tf.add(padding, slidingWindowMask(length, window, name === "causal" || name === "sliding"));
  }
  const words = tf.gather(own("embed_tokens.weight"), tf.tensor1d(chunk.ids, "int32"));
  let rows = tf.mul(words, Math.sqrt(width)) as tf.Tensor2D;
  for (let layer = 0; layer < layers; layer++) {
    const both = layer >= layers - trainableLayers;
    const sliding = layer % 2 === 0;
    const mask = masks[both ? (sliding ? "slidingBoth" : "both") : sliding ? "sliding" : "causal"];
    rows = gemmaLayer(rows, mask, angles, config, scope(own, `layers.${layer}`));
  }
  const states = tf.reshape(rmsNorm(rows, own("norm.weight"), epsilon), [count, length, width]);
  return tf.reshape(tf.matMul(pool === "last" ? endSelector(chunk) : tokenMean(chunk), states), [count, width]);
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
  config: Required<GemmaConfig>,
  read: VariableReader,
): tf.Tensor2D {
  const norm = (rows: tf.Tensor2D, name: string) => rmsNorm(rows, read(`${name}.weight`), epsilon);
  const weight = (rows: tf.Tensor2D, name: string) => affine(rows, read(`${name}.weight`));
  const attended = gemmaAttention(norm(x, "input_layernorm"), mask, angles, config, read);
  const middle: tf.Tensor2D = tf.add(x, norm(attended, "post_attention_layernorm"));
  const normal = norm(middle, "pre_feedforward_layernorm");
  const gated: tf.Tensor2D = tf.mul(geluTanh(weight(normal, "mlp.gate_proj")), weight(normal, "mlp.up_proj"));
  return tf.add(middle, norm(weight(gated, "mlp.down_proj"), "post_feedforward_layernorm"));
}

function gemmaAttention(
  x: tf.Tensor2D,
  mask: tf.Tensor4D,
  angles: RotaryAngles,
  { heads, keyHeads, headSize, queryScalar, attentionCap }: Required<GemmaConfig>,
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
  const shares = tf.reshape(tf.softmax(tf.add(capped, mask)), [count, keyHeads, (heads / keyHeads) * length, length]);
  const attended = tf.reshape(tf.matMul(shares, split("v_proj", keyHeads)), [count, heads, length, headSize]);
  const merged = tf.reshape(tf.transpose(attended, [0, 2, 1, 3]), [count * length, heads * headSize]) as tf.Tensor2D;
  return affine(merged, read("self_attn.o_proj.weight"));
}

/** GELU by its tanh approximation, as Gemma was trained with. */
function geluTanh(x: tf.Tensor2D): tf.Tensor2D {
  const inner = tf.mul(Math.sqrt(2 / Math.PI), tf.add(x, tf.mul(0.044715, tf.mul(tf.square(x), x))));
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(inner), 1));
}
