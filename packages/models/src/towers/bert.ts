import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";
import {
  type ConfigInput,
  type ConfigOutput,
  checkTransformer,
  positiveCount,
  transformerFields,
} from "../config/fields.js";
import type { TextTensors } from "../layers/text-tensors.js";
import { bertBlocks, bertEmbeddings, bertEncoder, bertEncoderParameters } from "./bert-encoder.js";
import { defineTower } from "./define-tower.js";
import { bertInHuggingFace } from "./formats/bert-formats.js";
import type { TowerContext } from "./tower.js";

/** Options of a BERT. bert-base-uncased: 512 positions, 30522 words, 768 x 12, 12 heads. */
export const bertSchema = z
  .strictObject({
    /** Positions there are embeddings for. */
    contextLength: positiveCount,
    vocabSize: positiveCount,
    ...transformerFields,
    /** What becomes the text's feature: the first token, [CLS], or the mean over all tokens of the text. */
    pool: z.enum(["class", "mean"]).default("class"),
  })
  .superRefine(checkTransformer);

type Options = ConfigOutput<typeof bertSchema>;

export type BertConfig = ConfigInput<typeof bertSchema> & { readonly type: "bert" };

/** A BERT encoder (Devlin et al., 2019) as text tower, read as open_clip's `cls_pooler` and `mean_pooler` do. */
export const bert = defineTower({
  kind: "text",
  name: "bert",
  version: "1",
  schema: bertSchema,
  width: ({ width }) => width,
  parameters: bertEncoderParameters,
  blocks: ({ layers }) => bertBlocks(layers),
  encode,
  huggingFace: bertInHuggingFace,
});

function encode(texts: TextTensors, options: Options, { read }: TowerContext): tf.Tensor2D {
  const { count, length } = texts;
  const { width, pool } = options;
  const encoded = bertEncoder(bertEmbeddings(texts.ids(), length, read), texts.paddingMask(), options, read);
  const rows = tf.reshape(encoded, [count, length, width]);
  const pooled = pool === "class" ? tf.slice(rows, [0, 0, 0], [count, 1, width]) : tf.matMul(texts.meanWeights(), rows);
  return tf.reshape(pooled, [count, width]);
}
