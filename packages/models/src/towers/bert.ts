import * as tf from "@tensorflow/tfjs-core";
import { checkFields, checkHeads, checkPositiveIntegers, oneOf, positiveInteger } from "../check-config.js";
import type { ParameterSpec } from "../layers/parameter-spec.js";
import { tokenMask, tokenMean } from "../layers/token-masks.js";
import { scope, type VariableReader } from "../layers/variable-reader.js";
import type { TokenChunk } from "../packing/pack-tokens.js";
import { type BertSizes, bertEmbeddings, bertEncoder, bertEncoderParameters } from "./bert-encoder.js";

const sizes = ["contextLength", "vocabSize", "width", "layers", "heads"] as const;

/** A BERT encoder (Devlin et al., 2019) as text tower. bert-base-uncased: 512 positions, 30522 words, 768 x 12, 12 heads. */
export interface BertConfig extends Omit<BertSizes, "mlpRatio"> {
  readonly type: "bert";
  /** Hidden width of the feed-forward part as a multiple of `width`. Default 4. */
  readonly mlpRatio?: number;
  /** What becomes the text's feature: the first token, [CLS], or the mean over all tokens of the text. Default "class". */
  readonly pool?: "class" | "mean";
}

/** Fills in the defaults and checks every field. */
export function resolveBert(config: BertConfig): Required<BertConfig> {
  checkFields("text", config, ["type", ...sizes, "mlpRatio", "pool"]);
  const resolved = { mlpRatio: 4, pool: "class", ...config } as const;
  checkPositiveIntegers("text", config, sizes);
  checkHeads("text", config.width, config.heads);
  positiveInteger("text.width * text.mlpRatio", config.width * resolved.mlpRatio);
  oneOf("text.pool", resolved.pool, ["class", "mean"]);
  return resolved;
}

/** The tower's variables: those of Hugging Face's BertModel without its pooler, after `text_model.`. */
export function bertParameters(config: Required<BertConfig>): readonly ParameterSpec[] {
  return bertEncoderParameters("text_model", config);
}

/** The features of one chunk, as open_clip's `cls_pooler` and `mean_pooler` take them: [count, width]. */
export function encodeWithBert(chunk: TokenChunk, config: Required<BertConfig>, read: VariableReader): tf.Tensor2D {
  const { count, length } = chunk;
  const { width, pool } = config;
  const own = scope(read, "text_model");
  const encoded = bertEncoder(bertEmbeddings(chunk.ids, length, own), tokenMask(chunk), config, own);
  const rows = tf.reshape(encoded, [count, length, width]);
  const pooled = pool === "class" ? tf.slice(rows, [0, 0, 0], [count, 1, width]) : tf.matMul(tokenMean(chunk), rows);
  return tf.reshape(pooled, [count, width]);
}
