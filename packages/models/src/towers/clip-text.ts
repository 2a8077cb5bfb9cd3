import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";
import {
  type ConfigInput,
  type ConfigOutput,
  checkTransformer,
  positiveCount,
  transformerFields,
} from "../config/fields.js";
import { causalMask } from "../layers/attention.js";
import { layerNorm } from "../layers/layer-norm.js";
import {
  layerNormParameters,
  type ParameterSpec,
  transformerBlocks,
  transformerParameters,
} from "../layers/parameter-spec.js";
import type { TextTensors } from "../layers/text-tensors.js";
import { transformer } from "../layers/transformer.js";
import { defineTower } from "./define-tower.js";
import { encodePrefixes } from "./encode-prefixes.js";
import { clipTextInHuggingFace, clipTextInOpenClip } from "./formats/clip-text-formats.js";
import type { TowerContext } from "./tower.js";

/** Options of CLIP's text tower. */
export const clipTextSchema = z
  .strictObject({
    /** Longest sequence in tokens, start and end included. */
    contextLength: positiveCount,
    vocabSize: positiveCount,
    ...transformerFields,
  })
  .superRefine(checkTransformer);

type Options = ConfigOutput<typeof clipTextSchema>;

/** CLIP's text tower: a causal transformer, read at the end-of-text token. A tower without a type is one. */
export type ClipTextConfig = ConfigInput<typeof clipTextSchema> & { readonly type?: "clip" };

/** CLIP's causal transformer as text tower (Radford et al. 2021, section 2.4). */
export const clipText = defineTower({
  kind: "text",
  name: "clip",
  version: "1",
  schema: clipTextSchema,
  width: ({ width }) => width,
  parameters,
  blocks: ({ layers }) => transformerBlocks(layers),
  encode,
  encodePrefixes,
  huggingFace: clipTextInHuggingFace,
  openClip: clipTextInOpenClip,
});

/** By Hugging Face's names. Token embeddings start at 0.02, positions at 0.01, as OpenAI's. */
function parameters({ vocabSize, contextLength, width, layers, mlpRatio }: Options): ParameterSpec[] {
  return [
    { name: "embeddings.token_embedding.weight", shape: [vocabSize, width], init: { std: 0.02 } },
    { name: "embeddings.position_embedding.weight", shape: [contextLength, width], init: { std: 0.01 } },
    ...transformerParameters(layers, width, width * mlpRatio),
    ...layerNormParameters("final_layer_norm", width),
  ];
}

function encode(
  texts: TextTensors,
  { width, layers, heads }: Options,
  { read, activation }: TowerContext,
): tf.Tensor2D {
  const { count, length } = texts;
  const eosOneHot = texts.eosOneHot();
  const embedded = tf.gather(read("embeddings.token_embedding.weight"), texts.ids());
  const positions = tf.slice(read("embeddings.position_embedding.weight"), [0, 0], [length, width]);
  const placed = tf.add(tf.reshape(embedded, [count, length, width]), positions);
  const encoded = transformer(tf.reshape(placed, [count * length, width]) as tf.Tensor2D, {
    read,
    layers,
    heads,
    activation,
    batch: count,
    length,
    mask: causalMask(length),
    readout: {
      select: (x) => tf.reshape(tf.matMul(eosOneHot, tf.reshape(x, [count, length, width])), [count, width]),
      mask: texts.paddingMask(),
    },
  });
  return layerNorm(encoded, read, "final_layer_norm");
}
