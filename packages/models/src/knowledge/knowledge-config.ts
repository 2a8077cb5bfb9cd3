import { z } from "zod";
import {
  type ConfigInput,
  type ConfigOutput,
  checkTransformer,
  positiveCount,
  positiveNumber,
} from "../config/fields.js";
import { parseConfig } from "../config/parse-config.js";
import { linearParameters, type ParameterSpec } from "../layers/parameter-spec.js";
import { bertEncoderParameters } from "../towers/bert-encoder.js";

const schema = z
  .strictObject({
    /** Width of the embedding space that it shares with CLIP's text tower. */
    embedDim: positiveCount,
    /** Default: bert-base-uncased's. */
    vocabSize: positiveCount.default(30_522),
    /** Rows of the position table, at least the tokens of a phrase. */
    contextLength: positiveCount.default(512),
    width: positiveCount.default(768),
    layers: positiveCount.default(6),
    /** Attention heads; divides `width`. */
    heads: positiveCount.default(12),
    /** Hidden width of the feed-forward part as a multiple of `width`. */
    mlpRatio: positiveNumber.default(4),
    /** λ: how much knowledge is added to a text, while training and at evaluation. Default 0.2, the paper's. */
    weight: positiveNumber.default(0.2),
    /**
     * What a phrase's w is. "code", the default, does as the released code: the mean over all its token slots (start, end and
     * padding too) of BERT's whole embedding: word, position and type, normalised. "paper" reads "word embeddings" to the letter:
     * the mean of the word table's rows of its own tokens; and a caption without triples gets no knowledge, a zero row (both are
     * guesses).
     */
    variant: z.enum(["code", "paper"]).default("code"),
  })
  .superRefine(checkTransformer);

/** Structure-CLIP's Knowledge-Enhanced Encoder. The defaults are the paper's: six layers of the size of bert-base-uncased. */
export type KnowledgeEncoderConfig = ConfigInput<typeof schema>;

/** Its configuration with the defaults filled in, but for the width that a model knows. */
export type ResolvedKnowledgeConfig = Omit<ConfigOutput<typeof schema>, "embedDim">;

/** Fills in the defaults. @throws ModelError naming the field that is wrong or unknown */
export function resolveKnowledgeConfig(config: unknown): ConfigOutput<typeof schema> {
  return parseConfig(schema, config, "knowledge");
}

/** By the names of the released code's `triple_Transformer`: `model.` (a BertModel's) and `linear.`, in a fixed order. */
export function knowledgeParameters(config: KnowledgeEncoderConfig): readonly ParameterSpec[] {
  const resolved = resolveKnowledgeConfig(config);
  const { embedDim, width, variant } = resolved;
  const bert = bertEncoderParameters(resolved).map((spec) => ({ ...spec, name: `model.${spec.name}` }));
  const unused = /embeddings\.(position|token_type|LayerNorm)/; // by the paper's reading, only the word table is used
  return [
    ...(variant === "code" ? bert : bert.filter(({ name }) => !unused.test(name))),
    ...linearParameters("linear", embedDim, width, width ** -0.5),
  ];
}
